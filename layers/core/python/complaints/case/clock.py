"""One promise of one case: until when, what paused it, what stopped it, and its reminders and
escalations."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from msgspec import Struct
from msgspec.structs import replace

from complaints.calendars.durations import Duration, Extension, Unit
from complaints.due_dates.skipped_holidays import SkippedHoliday
from complaints.promise_packs.schema import EARLY, HOLDING_LETTER, PROGRESS, SURVEY, ExtensionRule

Pause = tuple[datetime, datetime]
_FOR_COMPLAINANT = frozenset({"acknowledge", "respond", PROGRESS, "remedy"})


class Rung(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A reminder or escalation at an instant: `when` is `before`, `due` or `missed`; `to` is a role.

    `share_left` and `after` (amount and unit) are the pack's, stored to recalculate `at` after a pause.
    `sharp` is the very moment of a warning that waits for open hours: for urgent cases it holds.
    """

    when: str
    to: str
    at: datetime
    share_left: float | None = None
    after: tuple[int | float, Unit] | None = None
    raised: bool = False
    sharp: datetime | None = None

    def moment(self, is_urgent: bool) -> datetime:
        """When it is reached."""
        return self.sharp or self.at if is_urgent else self.at

    @property
    def is_of_law(self) -> bool:
        """Whether a law asks for its letter before the due moment, so that no silence delays it."""
        return self.to == HOLDING_LETTER


def raise_rung(rungs: Sequence[Rung], place: int) -> tuple[Rung, ...]:
    """The rungs with the one at `place` raised."""
    return tuple(replace(rung, raised=True) if at == place else rung for at, rung in enumerate(rungs))


class Clock(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A running, paused or stopped clock; all instants are aware.

    `id` is that of the pack's clock, `run` counts its starts in this case, `stops_on` is the event that
    stops it. `due` stays what it was when the clock is paused; `paused_at` says that it does not hold
    now. `left_out` are the holidays that did not count up to then; `zone_data` is the version of the time
    zone data (IANA) that it was computed with. It stands still for at most `pause_days` in all and
    `pause_times` times; without them, for as long and as often as it is asked. `added` is the extension, once
    its notice was taken; `asked_for` while it is out. Nothing but what a law asks for is sent of it before
    `silent_until`.
    """

    id: str
    run: int = 1
    purpose: str
    pack: str
    pack_version: int
    calendar_version: str
    zone_data: str = ""
    stops_on: str
    length: Duration
    started_at: datetime
    due: datetime
    left_out: tuple[SkippedHoliday, ...] = ()
    rungs: tuple[Rung, ...] = ()
    may_pause: bool = False
    pause_days: int | None = None
    may_extend: ExtensionRule | None = None
    asked_for: datetime | None = None
    added: Extension | None = None
    pause_times: int | None = None
    pauses: tuple[Pause, ...] = ()
    paused_at: datetime | None = None
    paused_until: datetime | None = None
    missed: bool = False
    silent_until: datetime | None = None
    stopped_at: datetime | None = None
    in_time: bool | None = None

    @property
    def key(self) -> str:
        """The name of this run of the clock within its case, such as `iso10002-default/respond/1`."""
        return f"{self.pack}/{self.id}/{self.run}"

    @property
    def is_running(self) -> bool:
        return self.stopped_at is None and self.paused_at is None

    @property
    def can_pause(self) -> bool:
        """Whether it may stand still once more; its days are counted by `clocks`."""
        return (
            self.may_pause
            and self.is_running
            and len(self.pauses) < (self.pause_times or len(self.pauses) + 1)
        )

    @property
    def is_ours(self) -> bool:
        """Whether it measures the organisation, and not the complainant's own time."""
        return not self.purpose.startswith("complainant_")

    @property
    def binds(self) -> bool:
        """Whether the organisation owes it to the complainant now, and the desk has to act on it.

        A missed early resolution is no breach, and surveys are sent automatically.
        """
        owed = self.purpose != SURVEY and not (self.missed and self.purpose == EARLY)
        return self.is_running and self.is_ours and owed

    def is_overdue(self, now: datetime) -> bool:
        """Whether the organisation is late with it: it runs, and its due second has passed."""
        return self.binds and is_breach(self.purpose, self.due, now)

    @property
    def is_for_complainant(self) -> bool:
        """Whether the complainant is promised it."""
        return self.purpose in _FOR_COMPLAINANT

    @property
    def can_extend(self) -> bool:
        """Whether it may still be extended, before it is due: once, and never while it is paused."""
        return self.is_running and self.may_extend is not None and not (self.asked_for or self.added)

    def settles_early(self, at: datetime) -> bool:
        """Whether it is an early resolution that was reached in time at this instant."""
        return self.purpose == EARLY and self.stopped_at == at and bool(self.in_time)

    @property
    def holding_letter(self) -> Rung | None:
        """The step of its holding letter, while no such letter has been called for."""
        return next((rung for rung in self.rungs if rung.is_of_law and not rung.raised), None)

    def next_moment(self, *, is_urgent: bool = False) -> datetime | None:
        """The earliest instant at which this clock has something to do."""
        if self.stopped_at:
            return None
        if self.paused_at:
            return self.paused_until
        ahead = (rung for rung in self.rungs if not rung.raised)
        return min((self._after_silence(rung, rung.moment(is_urgent)) for rung in ahead), default=None)

    def _after_silence(self, rung: Rung, moment: datetime) -> datetime:
        return max(moment, self.silent_until) if self.silent_until and not rung.is_of_law else moment


def next_run(runs: Iterable[Clock]) -> int:
    """The number of the next start of a clock, after those that there were in this case."""
    return 1 + max((clock.run for clock in runs), default=0)


def is_breach(purpose: str, due: datetime, now: datetime) -> bool:
    """Whether the organisation is late with what it owes for this purpose: an early resolution is an aim."""
    return purpose != EARLY and is_past(due, now)


def is_past(due: datetime, moment: datetime) -> bool:
    """Whether a moment is later than a due one, both cut to whole seconds."""
    return due.replace(microsecond=0) < moment.replace(microsecond=0)
