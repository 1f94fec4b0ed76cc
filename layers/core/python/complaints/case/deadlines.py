"""Facts about the clocks of a case: promised, paused, met, missed, and the reminders that were sent."""

from datetime import date, datetime
from functools import reduce
from typing import TYPE_CHECKING

from msgspec.structs import replace

from complaints.calendars.durations import Extension
from complaints.case.clock import Clock, Pause, Rung, raise_rung
from complaints.case.correspondence.messages import with_message
from complaints.case.fact import Fact, wording
from complaints.due_dates.skipped_holidays import SkippedHoliday
from complaints.promise_packs.schema import HOLDING_LETTER, PROGRESS

if TYPE_CHECKING:
    from complaints.case.complaint import Complaint


class ClockStarted(Fact, frozen=True, kw_only=True):
    """A promise was made: `clock` holds what, until when, and by which pack."""

    TIMELINE = wording(clock="promise", when="clock.due")

    clock: Clock

    def apply(self, complaint: "Complaint") -> "Complaint":
        """Starts the clock. Of met progress updates, which may be many, only the last is stored."""
        begun = self.clock
        others = (
            clock for clock in complaint.clocks if not (_waited_for_news(clock) and _is_same(clock, begun))
        )
        return replace(complaint, clocks=(*others, begun))


class ClockPaused(Fact, frozen=True, kw_only=True):
    """A clock stands still, at most `until` then."""

    TIMELINE = wording(clock="promise")

    clock: str
    until: datetime | None = None

    def apply(self, complaint: "Complaint") -> "Complaint":
        clock = complaint.clock(self.clock)
        return complaint.with_clock(replace(clock, paused_at=self.at, paused_until=self.until))


class ClockResumed(Fact, frozen=True, kw_only=True):
    """A clock runs again and falls due later by what was paused."""

    TIMELINE = wording(clock="promise", when="due")

    clock: str
    pauses: tuple[Pause, ...]
    due: datetime
    rungs: tuple[Rung, ...]
    left_out: tuple[SkippedHoliday, ...] = ()

    def apply(self, complaint: "Complaint") -> "Complaint":
        clock = complaint.clock(self.clock)
        running = replace(clock, pauses=self.pauses, due=self.due, rungs=self.rungs, left_out=self.left_out)
        return complaint.with_clock(replace(running, paused_at=None, paused_until=None))


class ClockStopped(Fact, frozen=True, kw_only=True):
    """A clock ended: what it measured was done, `in_time` or not, or (`None`) is asked for no more."""

    TIMELINE = wording("in_time", clock="promise")

    clock: str
    moment: datetime
    in_time: bool | None = None

    def apply(self, complaint: "Complaint") -> "Complaint":
        clock = complaint.clock(self.clock)
        pauses = clock.pauses
        if clock.paused_at and clock.paused_at < self.moment:
            pauses = (*pauses, (clock.paused_at, self.moment))
        ended = replace(clock, stopped_at=self.moment, in_time=self.in_time, pauses=pauses)
        return complaint.with_clock(replace(ended, paused_at=None, paused_until=None))


class ExtensionRequested(Fact, frozen=True, kw_only=True):
    """A later date was asked for; it holds when the notice of it was taken in time."""

    PRIVATE = ("reason",)
    TIMELINE = wording(clock="promise", when="due", text="reason")
    clock: str
    reason: str
    due: datetime

    def apply(self, complaint: "Complaint") -> "Complaint":
        clock = complaint.clock(self.clock)
        return complaint.with_clock(replace(clock, asked_for=self.at))


class DelayExplained(Fact, frozen=True, kw_only=True):
    """A holding letter was written: why there is no answer yet, and when one is expected. What was promised
    by the clocks stands."""

    PRIVATE = ("text",)
    TEXTS = PRIVATE
    PUBLIC = "delay_explained"
    WEBHOOK = "complaint.delay_explained"
    TIMELINE = wording(day="expected_on", text="text")
    clocks: tuple[str, ...]
    text: str
    expected_on: date

    def apply(self, complaint: "Complaint") -> "Complaint":
        """No further holding letter of these clocks leaves by itself."""
        return reduce(
            _with_letter, map(complaint.clock, self.clocks), replace(with_message(complaint), has_news=False)
        )


class DeadlineExtended(Fact, frozen=True, kw_only=True):
    """The due moment of a clock is later, and the complainant was told in time."""

    PUBLIC = "extended"
    WEBHOOK = "complaint.deadline_extended"
    TIMELINE = wording(clock="promise", when="due")

    clock: str
    added: Extension
    due: datetime
    rungs: tuple[Rung, ...]
    left_out: tuple[SkippedHoliday, ...] = ()

    def apply(self, complaint: "Complaint") -> "Complaint":
        clock = complaint.clock(self.clock)
        later = replace(clock, added=self.added, due=self.due, rungs=self.rungs, left_out=self.left_out)
        return complaint.with_clock(later)


