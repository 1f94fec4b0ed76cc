"""The record: checkpoints that are missing or gone, changes, restores, erasures that are late."""

from collections.abc import Callable, Iterator
from datetime import timedelta
from types import SimpleNamespace
from typing import Any, cast

import pytest
from chalice.app import DynamoDBEvent
from msgspec.structs import replace

from complaints.adapters.dynamodb.key_schema import case_pk, entry_sk
from complaints.adapters.dynamodb.models import DataKeyItem
from complaints.checkpoints.checkpoint_chain import names
from complaints.checkpoints.ports import NotStamped
from complaints.context.ports import SendingDelayed
from complaints.values.casework.retention import KeptData
from complaints.values.errors import DataKeyLost
from functions.workers import checkpoint_mails, checkpoints, time_stamps
from functions.workers.case_stream import follow_cases
from tests.alarms.cloudwatch import counted, rings
from tests.complaints.checkpoints.fakes import HeldEvidence
from tests.evidence.sealed_installation import SealedInstallation, drop, sealed
from tests.evidence.tamperings import change, noted, retell
from tests.faults.test_erasure import Removals, run, to_erase
from tests.installation import opened

Capsys = pytest.CaptureFixture[str]


@pytest.fixture
def house(table: str, engine_endpoint: str, runs_as: Callable[[str], None]) -> Iterator[SealedInstallation]:
    with sealed(table, engine_endpoint) as house:
        runs_as("SealCheckpoints")
        house.seal()
        house.first_case = house.installation.take("k-1")
        house.note(house.first_case, "Asked the depot.")
        house.seal()
        yield house


@pytest.mark.alarm("SealingSilent")
def test_two_hours_without_a_checkpoint_ring_and_one_checkpoint_does_not(
    house: SealedInstallation, capsys: Capsys
) -> None:
    capsys.readouterr()
    assert rings("SealingSilent", [])
    house.seal()
    assert not rings("SealingSilent", counted(capsys))


@pytest.mark.alarm("CheckpointsGone")
def test_a_checkpoint_that_is_gone_rings(house: SealedInstallation, capsys: Capsys) -> None:
    capsys.readouterr()
    last = names(house.files)[-1]
    house.files.files = {key: file for key, file in house.files.files.items() if last not in key}
    house.seal()
    assert rings("CheckpointsGone", counted(capsys))


@pytest.mark.alarm("CheckpointsNotMailed")
def test_a_checkpoint_that_cannot_be_mailed_rings(house: SealedInstallation, capsys: Capsys) -> None:
    def throttled(*_: object, **__: object) -> str:
        raise SendingDelayed("Throttled")

    house.world.settings = replace(house.world.settings, checkpoint_mail="auditor@audit.example")
    house.world.mail_sender = SimpleNamespace(send=lambda *_, **__: "m")
    house.installation.clock.moment += timedelta(days=1)
    house.seal()
    capsys.readouterr()
    assert checkpoint_mails.send_days(house.world) == 1
    assert not rings("CheckpointsNotMailed", counted(capsys))
    house.installation.clock.moment += timedelta(days=1)
    house.seal()
    house.world.mail_sender = SimpleNamespace(send=throttled)
    assert checkpoint_mails.send_days(house.world) == 0
    assert rings("CheckpointsNotMailed", counted(capsys))


@pytest.mark.alarm("CheckpointsNotStamped")
def test_a_checkpoint_that_is_not_stamped_rings(house: SealedInstallation, capsys: Capsys) -> None:
    def refuse(request: bytes) -> bytes:
        raise NotStamped("503")

    house.world.settings = replace(house.world.settings, time_stamps="https://tsa.example/")
    house.world.time_stamps = SimpleNamespace(ask=refuse)
    for is_late in (False, True):
        house.installation.clock.moment += timedelta(days=1)
        house.seal()
        capsys.readouterr()
        assert time_stamps.stamp_days(house.world) == 0
        assert rings("CheckpointsNotStamped", counted(capsys)) is is_late


@pytest.mark.alarm("RecordDiffers")
def test_a_record_that_somebody_changed_rings(house: SealedInstallation, capsys: Capsys) -> None:
    house.seal()
    assert house.verify_daily().count == 0
    assert not rings("RecordDiffers", counted(capsys))
    retell(house, "The depot was never asked.")
    house.verify_daily()
    assert rings("RecordDiffers", counted(capsys))


@pytest.mark.alarm("EntriesRewritten")
@pytest.mark.parametrize("does", [lambda pk, sk: change(pk, sk, data={"B": b"{}"}), drop])
def test_an_entry_that_is_written_anew_rings(
    house: SealedInstallation,
    capsys: Capsys,
    runs_as: Callable[[str], None],
    does: Callable[[str, str], object],
) -> None:
    """By the stream alone: nobody sealed it, and its note may be gone."""
    runs_as("FollowCases")
    entry = case_pk(house.first_case), entry_sk(1)
    house.redact(house.first_case, noted(house))
    house.erase(house.installation.take("k-2"))
    house.remove(house.installation.take("k-3"), KeptData.LETTERS)
    follow_cases(cast(Any, DynamoDBEvent({"Records": house.told()}, None)))
    assert not rings("EntriesRewritten", counted(capsys)), "what is redacted or erased stands apart"
    does(*entry)
    told = cast(Any, DynamoDBEvent({"Records": house.told()}, None))
    follow_cases(told)
    assert rings("EntriesRewritten", counted(capsys))


@pytest.mark.alarm("RestoreStated")
def test_a_restore_that_is_put_on_record_rings(house: SealedInstallation, capsys: Capsys) -> None:
    capsys.readouterr()
    checkpoints.put_restore_on_record(house.world, house.world.now() - timedelta(days=1))
    assert rings("RestoreStated", counted(capsys))


@pytest.mark.alarm("KeysLost")
def test_words_for_a_case_whose_key_is_gone_ring(
    house: SealedInstallation, capsys: Capsys, runs_as: Callable[[str], None]
) -> None:
    runs_as("APIHandler")
    capsys.readouterr()
    for item in list(DataKeyItem.scan()):
        item.delete()
    with pytest.raises(DataKeyLost):
        house.note(house.first_case, "The depot has it.")
    assert rings("KeysLost", counted(capsys))


@pytest.mark.alarm("ErasuresLate")
def test_a_case_that_cannot_be_erased_for_an_hour_rings(
    table: str, capsys: Capsys, runs_as: Callable[[str], None]
) -> None:
    files = Removals()
    with opened(table, files=files, evidence=HeldEvidence()) as installation:
        runs_as("EraseCases")
        files.broken = to_erase(installation, "late")
        run(installation)
        assert not rings("ErasuresLate", counted(capsys))
        installation.clock.moment += timedelta(minutes=61)
        run(installation)
    assert rings("ErasuresLate", counted(capsys))
