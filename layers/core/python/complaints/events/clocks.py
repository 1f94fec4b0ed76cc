"""Facts about the clocks of a case: promised, paused, met, missed, and the reminders that were sent."""

from datetime import date, datetime

from complaints.calendars.durations import Extension
from complaints.due_dates.skipped_holidays import SkippedHoliday
from complaints.events.event import Fact
from complaints.model.clock import Clock, Pause, Rung


class ClockStarted(Fact, frozen=True, kw_only=True):
    """A promise was made: `clock` holds what, until when, and by which pack."""

    clock: Clock


class ClockPaused(Fact, frozen=True, kw_only=True):
    """A clock stands still, at most `until` then."""

    clock: str
    until: datetime | None = None


class ClockResumed(Fact, frozen=True, kw_only=True):
    """A clock runs again and falls due later by what was paused."""

    clock: str
    pauses: tuple[Pause, ...]
    due: datetime
    rungs: tuple[Rung, ...]
    left_out: tuple[SkippedHoliday, ...] = ()


class ClockStopped(Fact, frozen=True, kw_only=True):
    """A clock ended: what it measured was done, `in_time` or not, or (`None`) is asked for no more."""

    clock: str
    moment: datetime
    in_time: bool | None = None


class ExtensionRequested(Fact, frozen=True, kw_only=True):
    """A later date was asked for; it holds when the notice of it was taken in time."""

    PRIVATE = ("reason",)
    clock: str
    reason: str
    due: datetime


class DelayExplained(Fact, frozen=True, kw_only=True):
    """A holding letter was written: why there is no answer yet, and when one is expected. What was promised
    by the clocks stands."""

    PRIVATE = ("text",)
    clocks: tuple[str, ...]
    text: str
    expected_on: date


class DeadlineExtended(Fact, frozen=True, kw_only=True):
    """The due moment of a clock is later, and the complainant was told in time."""

    clock: str
    added: Extension
    due: datetime
    rungs: tuple[Rung, ...]
    left_out: tuple[SkippedHoliday, ...] = ()


class ExtensionFailed(Fact, frozen=True, kw_only=True):
    """The notice was not sent in time: the promise is unchanged."""

    clock: str


class DueBroughtForward(Fact, frozen=True, kw_only=True):
    """The calendar of the site changed, and now says an earlier moment than was promised: it binds."""

    clock: str
    due: datetime
    rungs: tuple[Rung, ...]
    left_out: tuple[SkippedHoliday, ...] = ()
    calendar_version: str
    zone_data: str = ""


class ClockMigrated(Fact, frozen=True, kw_only=True):
    """A clock that runs goes by another version of its pack from now on; what it promised stands."""

    clock: str
    to: Clock


class ReminderRaised(Fact, frozen=True, kw_only=True):
    """A reminder: a promise is due soon.

    With `withheld_until` the case has reached its limit of notices for the day: the reminder goes into a
    digest, and the clock raises no further reminder until then.
    """

    clock: str
    rung: int
    to: str
    withheld_until: datetime | None = None


class DeadlineMissed(Fact, frozen=True, kw_only=True):
    """A promise was not kept: its due moment has passed."""

    clock: str


class EscalationRaised(Fact, frozen=True, kw_only=True):
    """An escalation: a promise is late; `withheld_until` as of a reminder."""

    clock: str
    rung: int
    to: str
    withheld_until: datetime | None = None


PromiseFact = (
    ClockStarted | ClockPaused | ClockResumed | ClockStopped | ExtensionRequested | DeadlineExtended
    | DelayExplained | ExtensionFailed | DueBroughtForward | ClockMigrated | ReminderRaised | DeadlineMissed
    | EscalationRaised
)  # fmt: skip
