"""The schedule of checkpoints, each hour: what changed is sealed outside the table."""

from typing import TYPE_CHECKING

from complaints.adapters.config import telemetry
from complaints.adapters.container import container
from complaints.checkpoints.places import checkpoint_name
from complaints.checkpoints.sealing import Sealing
from complaints.checkpoints.statement import hash_of, statement_bytes
from functions.http.lambda_events import ScheduleEvent

if TYPE_CHECKING:
    from typing import Protocol

    from complaints.adapters.dependencies import (
        HasCheckpointNotes,
        HasEvidence,
        HasNow,
        HasSettings,
        HasSigner,
    )

    class SealingDeps(HasNow, HasSettings, HasEvidence, HasSigner, HasCheckpointNotes, Protocol):
        """The dependencies of this module: what its functions use of the container."""


ROLLED_BACK = "CheckpointsRolledBack"
"""The metric that counts runs which found a checkpoint gone: an alarm is on it (docs/deploy.md)."""


def seal_checkpoints(event: ScheduleEvent) -> dict[str, int]:
    """Makes the checkpoints that are due. One that cannot be made fails the run, and is made by the next.

    The hash of each statement is logged, too: the log is a place that who may write to table and bucket does
    not reach.
    """
    deps = container()
    sealed = sealing(deps).run(deps.now())
    for made in sealed.made:
        telemetry.note(
            "checkpoint",
            checkpoint=checkpoint_name(made.kind, made.since),
            until=made.until.isoformat(),
            leaves=made.size,
            statement=hash_of(statement_bytes(made)),
        )
    if sealed.rolled_back:
        telemetry.note("checkpoint is gone")
        telemetry.count(ROLLED_BACK)
    return {"made": len(sealed.made), "rolled_back": int(sealed.rolled_back)}


def sealing(deps: "SealingDeps") -> Sealing:
    return Sealing(deps.evidence, deps.signer, deps.checkpoint_notes, deps.settings.url)
