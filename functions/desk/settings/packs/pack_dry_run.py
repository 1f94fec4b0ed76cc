"""What a new pack, or a new version of one, would change for open cases: looked at page by page, and nothing
is written."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from chalice.app import Response
from msgspec import Struct

from complaints.adapters.container import Container
from complaints.case.complaint import Complaint
from complaints.clocks.dry_run import ComparedClock, PackTrial, compared, switched_on
from complaints.promise_packs.loader import Pack
from complaints.promise_packs.pack_limits import dates_looked_at
from complaints.promise_packs.upload import faults_against, faults_of, faults_of_versions, packs_in
from complaints.reporting.list_rows import Filter, QueueEntry
from complaints.settings.promise_packs.custom_packs import readable, refuse_faults
from complaints.settings.setting import SettingKind
from complaints.site.site import SiteTerms
from complaints.values.errors import Invalid, NotFound, Wrong
from complaints.values.field_types import ShortText
from complaints.values.people import Member
from functions.http import auth, cursors
from functions.http.parsing.query_params import limit_of
from functions.http.parsing.validation import read
from functions.http.request import Request
from functions.http.responses import json_response
from functions.http.visit import Visit
from functions.serializers.field_types import Cursor, Moment, Reference
from functions.serializers.parts.complaint import local_time

if TYPE_CHECKING:
    from complaints.context.stores import Sites
    from complaints.reporting.ports import Queues


NAME = re.compile(r"[a-z0-9][a-z0-9_.-]{1,63}")
MOST_DATES = 80_000
"""Dates that one page looks at, some 0.15 s of work: where the promises of a pack are many and long, it has
fewer cases than were asked for."""

QUEUES = ("open", "awaiting", "responded")
"""Where cases stand that have not ended, in the order in which they are gone through."""


class DryRun(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What is tried: a `file`, or what is kept under the name; at one `site` or at all that promise by it, or
    where none does at all that I serve; with the version that is in force `on` a day, or today."""

    site: ShortText | None = None
    file: dict[str, Any] | None = None
    on: date | None = None


class Change(Struct, frozen=True, kw_only=True):
    """One clock that a pack would change; of two moments the earlier binds."""

    reference: Reference
    site: str
    clock: str
    purpose: str
    change: str
    promised: Moment | None
    reckoned: Moment | None
    binds: Moment
    is_over: bool
    paused_since: Moment | None


class Changes(Struct, frozen=True, kw_only=True):
    """A page of promises that a pack would change, and how many there are of each kind."""

    items: list[Change]
    counts: dict[str, int]
    next: Cursor


class Tried(Struct, frozen=True, kw_only=True):
    """The sites at which a pack is tried, each with what it would promise then, and nothing else."""

    pack: str
    terms: dict[str, SiteTerms]

    @property
    def sites(self) -> tuple[str, ...]:
        return tuple(self.terms)

    @property
    def dates(self) -> float:
        """How many dates a case looks at for the promises of the pack."""
        packs = (pack for terms in self.terms.values() for pack in terms.packs if pack.id == self.pack)
        return max(map(dates_looked_at, packs))


def dry_run(visit: Visit, pack: str) -> Response:
    """One page of the open cases with what would change: two reads, and one for each queue of a site."""
    found = auth.claims(visit, "dry_run")
    asked = read(DryRun, visit.request.body)
    _, member = auth.authenticate(visit, found, "dry_run")
    return json_response(page_of(visit.deps, pack, asked, member, visit.request))


def page_of(deps: Container, pack: str, asked: DryRun, member: Member, request: Request) -> Changes:
    """The page that the query of a visit asks for. Raises `NotFound` for a pack that there is not, `Invalid`
    for a file, a site or a day that is wrong. Cases that are not there for the member are only counted."""
    if not NAME.fullmatch(pack):
        raise NotFound
    tried = _tried(deps, pack, asked, member)
    listed = "|".join((member.id, "dry-run", pack, *tried.sites))
    limit = min(limit_of(request.query), max(1, int(MOST_DATES / tried.dates)))
    cases, place = _page(
        deps.queues, tried.sites, cursors.read_cursor(deps, request.query.get("cursor"), listed), limit
    )
    changes = [
        (each, change)
        for each in _complaints(deps, cases)
        for change in _changes(deps.sites, deps.now(), each, tried)
    ]
    counts = Counter(change.effect for _, change in changes)
    return Changes(
        items=[
            _item(deps.sites, *each, deps.now())
            for each in changes
            if each[1].effect != "same" and auth.sees(deps.sites, member, each[0])
        ],
        counts={"cases": len(cases)}
        | {effect: counts[effect] for effect in ("earlier", "later", "new", "gone", "same")},
        next=cursors.make_cursor(deps.secrets, deps.now(), place, listed) if place else None,
    )


