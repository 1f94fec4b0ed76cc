"""The state of one complaint: what its facts add up to, without a word that anybody wrote."""

from collections.abc import Iterator
from datetime import date, datetime

from msgspec import Struct
from msgspec.structs import replace

from complaints.clock import Clock
from complaints.words import Assessment, Channel, ComplainantKind, Outcome, Remedy, Stage, Way

RECENT = 20


class Decision(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """The decision in force; its reasons stand in the private item of `entry`."""

    outcome: Outcome
    entry: int
    at: datetime
    decided_by: str
    remedies: tuple[Remedy, ...] = ()
    needs_approval: bool = False
    approved_by: str | None = None
    approved_at: datetime | None = None
    issued: bool = False

    @property
    def may_be_told(self) -> bool:
        return not self.issued and (not self.needs_approval or self.approved_by is not None)

    @property
    def settled_at(self) -> datetime:
        """Since when it may be told: nobody was told before there was a decision."""
        return self.approved_at or self.at

    @property
    def awaits_approval(self) -> bool:
        return not self.issued and self.needs_approval and self.approved_by is None


class Post(Struct, frozen=True, omit_defaults=True):
    """How often the complainant wrote: on the last day that they did, and in all."""

    day: date | None = None
    that_day: int = 0
    in_all: int = 0


class Complaint(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One complaint. `number` counts all entries of its chain, `version` those made by people.

    `seal` is the hash of the last entry. `recent` are the numbers of the last entries that hold a
    message between complainant and organisation.
    """

    reference: str
    number: int = 0
    version: int = 0
    seal: str = ""
    site: str = ""
    language: str = ""
    channel: Channel = Channel.WEB
    kind: ComplainantKind | None = None
    category: str | None = None
    reach: tuple[Way, ...] = ()
    notice_version: str = ""
    stage: Stage = Stage.RECEIVED
    level: int = 1
    received_at: datetime | None = None
    acknowledged_at: datetime | None = None
    assessed_at: datetime | None = None
    responded_at: datetime | None = None
    ended_at: datetime | None = None
    ended_because: str | None = None
    assignee: str | None = None
    stage_before_question: Stage | None = None
    assessment: Assessment | None = None
    decision: Decision | None = None
    clocks: tuple[Clock, ...] = ()
    post: Post = Post()
    recent: tuple[int, ...] = ()
    has_news: bool = False
    failed_letters: tuple[str, ...] = ()

    def clock(self, name: str) -> Clock:
        """The clock with this id. Raises `LookupError`."""
        for clock in self.clocks:
            if clock.id == name:
                return clock
        raise LookupError(name)

    def with_clock(self, changed: Clock) -> "Complaint":
        """The same complaint with one clock replaced."""
        clocks = tuple(changed if clock.id == changed.id else clock for clock in self.clocks)
        return replace(self, clocks=clocks)

    @property
    def binding_clock(self) -> Clock | None:
        """The running clock of the organisation that falls due first."""
        return min(self._running(), key=lambda clock: clock.due, default=None)

    @property
    def next_at(self) -> datetime | None:
        """The earliest instant at which the schedule has something to do for this complaint."""
        moments = [clock.next_moment for clock in self.clocks]
        return min((moment for moment in moments if moment), default=None)

    def promises(self) -> tuple[Clock, ...]:
        """One clock a purpose, the strictest: what was promised, but what is asked for no more."""
        strictest: dict[str, Clock] = {}
        for clock in sorted(self.clocks, key=_by_weight):
            if clock.is_ours and (clock.stopped_at is None or clock.in_time is not None):
                strictest.setdefault(clock.purpose, clock)
        return tuple(strictest.values())

    def _running(self) -> Iterator[Clock]:
        return (clock for clock in self.clocks if clock.is_running and clock.is_ours)


def _by_weight(clock: Clock) -> tuple[bool, bool, datetime]:
    """Clocks that run first, then paused ones, then those that stopped; the strictest of each."""
    return (clock.stopped_at is not None, clock.paused_at is not None, clock.due)
