"""A clock as the page of a case shows it: how it stands, and why it is due when it is.

As in `serializers/clock`, it is computed when it is looked at, and only of clocks that nobody has stopped.
"""

from collections import Counter
from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple

from complaints.clocks.never_later_rule import timeline_of
from complaints.clocks.progress import as_promised, parts, state_of
from complaints.context.decision_context import Context
from complaints.model.clock import Clock
from functions.pages.desk.case.event_texts import EventWording
from functions.serializers.calendar_notes import calendar_notes
from functions.serializers.clock import amount_text
from functions.serializers.due_date_steps import steps_as_text


class ClockView(NamedTuple):
    """`words` are the end of the msgid of its state, `when` the moment that it names. `reckoned` and
    `known_until` are those of `calendar_notes`."""

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


def clock_views(teller: EventWording, context: Context) -> list[ClockView]:
    """The clocks of the case that the `teller` tells of, those that still run first."""
    shown = [_seen(clock, teller, context) for clock in teller.complaint.clocks]
    times = Counter(clock.label for clock in shown)
    told = (clock._replace(is_one_of_several=times[clock.label] > 1) for clock in shown)
    return sorted(told, key=lambda clock: (clock.is_over, clock.when))


def _seen(clock: Clock, teller: EventWording, context: Context) -> ClockView:
    plain = ClockView(
        label=teller.promise(clock),
        words=_words(clock, context.now),
        when=(clock.stopped_at or clock.paused_at or clock.due).replace(microsecond=0),
        is_over=clock.stopped_at is not None,
        pack=f"{clock.pack}/{clock.pack_version}",
    )
    return plain if plain.is_over else _reckoned(plain, clock, teller, context)


def _words(clock: Clock, now: datetime) -> str:
    """Its state; of one whose moment has passed, and which nobody has stopped, whether that is overdue."""
    state = state_of(clock, now)
    if state != "missed" or clock.stopped_at:
        return state
    return "overdue" if clock.is_overdue(now) else "passed"


def _reckoned(plain: ClockView, clock: Clock, teller: EventWording, context: Context) -> ClockView:
    today = context.terms.calendar(clock.pack, clock.pack_version)
    now = timeline_of(today, clock)
    calendar, course = as_promised(today, clock, now)
    left = next(iter(parts(calendar, course, context.now))) if plain.words == "running" else None
    marked = calendar_notes(clock, context.terms, now.due)
    return plain._replace(
        left=left and amount_text(teller, teller.language, left.length, left.left, left.days[1]),
        reckoning=() if clock.paused_at else steps_as_text(teller, teller.language, clock, calendar, course),
        reckoned=marked.get("reckoned"),
        known_until=marked.get("known_until"),
    )
