"""The schedule of checkpoints, each hour: what changed is sealed outside the table. Once a day the record is
verified against what was sealed."""

from collections.abc import Callable
from datetime import datetime
from typing import TYPE_CHECKING

from msgspec.structs import replace

from complaints.adapters.config import telemetry
from complaints.adapters.container import Container, container
from complaints.checkpoints.checkpoint_chain import Trust
from complaints.checkpoints.places import checkpoint_name
from complaints.checkpoints.sealing import Sealed, Sealing
from complaints.checkpoints.signature import trusted_keys
from complaints.checkpoints.statement import hash_of, statement_bytes
from functions.http.lambda_events import ScheduleEvent
from functions.workers import checkpoint_mails, time_stamps

if TYPE_CHECKING:
    from complaints.checkpoints.verification.restores import Kind
    from complaints.checkpoints.verification.rounds import Round


ROLLED_BACK, DIFFERS, STATED = "CheckpointsRolledBack", "RecordsThatDiffer", "RestoresStated"
MADE = "CheckpointsMade"
"""The metrics of what a run found and made: an alarm is on each (docs/deploy.md)."""

VERIFIED_AT = 3
"""In which hour of the day (UTC) the record is verified."""

RESTORED, REBUILT, AUTHORITY, VERIFY = "restored", "rebuilt", "authority", "verify"
"""What an operator says who wakes the function: in the detail of the event."""

LONGEST_BATCH = 30_000
"""Milliseconds that the entries of a chain, or a hundred of its letters and files, may take to be verified:
where something does not fit, all of them are looked at three times."""


def seal_checkpoints(event: ScheduleEvent) -> dict[str, int]:
    """Makes the checkpoints that are due, and verifies the record once a day; those of days leave by mail and
    are stamped where the operator wants it. A checkpoint that cannot be made fails the run, and is made by
    the next one.

    An operator who restored the table wakes it with a `restored` moment in the detail of the event, one who
    rebuilt states with the moment since which they were `rebuilt`, and one who says to which `authority` time
    stamps must lead with its certificate; with `verify`, the record is verified at once.
    """
    deps = container()
    if restored := event.detail.get(RESTORED):
        put_restore_on_record(deps, datetime.fromisoformat(restored))
    if rebuilt := event.detail.get(REBUILT):
        put_restore_on_record(deps, datetime.fromisoformat(rebuilt), "rebuild")
    if (authority := event.detail.get(AUTHORITY)) is not None:
        put_authority_on_record(deps, authority)
    sealed = seal(deps)
    checkpoint_mails.send_days(deps)
    time_stamps.stamp_days(deps)
    differences = 0
    if deps.now().hour == VERIFIED_AT or event.detail.get(VERIFY):
        context = event.context
        differences = verify_record(
            deps, lambda: context.get_remaining_time_in_millis() > LONGEST_BATCH
        ).count
    return {"made": len(sealed.made), "rolled_back": int(sealed.rolled_back), "differences": differences}


def seal(deps: Container) -> Sealed:
    """Makes the checkpoints that are due.

    The hash of each statement is logged, too: the log is a place that who may write to table and bucket does
    not reach.
    """
    sealed = Sealing(
        deps.evidence, deps.signer, deps.checkpoint_notes, deps.settings.url, deps.now(), trust(deps).keys
    ).run()
    for made in sealed.made:
        telemetry.note(
            "checkpoint",
            checkpoint=checkpoint_name(made.kind, made.since),
            until=made.until.isoformat(),
            leaves=made.size,
            statement=hash_of(statement_bytes(made)),
        )
    if sealed.made:
        telemetry.count(MADE)
    for key in sealed.doubtful:
        telemetry.note("checkpoint is not ours", file=key)
    if sealed.doubtful:
        telemetry.count(DIFFERS)
    if sealed.rolled_back:
        telemetry.note("checkpoint is gone")
        telemetry.count(ROLLED_BACK)
    return sealed


def verify_record(deps: Container, goes_on: Callable[[], bool]) -> "Round":
    """Verifies what is due while there is time, puts it on record, and tells of what does not fit."""
    # Imported here, as one run a day verifies.
    from complaints.checkpoints.verification.restores import stated_authorities
    from complaints.checkpoints.verification.rounds import go_round

    known = trust(deps)
    known = replace(known, authorities=stated_authorities(deps.evidence, known))
    made = go_round(deps.evidence, deps.ledger, deps.signer, known, deps.settings.url, deps.now(), goes_on)
    telemetry.note(
        "record verified",
        checkpoints=made.new.checkpoints + made.old.checkpoints,
        chains=made.new.chains + made.old.chains,
        files=made.new.files + made.old.files,
        differences=made.count,
    )
    for each in made.differences:
        telemetry.note(
            "record differs",
            what=each.what,
            harm=each.harm,
            place=each.name,
            number=each.number,
            checkpoint=each.checkpoint,
        )
    if made.count:
        telemetry.count(DIFFERS)
    return made


def trust(deps: Container) -> Trust:
    named = [key for key in deps.settings.earlier_keys.split(",") if key]
    return Trust(
        trusted_keys(deps.evidence, deps.signer.public_key, named),
        deps.checkpoint_notes.last_checkpoint(),
    )


def put_authority_on_record(deps: Container, authority: str) -> None:
    """States to which certificates (PEM) the daily run lets time stamps lead, or to none. It decides what is
    believed, so an alarm tells of it. Raises `ValueError`."""
    from complaints.checkpoints.verification.restores import state_authority

    state_authority(deps.evidence, deps.signer, deps.settings.url, authority, deps.now())
    telemetry.note("authority on record")
    telemetry.count(STATED)


def put_restore_on_record(deps: Container, to: datetime, kind: "Kind" = "restore") -> None:
    """States that the table was restored to a moment, or that states were rebuilt since then. It excuses what
    is gone, or was written anew, so an alarm tells of it.

    Raises `ValueError` for a moment to which nobody can have restored it.
    """
    from complaints.checkpoints.verification.restores import state_restore

    state_restore(deps.evidence, deps.signer, deps.settings.url, to, deps.now(), kind)
    telemetry.note(f"{kind} on record", to=to.isoformat())
    telemetry.count(STATED)
