"""Moves open clocks to another version of their pack, only where the site asks for it; no promise gets
later by it."""

from collections.abc import Iterator

from msgspec.structs import replace

from complaints.case.complaint import Complaint
from complaints.case.deadlines import ClockMigrated, ClockStarted
from complaints.clocks import recalculation
from complaints.clocks.dry_run import PackTrial, switched_on, trial_clocks
from complaints.context.decision_context import Context
from complaints.promise_packs.schema import Pack


def migrated(complaint: Complaint, context: Context) -> Iterator[ClockMigrated | ClockStarted]:
    """What goes over, and what begins with it. A clock that the version does not know runs on as it was
    promised; a case that has no clock of an older version is none of this."""
    wished = context.terms.site.migrated
    for pack in context.terms.packs:
        if wished.get(pack.id) == pack.version and complaint.stage.is_open:
            yield from _to(pack, complaint, context)


def _to(pack: Pack, complaint: Complaint, context: Context) -> Iterator[ClockMigrated | ClockStarted]:
    alone = replace(context.terms, packs=(switched_on(pack),))
    trial = PackTrial(pack=pack.id, terms=alone, standing=context.terms, now=context.now)
    running = {clock.id: clock for clock in complaint.clocks if trial.is_running(clock)}
    if all(clock.pack_version >= pack.version for clock in running.values()):
        return
    for clock in trial_clocks(complaint, running, trial):
        before = running.get(clock.id)
        if before is None:
            yield ClockStarted(at=context.now, by=context.by, clock=clock)
        elif before.pack_version < pack.version:
            over = recalculation.gone_over(before, clock, alone)
            yield ClockMigrated(at=context.now, by=context.by, clock=before.key, to=over)
