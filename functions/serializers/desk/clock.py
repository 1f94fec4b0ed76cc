"""A clock as JSON for staff: its state, what has passed and is left, and how its due date was computed.

It is computed when it is looked at, and only of clocks that nobody has stopped.

What the calendar of now says of a promise, where staff must know it.
"""

from collections.abc import Iterable
from datetime import datetime
from typing import TYPE_CHECKING, TypeVar

from msgspec import UNSET, Struct, UnsetType
from msgspec.structs import replace

from complaints.calendars.durations import Duration
from complaints.calendars.working_time import one_of
from complaints.case.clock import Clock
from complaints.clocks.never_later_rule import timeline_of
from complaints.clocks.progress import as_promised, parts, state_of, working_time_left
from complaints.context.decision_context import Context
from complaints.site.site import SiteTerms
from functions.http.visit import Visit
from functions.serializers.desk.due_date_steps import ReckoningStep, steps_view
from functions.serializers.field_types import Moment, duration
from functions.serializers.parts.complaint import local_time

if TYPE_CHECKING:
    from complaints.adapters.container import Container
    from functions.serializers.desk.due_date_steps import TextSources


A = TypeVar("A", bound="AddedAmount")


class AddedAmount(Struct, frozen=True, kw_only=True):
    """An amount in a unit, in words, and where it is exact as a duration (ISO 8601)."""

    amount: float
    unit: str
    duration: str | UnsetType = UNSET
    text: str


class ClockAmount(AddedAmount, frozen=True, kw_only=True):
    """How much of a length, and of one in another unit that was `added` to it.

    `working_time` is how much is left in working time.
    """

    added: AddedAmount | UnsetType = UNSET
    working_time: str | UnsetType = UNSET


class CaseClock(Struct, frozen=True, kw_only=True):
    """One clock as staff see it; what has passed and is left stands beside while it is not stopped."""

    clock: str
    id: str
    pack: str
    calendar: str
    zone_data: str | None
    started_at: Moment
    due: Moment | None
    paused_since: Moment | None
    stopped_at: Moment | None
    in_time: bool | None
    missed: bool
    extended: bool
    can_extend: bool
    state: str
    elapsed: ClockAmount | UnsetType = UNSET
    left: ClockAmount | UnsetType = UNSET
    reckoning: list[ReckoningStep] | UnsetType = UNSET
    reckoned: Moment | UnsetType = UNSET
    known_until: str | UnsetType = UNSET
    binds: bool


def clock_view(visit: Visit, clock: Clock, context: Context, *, binds: bool) -> CaseClock:
    """One clock in the language of who reads it.

    `left` and `elapsed` are in its own unit, `reckoning` is there while there is a due moment.
    """
    zone = context.terms.zone
    view = CaseClock(
        clock=clock.purpose,
        id=clock.key,
        pack=f"{clock.pack}/{clock.pack_version}",
        calendar=clock.calendar_version,
        zone_data=clock.zone_data or None,
        started_at=local_time(clock.started_at, zone),
        due=None if clock.paused_at else local_time(clock.due, zone),
        paused_since=local_time(clock.paused_at, zone),
        stopped_at=local_time(clock.stopped_at, zone),
        in_time=clock.in_time,
        missed=clock.missed,
        extended=clock.added is not None,
        can_extend=clock.can_extend,
        state=state_of(clock, context.now),
        binds=binds,
    )
    return view if clock.stopped_at else _with_course(visit, view, clock, context)


def _with_course(visit: Visit, view: CaseClock, clock: Clock, context: Context) -> CaseClock:
    language = visit.deps.catalogues.spoken(*visit.request.languages, context.terms.site.language)
    today = context.terms.calendar(clock.pack, clock.pack_version)
    now = timeline_of(today, clock)
    calendar, course = as_promised(today, clock, now)
    until = clock.paused_at or context.now
    shown = parts(calendar, course, until)
    left = _amounts(visit.deps, language, ((part.length, part.left, part.days[1]) for part in shown))
    notes = calendar_notes(clock, context.terms, now.due)
    return replace(
        view,
        elapsed=_amounts(visit.deps, language, ((part.length, part.passed, part.days[0]) for part in shown)),
        left=replace(left, working_time=duration(working_time_left(calendar, course, until))),
        reckoning=[] if clock.paused_at else steps_view(visit.deps, language, clock, calendar, course),
        reckoned=notes.get("reckoned", UNSET),
        known_until=notes.get("known_until", UNSET),
    )


def _amounts(deps: "Container", language: str, counted: Iterable[tuple[Duration, float, int]]) -> ClockAmount:
    """How much of a length, and of one in another unit that was `added` to it."""
    first, *added = counted
    whole = _amount(deps, ClockAmount, language, *first)
    return replace(whole, added=_amount(deps, AddedAmount, language, *added[0])) if added else whole


def _amount(deps: "Container", kind: type[A], language: str, length: Duration, amount: float, days: int) -> A:
    return kind(
        amount=round(amount, 4),
        unit=length.unit,
        duration=duration(amount * one_of(length)) if length.is_exact else UNSET,
        text=amount_text(deps, language, length, amount, days),
    )


def amount_text(words: "TextSources", language: str, length: Duration, amount: float, days: int) -> str:
    """An amount of a length in words; weeks and months are said in days, of which only some have passed."""
    if length.is_exact:
        return words.date_formats.amount(language, amount * one_of(length))
    unit = "business_days" if length.unit == "business_days" else "calendar_days"
    return words.catalogues.count(language, f"words.why.{unit}", days)


def calendar_notes(clock: Clock, terms: SiteTerms, due: datetime) -> dict[str, str]:
    """`reckoned`, where the calendar of now gives more time than was promised, which binds: it says `due`.
    And `known_until`, where the holidays are not known as far as to the due moment."""
    calendar = terms.calendar(clock.pack, clock.pack_version)
    shape = {}
    if clock.is_running and due.replace(microsecond=0) > clock.due:
        shape["reckoned"] = due.astimezone(terms.zone).isoformat(timespec="seconds")
    if calendar.known_until and not calendar.is_known(clock.due):
        shape["known_until"] = calendar.known_until.isoformat()
    return shape
