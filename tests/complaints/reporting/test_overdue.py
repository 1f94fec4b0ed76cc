"""What is overdue: one rule, by which a queue, the workload and the page of a case say the same."""

from datetime import datetime, timedelta
from typing import Any

import msgspec
import pytest

from complaints.adapters.dynamodb.case_items import to_head
from complaints.case.complaint import Complaint
from complaints.reporting.list_rows import Row
from tests.builders import MONDAY, Story, a_complaint
from tests.complaints.clocks.test_progress import DUE, clock
from tests.complaints.clocks.test_promises_by_law import BRITISH

A_SECOND = timedelta(seconds=1)
LATER = DUE + A_SECOND


@pytest.mark.parametrize(
    ("changed", "now", "is_overdue"),
    [
        ({}, DUE + A_SECOND / 2, False),
        ({}, LATER, True),
        ({"missed": True}, LATER, True),
        ({"paused_at": MONDAY}, LATER, False),
        ({"stopped_at": LATER, "in_time": False, "missed": True}, LATER, False),
        ({"purpose": "early_resolution"}, LATER, False),
        ({"purpose": "early_resolution", "missed": True}, LATER, False),
        ({"purpose": "complainant_answer"}, LATER, False),
        ({"purpose": "complainant_right"}, LATER, False),
        ({"purpose": "survey"}, LATER, False),
    ],
)
def test_overdue_is_what_the_organisation_owes_beyond_its_second(
    changed: dict[str, Any], now: datetime, is_overdue: bool
) -> None:
    assert clock(**changed).is_overdue(now) is is_overdue


def test_a_queue_says_overdue_when_a_clock_of_the_case_is() -> None:
    """A British bank aims at three days and owes eight weeks: between the two nobody is late."""
    story = a_complaint(**BRITISH).received().acknowledged()
    aim = story.build().clock("uk-fca-disp/summary_resolution/1").due
    owed = story.build().clock("iso10002-default/respond/1").due
    moments = {aim: False, aim + A_SECOND: False, owed: False, owed + A_SECOND: True}
    for now, is_overdue in moments.items():
        before, after = row_of(story).is_overdue(now), said_by_clocks(story.build(), now)
        story.ticked(now)
        assert (before, after) == (is_overdue, is_overdue)
        assert (row_of(story).is_overdue(now), said_by_clocks(story.build(), now)) == (is_overdue,) * 2


def said_by_clocks(complaint: Complaint, now: datetime) -> bool:
    """Whether the page of the case calls one of its clocks overdue."""
    return any(clock.is_overdue(now) for clock in complaint.clocks)


def row_of(story: Story) -> Row:
    """The case as a queue lists it."""
    return msgspec.json.decode(to_head(story.case).row, type=Row)