def _tried(deps: Container, name: str, asked: DryRun, member: Member) -> Tried:
    """Raises `NotFound` for a pack that there is not, `Invalid` for a file, a site or a day that is wrong."""
    packs = _packs(deps, name, asked)
    served = tuple(key for key in member.sites if asked.site in (None, key))
    if not served:
        raise Invalid(Wrong("/site", "unknown-site"))
    named = tuple(key for key in served if name in deps.sites.terms(key).site.packs)
    return Tried(pack=name, terms={key: _terms(deps, key, packs, asked.on) for key in named or served})


def _terms(deps: Container, key: str, packs: Sequence[Pack], on: date | None) -> SiteTerms:
    """A site with the version that is in force on a day, or today. Raises `Invalid` where none is."""
    day = on or deps.sites.terms(key).today(deps.now())
    found = next((pack for pack in packs if pack.is_in_force(day)), None)
    if found is None:
        raise Invalid(Wrong("/on", "not-in-force"))
    return deps.sites.terms_with(key, found.id, (switched_on(found),))


def _packs(deps: Container, name: str, asked: DryRun) -> Sequence[Pack]:
    stored = deps.settings_store.load(SettingKind.PACK, name).record
    own = readable(stored)
    if asked.file is not None:
        refuse_faults(faults_of(asked.file, deps.shipped_data.calendars))
        packs = packs_in(asked.file)
        refuse_faults(faults_of_versions(name, packs))
        refuse_faults(faults_against(own, packs, deps.now().date()))
        return packs
    if stored and not own:
        raise Invalid(Wrong("/file", "unreadable-pack"))
    try:
        return own or deps.shipped_data.packs(name)
    except LookupError:
        raise NotFound from None


def _page(
    queues: "Queues", sites: tuple[str, ...], after: str | None, limit: int
) -> tuple[list[QueueEntry], str | None]:
    """Up to so many open cases, and the place in one of the queues where the next page begins."""
    found: list[QueueEntry] = []
    queue, _, place = (after or f"{QUEUES[0]}@").partition("@")
    for each in QUEUES[QUEUES.index(queue) :]:
        if len(found) >= limit:
            return found, f"{each}@"
        left = limit - len(found)
        page = queues.by_urgency(sites, (each,), Filter(), after=place or None, limit=left)
        found.extend(page.items)
        if page.next:
            return found, f"{each}@{page.next}"
        place = ""
    return found, None


def _complaints(deps: Container, cases: Sequence[QueueEntry]) -> list[Complaint]:
    """The cases as they are, in the order of the queues; one that has ended meanwhile is left out."""
    if not cases:
        return []
    loaded = deps.cases.load_all(each.row.reference for each in cases)
    found = [loaded[each.row.reference].complaint for each in cases if each.row.reference in loaded]
    return [complaint for complaint in found if complaint.stage.is_open]


def _changes(sites: "Sites", now: datetime, complaint: Complaint, tried: Tried) -> Iterator[ComparedClock]:
    return compared(
        complaint,
        PackTrial(
            pack=tried.pack,
            terms=tried.terms[complaint.site],
            standing=sites.terms(complaint.site),
            now=now,
        ),
    )


def _item(sites: "Sites", complaint: Complaint, change: ComparedClock, now: datetime) -> Change:
    """One clock that would change; times in the zone of the case's site."""
    zone = sites.terms(complaint.site).zone
    return Change(
        reference=complaint.reference,
        site=complaint.site,
        clock=change.clock,
        purpose=change.purpose,
        change=change.effect,
        promised=local_time(change.promised, zone),
        reckoned=local_time(change.calculated, zone),
        binds=local_time(change.binds, zone),
        is_over=change.binds < now,
        paused_since=local_time(change.paused_since, zone),
    )
