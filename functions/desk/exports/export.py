"""Export of cases as JSON or CSV: what queues show of them, two thousand at a time.

It reads the indexes of queues, page by page, and never the table. Nobody's words leave by it but a subject,
and that, with the name, for those only who may export what is about people.
"""

from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime, time, timedelta
from typing import TYPE_CHECKING, NamedTuple, cast
from urllib.parse import urlencode
from zoneinfo import ZoneInfo

from chalice.app import Response
from msgspec import UNSET, Struct, UnsetType
from msgspec.structs import fields

from complaints.adapters.container import Container
from complaints.casework.people.vulnerability import may_be_told
from complaints.handling.permissions import may
from complaints.reporting.list_rows import Filter, Hidden, QueueEntry
from complaints.values.casework.access_log import AccessKind
from complaints.values.errors import Invalid, NotFound, Wrong
from complaints.values.field_types import Stage
from complaints.values.people import Member
from functions.http import auth, cursors
from functions.http.formats.csv_export import CSV, CSV_FORMATS, csv_text
from functions.http.parsing import query_params
from functions.http.request import Request
from functions.http.responses import EMPTY, csv_response, json_response
from functions.http.visit import Visit
from functions.serializers import field_types
from functions.serializers.field_types import Cursor, Level, Moment, Priority, Reference
from functions.use_cases.cases.access_notes import note_site
from functions.use_cases.cases.iterate_cases import case_batches

if TYPE_CHECKING:
    from complaints.adapters.container import Settings
    from complaints.context.stores import Sites


FORMATS = (*CSV_FORMATS, "json")
READS, A_READ = 20, 100
"""How many reads one answer makes, and how many cases each gives."""

ADDRESS = "/v1/desk/export"

CHANGED_SINCE = "changed_since"
"""The parameter that asks for cases that have changed at a moment or after it."""

_PAST = "closed/"


class ExportedCase(Struct, frozen=True, kw_only=True):
    """A case in a file; its times are in UTC. What is about people is there for those who may export it."""

    reference: Reference
    site: str
    stage: Stage
    level: Level
    category: str | None
    assignee: field_types.Member | None
    received_at: Moment
    ended_at: Moment | None
    due: Moment | None
    clock: str | None
    priority: Priority
    is_danger: bool
    letter_failed: bool
    subject: str | UnsetType | None = UNSET
    name: str | UnsetType | None = UNSET
    is_vulnerable: bool | UnsetType = UNSET
    has_needs: bool | UnsetType = UNSET


class Export(Struct, frozen=True, kw_only=True):
    """A page of exported cases."""

    items: list[ExportedCase]
    next: Cursor


COLUMNS = tuple(field.name for field in fields(ExportedCase) if field.required)
OF_PEOPLE = tuple(field.name for field in fields(ExportedCase) if not field.required)


class ExportQuery(NamedTuple):
    """Which cases, by the dates of the site on which they were received, both included, and those alone that
    have changed since a moment; `path` is the address that was called, `begins` how the name of the file
    begins."""

    site: str
    since: date | None
    until: date | None
    kind: str
    columns: tuple[str, ...]
    path: str = ADDRESS
    begins: str = "cases"
    changed_since: datetime | None = None

    @property
    def listed(self) -> str:
        """What a cursor is bound to beside who asks."""
        ends = (self.since, self.until, self.changed_since)
        return "|".join((self.path, self.site, *map(str, ends), *self.columns))

    @property
    def name(self) -> str:
        """A name for the file, made of what was asked for and of nothing that somebody wrote."""
        days = [day.isoformat() for day in (self.since, self.until) if day]
        ending = CSV if self.kind in CSV_FORMATS else self.kind
        return "-".join((self.begins, self.site, *days)) + f".{ending}"


class Window(NamedTuple):
    """Two moments in UTC as rows have them; the second is not included."""

    begin: str
    end: str

    def holds(self, listed: QueueEntry) -> bool:
        """Whether a case was received between them. One whose row cannot be read may have been: it is left
        out of no export."""
        return listed.row.is_unreadable or self.begin <= listed.row.received_at < self.end

    def is_over(self, place: str) -> bool:
        """Whether all that comes after a place had ended before the window begins."""
        return place.startswith(_PAST) and _PAST < place[:14] < _PAST + self.begin[:7]


def export(visit: Visit) -> Response:
    """One file of cases: the caller's read, and up to twenty of the queues; with people as many of keys."""
    by, member = auth.member_who_may(visit, "read_export")
    columns = (*COLUMNS, *OF_PEOPLE) if may(by.roles, "export_people") else COLUMNS
    asked = read_query(visit.request, member, FORMATS, columns)
    note_site(visit.deps, member.id, asked.site, AccessKind.EXPORT)
    listed = f"{member.id}|{asked.listed}"
    hidden = auth.hidden_from(visit.deps, member, (asked.site,))
    items, place = _cases(
        visit.deps, asked, hidden, cursors.read_cursor(visit.deps, visit.request.query.get("cursor"), listed)
    )
    visit.request.note(site=asked.site, exported=len(items))
    shown = visit.deps.queues.with_cards(items) if OF_PEOPLE[0] in columns else items
    return _answer(
        visit.deps,
        asked,
        [_exported(each, asked.columns, of_care=may_be_told(by)) for each in shown],
        place,
        listed,
    )


