"""Dry run: compares the promises of an open case with those under other terms; changes nothing.

A promise that was made is kept: of two due dates the earlier binds. The complainant's deadline stays as
it was stated.

Compares current promises with those under other terms; changes nothing.

Shows which cases a change of a calendar or a pack would affect, before it is made.
"""

from collections.abc import Iterator, Mapping
from datetime import date, datetime
from typing import Literal

from msgspec import Struct
from msgspec.structs import replace

from complaints.case.clock import Clock
from complaints.case.complaint import Complaint
from complaints.clocks import recalculation
from complaints.clocks.lifecycle import ANSWER, foreseen, is_needed
from complaints.promise_packs.schema import Pack
from complaints.site.pack_circumstances import go_on_holding, of_case
from complaints.site.pack_events import happened_before
from complaints.site.site import SiteTerms
from complaints.values.field_types import Stage

Effect = Literal["earlier", "later", "new", "gone", "same"]


class ComparedClock(Struct, frozen=True, kw_only=True):
    """The due date of one clock as `promised` and as calculated under other terms; `None` where there is
    none.

    A paused clock is calculated as if it resumed now.
    """

    clock: str
    purpose: str
    promised: datetime | None
    calculated: datetime | None
    is_ours: bool
    paused_since: datetime | None = None

    @property
    def effect(self) -> Effect:
        if self.promised is None:
            return "new"
        if self.calculated is None:
            return "gone"
        promised, recalculated = self.promised.replace(microsecond=0), self.calculated.replace(microsecond=0)
        if promised == recalculated:
            return "same"
        return "earlier" if recalculated < promised else "later"

    @property
    def binds(self) -> datetime:
        """Until when it would have to be done."""
        moments = [moment for moment in (self.promised, self.calculated) if moment]
        return min(moments) if self.is_ours else moments[0]


def switched_on(pack: Pack) -> Pack:
    """A version as if it had always been in force, and nothing else."""
    return replace(pack, effective_from=date.min, effective_to=None)


class PackTrial(Struct, frozen=True, kw_only=True):
    """The `pack` that is tried, under terms that hold what is tried of it and no other; `standing` are those
    in force."""

    pack: str
    terms: SiteTerms
    standing: SiteTerms
    now: datetime

    def is_running(self, clock: Clock) -> bool:
        """Whether it is a clock of this pack that has not stopped."""
        return clock.pack == self.pack and clock.stopped_at is None


def compared(complaint: Complaint, trial: PackTrial) -> Iterator[ComparedClock]:
    """The clocks that a case has by the pack, and those that it would have."""
    running = {clock.id: clock for clock in complaint.clocks if trial.is_running(clock)}
    tried = {clock.id: clock for clock in trial_clocks(complaint, running, trial)}
    for name in dict.fromkeys((*running, *tried)):
        yield _compared(name, running.get(name), tried.get(name), trial)


def _compared(name: str, before: Clock | None, after: Clock | None, trial: PackTrial) -> ComparedClock:
    known = before or after
    assert known is not None
    recalculated = after.due if after else None
    return ComparedClock(
        clock=f"{trial.pack}/{name}",
        purpose=known.purpose,
        promised=_promised(before, trial) if before else None,
        calculated=_calculated(before, after, trial) if before and after else recalculated,
        is_ours=known.is_ours,
        paused_since=before.paused_at if before else None,
    )


def _promised(clock: Clock, trial: PackTrial) -> datetime:
    return recalculation.resumed(clock, trial.now, trial.standing).due if clock.paused_at else clock.due


def trial_clocks(complaint: Complaint, running: Mapping[str, Clock], trial: PackTrial) -> Iterator[Clock]:
    """The clocks that the pack gives a case: those that run as it has them, and those that what has happened
    would have started. What begins with a message begins with the next one."""
    facts = of_case(complaint, trial.terms.site)
    for pack in trial.terms.packs:
        for clock in pack.clocks if pack.id == trial.pack else ():
            before = running.get(clock.id)
            if before and go_on_holding((*pack.conditions, *clock.conditions), facts):
                yield recalculation.started(clock, pack, before.started_at, trial.terms)
    yield from _begun(complaint, trial)


def _begun(complaint: Complaint, trial: PackTrial) -> Iterator[Clock]:
    happened = happened_before(complaint)
    ever = {clock.id for clock in complaint.clocks if clock.pack == trial.pack}
    for event, at in happened.items():
        for clock in foreseen(complaint, event, at, trial.terms):
            is_over = clock.stops_on in happened and happened[clock.stops_on] >= at
            if clock.pack == trial.pack and not (clock.id in ever or is_over or _is_past(clock, complaint)):
                yield clock


def _is_past(clock: Clock, complaint: Complaint) -> bool:
    """Whether a case is beyond what a clock is for."""
    if clock.purpose == ANSWER:
        return complaint.stage is not Stage.RESPONDED
    return not is_needed(clock, False, complaint)


def _calculated(before: Clock, after: Clock, trial: PackTrial) -> datetime:
    """When the clock that is tried falls due, if it began with the one that runs, and stood still with it."""
    pauses = before.pauses
    if before.paused_at:
        pauses = (*pauses, (before.paused_at, min(trial.now, before.paused_until or trial.now)))
    over = recalculation.gone_over(before, after, trial.terms)
    return recalculation.by_calendar(replace(over, pauses=pauses), trial.terms)


class MovedClock(Struct, frozen=True, kw_only=True):
    """A running clock whose due date under the terms differs from the one `promised`."""

    clock: str
    promised: datetime
    calculated: datetime

    @property
    def is_later(self) -> bool:
        """Whether the terms would give more time than was promised: then the promise binds."""
        return self.promised < self.calculated


def moved_clocks(complaint: Complaint, terms: SiteTerms) -> tuple[MovedClock, ...]:
    """The running clocks of a case whose due date differs under these terms, in whole seconds.

    A paused clock has no due date, and a clock of a pack that the terms do not know is left out.
    """
    found = (
        MovedClock(clock=clock.key, promised=clock.due, calculated=recalculation.by_calendar(clock, terms))
        for clock in complaint.clocks
        if clock.is_running and clock.pack in terms.calendars
    )
    return tuple(each for each in found if _second(each.promised) != _second(each.calculated))


def _second(moment: datetime) -> datetime:
    return moment.replace(microsecond=0)
