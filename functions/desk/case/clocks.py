"""A clock as the page of a case shows it: how it stands, and why it is due when it is.

As in `serializers/clock`, it is computed when it is looked at, and only of clocks that nobody has stopped.
What only a change of the clock or of the site's terms would change is kept for the next look.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from babel.numbers import format_percent

from complaints.calendars.working_calendar import Calendar
from complaints.case.clock import Clock
from complaints.clocks.never_later_rule import timeline_of
from complaints.clocks.progress import as_promised, parts, state_of
from complaints.context.decision_context import Context
from complaints.due_dates.timeline import ClockTimeline
from complaints.site.site import SiteTerms
from functions.desk.case.wording.event_wording import EventWording
from functions.serializers.desk.clock import amount_text, calendar_notes
from functions.serializers.desk.due_date_steps import steps_as_text

if TYPE_CHECKING:
    from complaints.adapters.container import Catalogues, DateFormats

_REMEMBERED = 1_024
"""How many clocks have their calculation kept, of some six lines each."""


class ClockView(NamedTuple):
    """`words` are the end of the msgid of its state, `when` the moment that it names. `reckoned` and
    `known_until` are those of `calendar_notes`. `shape` is the class that shows how near it is. Of one that
    runs, `passed` is how much of its time has passed, in percent, and `share` the same
    as it is written."""

    label: str
    words: str
    when: datetime
    is_over: bool
    pack: str
    left: str | None = None
    reckoning: Sequence[str] = ()
    reckoned: str | None = None
    known_until: str | None = None
    is_one_of_several: bool = False
    shape: str = ""
    passed: int | None = None
    share: str = ""


def clock_views(teller: EventWording, context: Context) -> list[ClockView]:
    """The clocks of the case that the `teller` tells of, those that still run first."""
    shown = [_seen(clock, teller, context) for clock in teller.complaint.clocks]
    times = Counter(clock.label for clock in shown)
    labelled = (clock._replace(is_one_of_several=times[clock.label] > 1) for clock in shown)
    return sorted(labelled, key=lambda clock: (clock.is_over, clock.when))


def next_due(clocks: Sequence[ClockView]) -> ClockView | None:
    """The one that is due next, or was due first, of those that run; `clocks` in their order."""
    return next((each for each in clocks if each.words in ("overdue", "running")), None)


def _seen(clock: Clock, teller: EventWording, context: Context) -> ClockView:
    words = _words(clock, context.now)
    passed = share_passed(clock, context.now) if words in ("running", "overdue") else None
    plain = ClockView(
        label=teller.promise(clock),
        words=words,
        shape=_shape(words, clock, context),
        when=(clock.stopped_at or clock.paused_at or clock.due).replace(microsecond=0),
        is_over=clock.stopped_at is not None,
        pack=f"{clock.pack}/{clock.pack_version}",
        passed=passed,
        share="" if passed is None else _written(teller.language, passed),
    )
    return plain if plain.is_over else _with_calculation(plain, clock, teller, context)


def share_passed(clock: Clock, now: datetime) -> int:
    """How much of the time of a clock has passed, in whole percent; what it stood still does not count."""
    still = sum((until - since for since, until in clock.pauses), timedelta())
    whole = clock.due - clock.started_at - still
    passed = now - clock.started_at - still
    return max(0, min(100, int(100 * passed / whole))) if whole > timedelta() else 100


@lru_cache(maxsize=_REMEMBERED)
def _written(language: str, percent: int) -> str:
    return format_percent(percent / 100, locale=language)


def _shape(words: str, clock: Clock, context: Context) -> str:
    if words == "running":
        is_today = context.terms.today(clock.due) == context.terms.today(context.now)
        return "due soon" if is_today else "due"
    return {"overdue": "due late", "kept": "due kept"}.get(words, "")


def _words(clock: Clock, now: datetime) -> str:
    """Its state; of one whose moment has passed, and which nobody has stopped, whether that is overdue."""
    state = state_of(clock, now)
    if state != "missed" or clock.stopped_at:
        return state
    return "overdue" if clock.is_overdue(now) else "passed"


def _with_calculation(plain: ClockView, clock: Clock, teller: EventWording, context: Context) -> ClockView:
    known = _calculated(
        _CalculatedClock(teller.catalogues, teller.date_formats, teller.language, context.terms, clock)
    )
    left = None
    if plain.words == "running":
        left = next(iter(parts(known.calendar, known.course, context.now)))
    return plain._replace(
        left=left and amount_text(teller, teller.language, left.length, left.left, left.days[1]),
        reckoning=known.steps,
        reckoned=known.notes.get("reckoned"),
        known_until=known.notes.get("known_until"),
    )


class _CalculatedClock(NamedTuple):
    """A clock under the terms of a site as they were read, and the words in which it is told."""

    catalogues: "Catalogues"
    date_formats: "DateFormats"
    language: str
    terms: SiteTerms
    clock: Clock

    def __hash__(self) -> int:
        return hash((self.language, id(self.terms), self.clock.key, self.clock.due))

    def __eq__(self, other: object) -> bool:
        return (
            isinstance(other, _CalculatedClock)
            and self.terms is other.terms
            and self.catalogues is other.catalogues
            and self.language == other.language
            and self.clock == other.clock
        )


class _Calculation(NamedTuple):
    """The course of a clock with its calendar, the `steps` to the due moment, and the `calendar_notes`."""

    calendar: Calendar
    course: ClockTimeline
    steps: Sequence[str]
    notes: Mapping[str, str]


@lru_cache(maxsize=_REMEMBERED)
def _calculated(asked: _CalculatedClock) -> _Calculation:
    clock, terms = asked.clock, asked.terms
    today = terms.calendar(clock.pack, clock.pack_version)
    now = timeline_of(today, clock)
    calendar, course = as_promised(today, clock, now)
    return _Calculation(
        calendar,
        course,
        () if clock.paused_at else steps_as_text(asked, asked.language, clock, calendar, course),
        calendar_notes(clock, terms, now.due),
    )
