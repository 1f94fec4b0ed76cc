"""Makes the evidence packs and the files of people that were ordered, each minute, as far as the time goes.

A turn of five minutes is taken by one invocation, which begins no step in its last minute, and writes nothing
once it is over: so no two work on one pack. One that dies, or whose step took too long, leaves what was kept
after its last step, and the next turn goes on from there.
"""

from collections.abc import Callable, Mapping
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

from complaints.adapters.config import telemetry
from complaints.adapters.container import Container, container
from complaints.delivery.rate_limits import RateLimit
from complaints.evidence.pack_work import GIVEN_UP, Stage
from complaints.lazy_imports import lazy_imports
from complaints.management.evaluation.evidence_packs import EvidencePack
from complaints.management.privacy.personal_data import PersonalData
from complaints.management.record import ManagementRecord
from functions.http.lambda_events import ScheduleEvent

# Most minutes have nothing to make: each of these is imported as it is called.
with lazy_imports():
    from functions.workers.evidence import building as pack_building
    from functions.workers.evidence import case_stage, end_stage, part_stage, proof_stage, sample_stage
    from functions.workers.personal_data import person_stages

if TYPE_CHECKING:
    from functions.workers.archive_building import ArchiveBuilding


TURN = timedelta(minutes=5)
LONGEST_STEP = timedelta(seconds=60)

NOT_MADE = "PacksNotMade"
"""The metric of steps that failed, of which the run itself tells nobody."""

_STAGES: Mapping[Stage, Callable[[Any], None]] = {
    Stage.CASES: case_stage.step,
    Stage.SAMPLE: sample_stage.step,
    Stage.PARTS: part_stage.step,
    Stage.PROOFS: proof_stage.step,
    Stage.END: end_stage.step,
    Stage.FINISH: end_stage.finish,
}
_STAGES_OF_PERSON: Mapping[Stage, Callable[[Any], None]] = {
    Stage.CASES: person_stages.add_next_case,
    Stage.END: person_stages.end,
    Stage.FINISH: person_stages.finish,
}


def make_evidence(event: ScheduleEvent) -> dict[str, int]:
    """Goes on with each pack that waits. One that cannot be made stops no other."""
    deps = container()
    steps = failed = 0
    for record in deps.management_records.waiting(deps.now() - GIVEN_UP):
        pack = record.content
        assert isinstance(pack, EvidencePack | PersonalData), "no other kind has files to be made"
        turn = _turn(record, deps.now())
        if turn.until - deps.now() < LONGEST_STEP or not deps.outbox.may_leave(turn):
            continue
        try:
            steps += _work(deps, event, record, pack, turn.until)
        except Exception as error:
            failed += 1
            telemetry.failure("evidence pack not made", error, record=record.id)
            telemetry.count(NOT_MADE)
    telemetry.note("evidence packs", steps=steps, failed=failed)
    return {"steps": steps, "failed": failed}


def _turn(record: ManagementRecord, now: datetime) -> RateLimit:
    """Whose turn it is: one invocation's in five minutes."""
    begin = datetime.fromtimestamp(now.timestamp() // TURN.total_seconds() * TURN.total_seconds(), UTC)
    return RateLimit(f"evidence|{record.reference}|{begin:%Y-%m-%dT%H:%M}", 1, begin + TURN)


def _work(
    deps: Container,
    event: ScheduleEvent,
    record: ManagementRecord,
    pack: EvidencePack | PersonalData,
    until: datetime,
) -> int:
    """Takes steps while there is time for one more before the turn ends; how many."""
    building: ArchiveBuilding
    if isinstance(pack, PersonalData):
        building, stages = person_stages.PersonBuilding(deps, record, pack, until), _STAGES_OF_PERSON
    else:
        building, stages = pack_building.Building(deps, record, pack, until), _STAGES
    steps = 0
    try:
        while building.work.stage is not Stage.DONE and deps.now() < until - LONGEST_STEP:
            if event.context.get_remaining_time_in_millis() < LONGEST_STEP.total_seconds() * 1000:
                break
            stages[building.work.stage](building)
            building.keep()
            steps += 1
    finally:
        building.archive.pause()
    return steps