def read_query(
    request: Request, member: Member, formats: Sequence[str], columns: tuple[str, ...], path: str = ADDRESS
) -> ExportQuery:
    """What is asked for, in the first of the formats unless another is named.

    Raises `Invalid`; `NotFound` for a site that there is not for this member.
    """
    wrong: list[Wrong] = []
    query = request.query
    since, until = query_params.ends(query, wrong)
    kind, site = query.get("format", formats[0]), query.get("site", "")
    if kind not in formats:
        wrong.append(Wrong("/format", "unknown-value"))
    if not site:
        wrong.append(Wrong("/site", "missing"))
    if wrong:
        raise Invalid(*wrong)
    if not member.serves(site):
        raise NotFound
    return ExportQuery(site, since, until, kind, columns, path)


def with_changes(asked: ExportQuery, request: Request) -> ExportQuery:
    """The query for what has changed since a moment, if the address names one. Raises `Invalid`."""
    wrong: list[Wrong] = []
    since = query_params.moment(request.query, CHANGED_SINCE, wrong)
    if wrong:
        raise Invalid(*wrong)
    return asked._replace(changed_since=since)


def _cases(
    deps: Container, asked: ExportQuery, hidden: Hidden, after: str | None
) -> tuple[list[QueueEntry], str | None]:
    window = window_of(deps.sites, asked)
    items: list[QueueEntry] = []
    place = after
    for reads, leaf in enumerate(
        case_batches(deps, asked.site, after, A_READ, Filter(hidden=hidden)), start=1
    ):
        items.extend(listed for listed in leaf.items if window.holds(listed))
        place = leaf.up_to
        if place is None or window.is_over(place):
            return items, None
        if reads == READS:
            break
    return items, place


def window_of(sites: "Sites", asked: ExportQuery) -> Window:
    """The dates of a query as moments."""
    zone = sites.terms(asked.site).zone
    begin = sortable(asked.since, zone) if asked.since else ""
    end = sortable(asked.until + timedelta(days=1), zone) if asked.until else "~"
    return Window(begin, end)


def sortable(day: date, zone: ZoneInfo) -> str:
    """The moment at which a date begins, as rows have it."""
    moment = datetime.combine(day, time(), zone).astimezone(UTC)
    return moment.strftime("%Y-%m-%dT%H:%M:%SZ")


def _exported(listed: QueueEntry, columns: tuple[str, ...], *, of_care: bool) -> ExportedCase:
    row, card = listed.row, listed.card
    of_people = "name" in columns
    return ExportedCase(
        reference=row.reference,
        site=listed.site,
        stage=cast(Stage, row.stage),  # one of a later release is shown as it is
        level=listed.level,
        category=listed.category,
        assignee=listed.assignee,
        received_at=row.received_at,
        ended_at=ended_at(listed.place),
        due=row.due,
        clock=row.clock,
        priority=row.priority,
        is_danger=row.is_danger,
        letter_failed=row.letter_failed,
        subject=(card.subject or None) if of_people else UNSET,
        name=(card.name or None) if of_people else UNSET,
        is_vulnerable=(of_care and row.is_vulnerable) if of_people else UNSET,
        has_needs=row.has_needs if of_people else UNSET,
    )


def ended_at(place: str) -> str | None:
    """When a case ended, by its place: those that have stand by that, all others behind a rank of one
    letter."""
    first, _, _ = place.partition("#")
    return first if len(first) > 1 else None


def _answer(
    deps: Container, asked: ExportQuery, cases: list[ExportedCase], place: str | None, listed: str
) -> Response:
    more = cursors.make_cursor(deps.secrets, deps.now(), place, listed) if place else None
    headers = headers_of(deps.settings, asked, more)
    if asked.kind == "json":
        return json_response(Export(items=cases, next=more), headers=headers)
    rows = ([getattr(case, column) for column in asked.columns] for case in cases)
    return csv_response(csv_text(asked.columns, rows, asked.kind), headers)


def headers_of(
    settings: "Settings", asked: ExportQuery, more: str | None, also: Mapping[str, str] = EMPTY
) -> dict[str, str]:
    """The name of the file, and where the next one is (RFC 8288), if there is one; its address says `also`
    these parameters."""
    headers = {"Content-Disposition": f'attachment; filename="{asked.name}"'}
    if more:
        dates = {name: str(day) for name, day in (("from", asked.since), ("to", asked.until)) if day}
        if asked.changed_since:
            dates[CHANGED_SINCE] = asked.changed_since.isoformat()
        values = {"site": asked.site, **dates, "format": asked.kind, **also, "cursor": more}
        headers["Link"] = f'<{settings.url}{asked.path}?{urlencode(values)}>; rel="next"'
    return headers
