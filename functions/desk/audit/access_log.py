"""The access log (clause 4: confidentiality): who read a case, what a member read, what was read at a
site."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime, timedelta
from itertools import islice
from typing import NamedTuple

from chalice.app import Response
from msgspec import Struct

from complaints.adapters.container import Container
from complaints.reporting.unusual_reading import UnusualReading
from complaints.values.casework.access_log import AccessEntry, AccessKind, Handles
from complaints.values.errors import Invalid, Wrong
from complaints.values.people import Member
from functions.http import auth
from functions.http.formats.csv_export import CSV, CSV_FORMATS, Cell, csv_text
from functions.http.parsing import query_params
from functions.http.responses import csv_response, json_response
from functions.http.visit import Visit
from functions.serializers import field_types
from functions.use_cases.management.unusual_readings import MOST, unusual_on

READ = "read_access_log"
LONGEST = 31
"""Days that a period has at most: of a site, each is a query."""
WEEK = timedelta(days=6)
MOST_PARTS = 20
"""Of how many cases that became part of one its own log is read, too."""


class Accessed(Struct, frozen=True, kw_only=True):
    """That a member read something: `at` first in that hour, `times` for what is counted. `handled_by` says
    who had the case then; an export or a search has none."""

    at: datetime
    member: field_types.Member
    kind: AccessKind
    site: str
    case: field_types.Reference | None
    handled_by: Handles | None
    times: int


class AccessList(Struct, frozen=True, kw_only=True):
    """The entries that were asked for, the latest first. `is_cut`: there are more than were looked at.

    Of a site it says what is `unusual` on the last day that was asked for
    (`complaints/reporting/unusual_reading.py`).
    """

    items: list[Accessed]
    is_cut: bool
    unusual: list[UnusualReading]


COLUMNS = Accessed.__struct_fields__


class AskedAccess(NamedTuple):
    """Of which case, which member, or which site it is asked, and of which dates of UTC."""

    me: Member
    case: str | None
    member: str | None
    site: str
    since: date
    until: date


def show(visit: Visit) -> Response:
    """The access log as JSON or CSV."""
    _, me = auth.authenticate(visit, auth.claims(visit, READ), READ)
    asked = asked_for(me, visit.request.query, visit.deps.now())
    kind = visit.request.query.get("format", "json")
    if kind not in ("json", *CSV_FORMATS):
        raise Invalid(Wrong("/format", "unknown-value"))
    found = listed(visit.deps, asked)
    return as_sheet(found.items, kind) if kind in CSV_FORMATS else json_response(found)


def asked_for(me: Member, query: Mapping[str, str], now: datetime) -> AskedAccess:
    """What an address asks for: of the last seven days, unless it says otherwise. Raises `Invalid`."""
    wrong: list[Wrong] = []
    since, until = query_params.ends(query, wrong)
    until = until or (since + WEEK if since else now.date())
    since = since or until - WEEK
    if (until - since).days >= LONGEST:
        wrong.append(Wrong("/to", "long-period", LONGEST))
    site = query.get("site") or next(iter(me.sites), "")
    if site not in me.sites:
        wrong.append(Wrong("/site", "not-your-site"))
    member = query.get("member") or None
    if member and len(member) > auth.LONGEST_NAME:
        wrong.append(Wrong("/member", "too-long", auth.LONGEST_NAME))
    if wrong:
        raise Invalid(*wrong)
    case = auth.reference_in(query["case"]) if query.get("case") else None
    return AskedAccess(me, case, member, site, since, until)


def listed(deps: Container, asked: AskedAccess) -> AccessList:
    """What was asked for: of a case or a member one query, of a site one for each day; of a merged case one
    for each of its parts, up to 20.

    Sensitive cases are left out for who is not cleared for them, and requests about personal data for who
    sees none of these. Raises `Unavailable`.
    """
    found = list(islice(_found(deps, asked), MOST + 1))
    mine = [each for each in found[:MOST] if asked.me.serves(each.site) and _is_there(each, asked.me)]
    return AccessList(
        items=[_accessed(each) for each in sorted(mine, key=lambda each: each.at, reverse=True)],
        is_cut=len(found) > MOST,
        unusual=_unusual(deps, asked, found),
    )


def _is_there(entry: AccessEntry, member: Member) -> bool:
    """Whether the case of an entry, as it was when it was read, is there for this member."""
    is_open = member.sees_data_requests or not entry.data_request
    return member.sensitive or (is_open and not entry.sensitive)


def _unusual(deps: Container, asked: AskedAccess, found: Sequence[AccessEntry]) -> list[UnusualReading]:
    """What is unusual on the last day, of a site alone."""
    if asked.case or asked.member:
        return []
    today = [each for each in found if each.at.date() == asked.until]
    return unusual_on(deps, asked.site, asked.until, today)


def _found(deps: Container, asked: AskedAccess) -> Iterator[AccessEntry]:
    log = deps.access_log
    if asked.case:
        for place in _places(deps, asked.case):
            yield from log.of_place(place, MOST + 1)
    elif asked.member:
        yield from log.of_member(asked.member, asked.since, asked.until, MOST + 1)
    else:
        days = ((asked.until - timedelta(days=back)) for back in range((asked.until - asked.since).days + 1))
        for day in days:
            yield from log.of_site(asked.site, day, MOST + 1)


def _places(deps: Container, reference: str) -> list[str]:
    """A case, the one that it has become part of, and those that are part of it: whoever reads one of a merge
    reads of all, and leaves an entry at one."""
    case = deps.cases.load(reference)
    if case is None:
        return [reference]
    whole = auth.whole(deps.cases, case).complaint.reference
    return list(dict.fromkeys((reference, whole, *case.complaint.parts[:MOST_PARTS])))


def _accessed(entry: AccessEntry) -> Accessed:
    return Accessed(
        at=entry.at,
        member=entry.member,
        kind=entry.kind,
        site=entry.site,
        case=entry.reference,
        handled_by=entry.handled_by if entry.reference else None,
        times=entry.times,
    )


def as_sheet(items: Iterable[Accessed], kind: str = CSV) -> Response:
    """The entries as a sheet."""
    rows: Iterator[Sequence[Cell]] = ([_cell(getattr(each, name)) for name in COLUMNS] for each in items)
    headers = {"Content-Disposition": 'attachment; filename="access-log.csv"'}
    return csv_response(csv_text(COLUMNS, rows, kind), headers)


def _cell(value: object) -> Cell:
    if isinstance(value, datetime):
        return value.isoformat(timespec="seconds")
    return value if value is None or isinstance(value, int) else str(value)
