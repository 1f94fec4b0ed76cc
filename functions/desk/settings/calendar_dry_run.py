"""Which open cases a change of a site's calendar touches: looked at page by page, and nothing is written."""

from collections import Counter
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, NamedTuple

from chalice.app import Response
from msgspec import Struct

from complaints.adapters.container import Container
from complaints.clocks.dry_run import MovedClock, moved_clocks
from complaints.settings.changes import Change
from complaints.settings.service import site_after
from complaints.settings.setting import Setting, SettingKind
from complaints.settings.settings_context import SettingsContext
from complaints.site.site import SiteTerms
from complaints.values.people import Member
from functions.desk.settings.dry_run_change import begin, command_of
from functions.http import auth, cursors
from functions.http.parsing.query_params import limit_of
from functions.http.responses import json_response
from functions.http.visit import Visit
from functions.serializers.field_types import Cursor, Moment, Reference
from functions.serializers.parts.complaint import local_time
from functions.use_cases.cases.due_date_recalculation import batches

if TYPE_CHECKING:
    from complaints.context.stores import Sites


OF_TIME = (SettingKind.CALENDAR, SettingKind.SITE)
"""The settings that say when a site works."""


class Moved(Struct, frozen=True, kw_only=True):
    """A promise that a calendar computes otherwise."""

    reference: Reference
    clock: str
    change: str
    promised: Moment
    reckoned: Moment


class MovedPromises(Struct, frozen=True, kw_only=True):
    """A page of promises that a calendar moves."""

    items: list[Moved]
    counts: dict[str, int]
    next: Cursor


class TouchedPromise(NamedTuple):
    """A promise of a case that the terms compute otherwise."""

    reference: str
    moved: MovedClock


def dry_run(visit: Visit, kind: str, name: str) -> Response:
    """One page of the promises that the change would compute otherwise; the body is that of the change."""
    at, change, body, context = begin(visit, kind, name, OF_TIME)
    terms = terms_after(visit.deps.sites, name, at.setting, command_of(change, at.setting, body), context)
    listed = "|".join((at.me.id, "dry-run", kind, name))
    place = cursors.read_cursor(visit.deps, visit.request.query.get("cursor"), listed)
    batch = next(batches(visit.deps, name, place, limit_of(visit.request.query)))
    items = [moved_view(each, terms) for each in touched(visit.deps, batch.references, terms, at.me)]
    counts = Counter(item.change for item in items)
    return json_response(
        MovedPromises(
            items=items,
            counts={
                "cases": len(batch.references),
                "earlier": counts["earlier"],
                "later": counts["later"],
            },
            next=cursors.make_cursor(visit.deps.secrets, visit.deps.now(), batch.up_to, listed)
            if batch.up_to
            else None,
        )
    )


def terms_after(
    sites: "Sites", site: str, setting: Setting, command: Change, context: SettingsContext
) -> SiteTerms:
    """The terms of a site as they would be. Raises what the change itself would."""
    before = sites.terms(site).site
    return sites.terms_as(site_after(before, setting, command, context))


def touched(
    deps: Container, references: Iterable[str], terms: SiteTerms, member: Member | None = None
) -> Iterator[TouchedPromise]:
    """The promises of these cases that the terms compute otherwise.

    For a `member`, only of those that are there for this one.
    """
    cases = deps.cases.load_all(references)
    for reference in references:
        complaint = cases[reference].complaint if reference in cases else None
        if complaint and (member is None or auth.sees(deps.sites, member, complaint)):
            yield from (TouchedPromise(reference, each) for each in moved_clocks(complaint, terms))


def moved_view(each: TouchedPromise, terms: SiteTerms) -> Moved:
    """Times in the zone of the site; of two that differ the earlier binds."""
    zone = terms.zone
    return Moved(
        reference=each.reference,
        clock=each.moved.clock,
        change="later" if each.moved.is_later else "earlier",
        promised=local_time(each.moved.promised, zone),
        reckoned=local_time(each.moved.calculated, zone),
    )
