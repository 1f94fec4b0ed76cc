"""What the facts of a case say of its promises, of who had it, and of corrective actions: in other words than
those that count.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from complaints.case.deadlines import (
    ClockPaused,
    ClockResumed,
    ClockStarted,
    ClockStopped,
    DeadlineExtended,
    DeadlineMissed,
)
from complaints.case.fact import Fact
from complaints.case.people.conflicts_of_interest import ConflictDeclared
from complaints.case.process.escalation import Escalated, Referred
from complaints.case.record.merging import PromiseTakenOver
from complaints.case.workflow.assignment import Assigned, Unassigned
from complaints.case.workflow.corrective_actions import ActionChecked, ActionDone, ActionPlanned
from complaints.reporting.metrics.measures import Measure

Step = tuple[date, str, str, int]

TO_THE_PERSON = ("acknowledge", "respond", "remedy")
"""What the person is promised; of news on the way the state of a case keeps the last alone, so it is left out
here. No indicator tells it."""


def local(moment: datetime) -> date:
    """The date in Istanbul, which has been three hours ahead all year round since 2016."""
    return (moment + timedelta(hours=3)).date()


@dataclass
class Promise:
    """One promise, as far as facts have told of it."""

    purpose: str
    run: int
    due: datetime
    missed: bool = False
    extended: bool = False
    stopped: datetime | None = None
    in_time: bool | None = None
    standing_since: datetime | None = None
    stood: list[tuple[datetime, datetime]] = field(default_factory=list)

    @property
    def is_late(self) -> bool:
        """Whether the organisation has missed it and still owes it."""
        runs = self.stopped is None and self.standing_since is None
        ours = not self.purpose.startswith("complainant_") and self.purpose not in ("survey", "early")
        return self.missed and runs and ours

    @property
    def end(self) -> tuple[str, datetime] | None:
        if self.missed and not self.in_time:
            return "missed", self.due
        return ("met", self.stopped) if self.in_time and self.stopped else None

    def stood_still(self, until: datetime) -> timedelta:
        begun = [(self.standing_since, until)] if self.standing_since else []
        spans = [(since, min(end, until)) for since, end in (*self.stood, *begun)]
        return sum((max(end - since, timedelta()) for since, end in spans), timedelta())


class Handling:
    """Promises, who has the case, and actions: read fact by fact, and looked at after each entry."""

    def __init__(self) -> None:
        self.promises: dict[str, Promise] = {}
        self.actions: dict[str, dict[str, object]] = {}
        self.owner: str | None = None
        self.steps: list[Step] = []
        self.decided_in_time: bool | None = None
        self._is_late = False
        self._holder: str | None = None
        self._ran: list[Promise] = []

    def begin_entry(self) -> None:
        self._ran = [each for each in self.promises.values() if each.stopped is None]

    def read(self, fact: Fact) -> None:
        match fact:
            case ClockStarted() | PromiseTakenOver():
                clock = fact.clock
                known = Promise(clock.purpose, clock.run, clock.due, clock.missed, clock.added is not None)
                known.stopped, known.in_time = clock.stopped_at, clock.in_time
                known.standing_since, known.stood = clock.paused_at, list(clock.pauses)
                self.promises[clock.key] = known
            case ClockPaused():
                self.promises[fact.clock].standing_since = fact.at
            case ClockResumed():
                promise = self.promises[fact.clock]
                promise.due, promise.standing_since, promise.stood = fact.due, None, list(fact.pauses)
            case ClockStopped():
                promise = self.promises[fact.clock]
                if promise.standing_since and promise.standing_since < fact.moment:
                    promise.stood.append((promise.standing_since, fact.moment))
                promise.stopped, promise.in_time = fact.moment, fact.in_time
                promise.standing_since = None
            case DeadlineExtended():
                self.promises[fact.clock].due = fact.due
                self.promises[fact.clock].extended = True
            case DeadlineMissed():
                self.promises[fact.clock].missed = True
            case Assigned():
                self.owner = fact.to
            case Unassigned() | Escalated() | Referred():
                self.owner = None
            case ConflictDeclared() if fact.by.id == self.owner:
                self.owner = None
            case ActionPlanned():
                self.actions[fact.id] = {"due": fact.due}
            case ActionDone():
                self.actions[fact.id]["done"] = fact.done_on
            case ActionChecked():
                self.actions[fact.id]["effective"] = fact.effective

    def end_entry(self, at: datetime, *, is_open: bool, told: bool) -> None:
        """Looks at what holds after an entry; `told` says that its first decision was communicated in it."""
        if told:
            ran = [each for each in self._ran if each.purpose == "respond"]
            self.decided_in_time = bool(ran) and all(each.in_time or not each.missed for each in ran)
        is_late = is_open and any(each.is_late for each in self.promises.values())
        if is_late != self._is_late:
            self.steps.append((local(at), Measure.OVERDUE, "all", 1 if is_late else -1))
        holder = self.owner if is_open else None
        if holder != self._holder:
            for who, what in ((self._holder, "left"), (holder, "taken")):
                if who:
                    self.steps.append((local(at), Measure.LOAD, f"{what}:{who}", 1))
        self._is_late, self._holder = is_late, holder

    @property
    def acknowledged(self) -> tuple[str, datetime] | None:
        """How the promise to acknowledge ended: one that was missed says more than all that were met."""
        ends = [each.end for each in self.promises.values() if each.purpose == "acknowledge"]
        return min((end for end in ends if end), default=None, key=lambda end: (end[0] != "missed", end[1]))

    def taken(self, came: datetime, told: datetime) -> Iterator[tuple[str, int]]:
        """Whether the first decision was given more time, and how long its promise stood still."""
        asked = [each for each in self.promises.values() if each.purpose == "respond"]
        if any(each.extended for each in asked):
            yield "extended", 1
        stood = max((each.stood_still(told) for each in asked), default=timedelta())
        yield "paused_minutes", int(min(stood, told - came).total_seconds() // 60)

    def ends(self, came: date) -> Iterator[Step]:
        """How the promises ended, and the corrective actions."""
        if self.acknowledged:
            end, at = self.acknowledged
            yield came, Measure.ACKNOWLEDGED, f"{end}:{local(at)}", 1
        for purpose in TO_THE_PERSON:
            runs = {each.run for each in self.promises.values() if each.purpose == purpose}
            for run in runs:
                of = [each for each in self.promises.values() if (each.purpose, each.run) == (purpose, run)]
                known = [each.end for each in of if each.end]
                late = [end for end in known if end[0] == "missed"]
                for end, at in [*late[-1:], *known[:1]][:1]:
                    yield local(at), Measure.PROMISES, f"{purpose}:{end}", 1
        for action in self.actions.values():
            day = action["due"]
            assert isinstance(day, date)
            done = action.get("done")
            yield day, Measure.ACTIONS, "all", 1
            if isinstance(done, date) and done <= day:
                yield day, Measure.ACTIONS, "in_time", 1
            if "effective" in action:
                yield day, Measure.ACTIONS, "checked", 1
                yield day, Measure.ACTIONS, "effective", int(bool(action["effective"]))
