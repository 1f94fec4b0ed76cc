"""Notes for the next checkpoint: what the stream tells, by hour."""

from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest

from benchmarks.measuring.aws_requests import counted
from complaints.adapters.dynamodb.key_schema import MAILED, NOTED, SEALED, hour_sk
from complaints.adapters.dynamodb.models import NoteItem, SealedItem
from complaints.adapters.stores.checkpoint_notes import DynamoCheckpointNotes
from complaints.checkpoints.leaf import ChainLeaf, LetterLeaf
from complaints.checkpoints.ports import Last, Notes
from tests.complaints.checkpoints.fakes import HeldNotes

NOON = datetime(2026, 11, 28, 12, tzinfo=UTC)
HOUR = timedelta(hours=1)


@pytest.fixture(params=["table", "memory"])
def notes(request: pytest.FixtureRequest) -> Notes:
    if request.param == "memory":
        return HeldNotes()
    request.getfixturevalue("table")
    return DynamoCheckpointNotes()


def test_what_was_noted_is_found_by_its_hour(notes: Notes) -> None:
    first = [ChainLeaf(f"case#C-{uuid4().hex}", number, "aa") for number in range(60)]
    later = LetterLeaf("C-1/000001.1", "bb", "committed:c", "sent")
    notes.note(NOON + timedelta(minutes=59), first)
    notes.note(NOON + HOUR, [later])
    assert set(notes.between(NOON, NOON + HOUR)) == set(first)
    assert list(notes.between(NOON + HOUR, NOON + 2 * HOUR)) == [later]
    assert set(notes.between(None, NOON + 2 * HOUR)) == {*first, later}
    assert list(notes.between(NOON + 2 * HOUR, NOON + 3 * HOUR)) == []


def test_the_last_checkpoint_is_on_record(notes: Notes) -> None:
    assert notes.last_checkpoint() is None
    for last in (Last(NOON, "aa"), Last(NOON + HOUR, "bb")):
        notes.keep_last_checkpoint(last)
        assert notes.last_checkpoint() == last


def test_the_day_that_was_mailed_last_is_on_record_beside_it(notes: Notes) -> None:
    notes.keep_last_checkpoint(Last(NOON, "aa"))
    for day in (NOON.date(), NOON.date() + timedelta(days=1)):
        notes.keep_last_mailed(day)
        assert notes.last_mailed() == day
    assert notes.last_checkpoint() == Last(NOON, "aa")


@pytest.mark.usefixtures("table")
def test_a_day_that_is_none_counts_as_none() -> None:
    SealedItem(*MAILED, last="[]").save()
    assert DynamoCheckpointNotes().last_mailed() is None


@pytest.mark.usefixtures("table")
def test_a_note_that_is_none_keeps_no_other_from_being_sealed() -> None:
    notes = DynamoCheckpointNotes()
    NoteItem(NOTED, f"{hour_sk(NOON)}#!", expires=2**31).save()
    leaf = ChainLeaf("case#C-7K3M9-QX2HT-7", 1, "ab")
    notes.note(NOON, [leaf])
    assert list(notes.between(NOON, NOON + HOUR)) == [leaf]


@pytest.mark.usefixtures("table")
@pytest.mark.parametrize("written", ["", "{", "[]", '{"hour":1}'])
def test_a_last_checkpoint_that_is_none_keeps_nothing_from_being_sealed(
    written: str, capfd: pytest.CaptureFixture[str]
) -> None:
    """Somebody who may write to the table wrote it: what was sealed stands in the bucket."""
    notes = DynamoCheckpointNotes()
    SealedItem(*SEALED, last=written).save()
    assert notes.last_checkpoint() is None
    assert "CheckpointsRolledBack" in capfd.readouterr().out
    last = Last(NOON, "aa")
    notes.keep_last_checkpoint(last)
    assert notes.last_checkpoint() == last


@pytest.mark.usefixtures("table")
def test_a_note_costs_one_unit_and_a_batch_of_them_one_call() -> None:
    """Docs/evidence.md and docs/deploy.md state it."""
    leaves = [ChainLeaf("case#C-7K3M9-QX2HT-7", number, "ab" * 32) for number in range(10)]
    with counted() as tally:
        DynamoCheckpointNotes().note(NOON, leaves)
    assert [(call.operation, call.units) for call in tally.calls] == [("BatchWriteItem", 10)]