class ExtensionFailed(Fact, frozen=True, kw_only=True):
    """The notice was not sent in time: the promise is unchanged."""

    TIMELINE = wording(clock="promise")

    clock: str

    def apply(self, complaint: "Complaint") -> "Complaint":
        """Nothing was extended: before the due moment it may be asked for again, in a way that arrives."""
        return complaint.with_clock(replace(complaint.clock(self.clock), asked_for=None))


class DueBroughtForward(Fact, frozen=True, kw_only=True):
    """The calendar of the site changed, and now says an earlier moment than was promised: it binds."""

    TIMELINE = wording(clock="promise", when="due")

    clock: str
    due: datetime
    rungs: tuple[Rung, ...]
    left_out: tuple[SkippedHoliday, ...] = ()
    calendar_version: str
    zone_data: str = ""

    def apply(self, complaint: "Complaint") -> "Complaint":
        clock = complaint.clock(self.clock)
        return complaint.with_clock(
            replace(
                clock,
                due=self.due,
                rungs=self.rungs,
                left_out=self.left_out,
                calendar_version=self.calendar_version,
                zone_data=self.zone_data,
            )
        )


class ClockMigrated(Fact, frozen=True, kw_only=True):
    """A clock that runs goes by another version of its pack from now on; what it promised stands."""

    TIMELINE = wording(clock="promise")

    clock: str
    to: Clock

    def apply(self, complaint: "Complaint") -> "Complaint":
        """The clock by the rules of another version, under the key that it has."""
        return complaint.with_clock(self.to)


class ReminderRaised(Fact, frozen=True, kw_only=True):
    """A reminder: a promise is due soon.

    With `withheld_until` the case has reached its limit of notices for the day: the reminder goes into a
    digest, and the clock raises no further reminder until then.
    """

    TIMELINE = wording(clock="promise")

    clock: str
    rung: int
    to: str
    withheld_until: datetime | None = None

    def apply(self, complaint: "Complaint") -> "Complaint":
        if tells_staff(self):
            complaint = replace(complaint, notices=complaint.notices.and_one(self.at))
        clock = complaint.clock(self.clock)
        rungs = raise_rung(clock.rungs, self.rung)
        silent_until = self.withheld_until or clock.silent_until
        return complaint.with_clock(replace(clock, rungs=rungs, silent_until=silent_until))


class DeadlineMissed(Fact, frozen=True, kw_only=True):
    """A promise was not kept: its due moment has passed."""

    PUBLIC = "missed"
    WEBHOOK = "complaint.deadline_missed"
    TIMELINE = wording(clock="promise")

    clock: str

    def apply(self, complaint: "Complaint") -> "Complaint":
        return complaint.with_clock(replace(complaint.clock(self.clock), missed=True))


class EscalationRaised(Fact, frozen=True, kw_only=True):
    """An escalation: a promise is late; `withheld_until` as of a reminder."""

    TIMELINE = wording(clock="promise")

    clock: str
    rung: int
    to: str
    withheld_until: datetime | None = None

    def apply(self, complaint: "Complaint") -> "Complaint":
        if tells_staff(self):
            complaint = replace(complaint, notices=complaint.notices.and_one(self.at))
        clock = complaint.clock(self.clock)
        rungs = raise_rung(clock.rungs, self.rung)
        silent_until = self.withheld_until or clock.silent_until
        return complaint.with_clock(replace(clock, rungs=rungs, silent_until=silent_until))


PromiseFact = (
    ClockStarted | ClockPaused | ClockResumed | ClockStopped | ExtensionRequested | DeadlineExtended
    | DelayExplained | ExtensionFailed | DueBroughtForward | ClockMigrated | ReminderRaised | DeadlineMissed
    | EscalationRaised
)  # fmt: skip


_NO_STAFF = frozenset({"none", "complainant", HOLDING_LETTER})


def tells_staff(fact: ReminderRaised | EscalationRaised) -> bool:
    """Whether a fact about a deadline calls for a notice to staff."""
    return fact.to not in _NO_STAFF


def _waited_for_news(clock: Clock) -> bool:
    return clock.purpose == PROGRESS and bool(clock.in_time)


def _is_same(clock: Clock, other: Clock) -> bool:
    return (clock.pack, clock.id) == (other.pack, other.id)


def _with_letter(complaint: "Complaint", clock: Clock) -> "Complaint":
    letter = clock.holding_letter
    rungs = (replace(rung, raised=True) if rung is letter else rung for rung in clock.rungs)
    return complaint.with_clock(replace(clock, rungs=tuple(rungs)))
