"""Whatever is asked in whatever order, on the real engine: what is stored is what the facts tell."""

import uuid
from datetime import UTC, datetime
from typing import Any

import msgspec
import pytest
from hypothesis import settings
from hypothesis.stateful import invariant

from complaints.adapters.dynamodb.case_items import card_of, to_head
from complaints.adapters.dynamodb.key_schema import due_shard, head_key, sortable
from complaints.adapters.dynamodb.models import DUE_SHARDS, Head, Item
from complaints.adapters.dynamodb.reads import get_all
from complaints.adapters.dynamodb.table import create_table
from complaints.adapters.stores.cases.case_store import DynamoCases
from complaints.case.clock import Clock
from complaints.case.complaint import Complaint
from complaints.context.case import CaseWrite
from complaints.handling.service import Casework
from complaints.promise_packs.schema import ExternalBody
from complaints.reporting.list_rows import Row
from complaints.values.field_types import Stage
from tests.builders import Story
from tests.complaints.handling.test_any_sequence import AnySequence, if_written
from tests.fakes import CountingSalt, FakeCases, FixedKeys

pytestmark = pytest.mark.usefixtures("engine_endpoint")


@pytest.fixture(scope="module", autouse=True)
def _by_botocore() -> None:
    """Not here: these thousands of calls look for what is stored, others for how it is asked for."""


class StoredCases(FakeCases):
    """Writes to the engine what it keeps in memory: the fake is what the store is compared with."""

    def write(self, writing: CaseWrite, also: CaseWrite | None = None) -> None:
        DynamoCases().write(writing, also)
        super().write(writing, also)


class AnySequenceStored(AnySequence):
    """Each sequence has a table of its own."""

    def begin(self, body: ExternalBody | None) -> Story:
        create_table(f"test-{uuid.uuid4().hex}")
        story = super().begin(body)
        story.cases = StoredCases()
        story.casework = Casework(story.cases, FixedKeys(), CountingSalt())
        return story

    @invariant()
    def the_stored_head_is_the_one_that_the_facts_tell(self) -> None:
        """What the facts tell is the state of the story: that is an invariant of every sequence."""
        [stored] = get_all([head_key(self.story.reference)])
        data_key = self.story.case.data_key
        assert read(stored, data_key) == read(to_head(self.story.case), data_key)

    @if_written
    @invariant()
    def the_store_holds_the_entries(self) -> None:
        assert list(DynamoCases().entries(self.story.reference)) == self._entries()

    @if_written
    @invariant()
    def the_case_stands_in_one_queue_with_a_row_that_is_true(self) -> None:
        complaint, [item] = self.story.build(), Head.queue.scan()
        row = msgspec.json.decode(item.row, type=Row)
        assert item.queue_pk == f"{complaint.site}#{queue_of(complaint)}"
        assert (row.stage, row.has_news, item.assignee) == (
            complaint.stage,
            complaint.has_news,
            complaint.assignee,
        )
        due = min((clock.due for clock in owed(complaint)), default=None)
        assert row.due == (sortable(due) if due else None)

    @if_written
    @invariant()
    def the_schedule_finds_it_when_it_has_something_to_do(self) -> None:
        complaint = self.story.build()
        found = [item.due_sk for item in Item.due.scan() if item.sk == "head" and item.due_pk in SHARDS]
        due = complaint.next_at
        assert found == ([f"{sortable(due)}{urgency_of(complaint)}{complaint.reference}"] if due else [])


def queue_of(complaint: Complaint) -> str:
    """Where staff look for it: an ended case is back in work when a promise of it is missed."""
    waiting = {Stage.AWAITING_COMPLAINANT: "awaiting", Stage.RESPONDED: "responded"}
    is_missed = any(clock.missed for clock in owed(complaint))
    if complaint.stage in (Stage.CLOSED, Stage.WITHDRAWN) and not is_missed:
        return f"closed#{complaint.ended_at:%Y-%m}"
    return waiting.get(complaint.stage, "open")


def urgency_of(complaint: Complaint) -> str:
    """People who need care and dangers are seen to first, then deadlines that have come, then the rest."""
    if complaint.comes_first:
        return "!"
    ends = [each.due for each in complaint.clocks if each.stopped_at is None]
    return '"' if complaint.next_at and min(ends, default=NEVER) <= complaint.next_at else "#"


NEVER = datetime.max.replace(tzinfo=UTC)
SHARDS = tuple(map(due_shard, range(DUE_SHARDS)))
"""Where the schedule looks; an ended case may stand elsewhere in the index, to be erased one day."""
OWED = ("acknowledge", "assess", "immediate_action", "progress", "respond", "remedy")
"""The purposes of the organisation's own clocks, those of surveys left out."""


def owed(complaint: Complaint) -> list[Clock]:
    """The clocks that run and are the organisation's own."""
    running = [each for each in complaint.clocks if not (each.stopped_at or each.paused_at)]
    return [each for each in running if each.purpose in OWED]


def read(head: Item, data_key: bytes | None) -> dict[str, Any]:
    """The attributes of a head; JSON that they hold is read, for the order of its names says nothing."""
    assert isinstance(head, Head)
    return {
        name: msgspec.json.decode(value["S"]) if name in ("state", "row", "opening") else value
        for name, value in head.serialize().items()
    } | {"card": card_of(head, data_key)}


class ManySequencesStored(AnySequenceStored):
    """The same, longer and never twice the same."""


TestAnySequenceStored = AnySequenceStored.TestCase
TestAnySequenceStored.settings = settings(
    max_examples=50, stateful_step_count=40, deadline=None, derandomize=True, database=None
)
TestManySequencesStored = pytest.mark.soak(ManySequencesStored.TestCase)
TestManySequencesStored.settings = settings(
    max_examples=1000, stateful_step_count=60, deadline=None, derandomize=False, database=None
)
