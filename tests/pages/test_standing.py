"""Where a complaint stands, in the words and steps of the person who complained."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from complaints.clock import Clock
from complaints.complaint import Complaint
from complaints.lengths import Length
from complaints.words import Stage
from functions.standing import Standing, promises, standing, steps

RECEIVED = datetime(2026, 3, 4, 9, tzinfo=UTC)
DUE = datetime(2026, 4, 3, 15, tzinfo=UTC)


def clock(**changed: Any) -> Clock:
    usual: dict[str, Any] = {
        "id": "respond",
        "purpose": "respond",
        "pack": "p",
        "pack_version": 1,
        "calendar_version": "1",
        "stops_on": "responded",
        "length": Length(30, "calendar_days", "next_day"),
        "started_at": RECEIVED,
        "due": DUE,
    }
    return Clock(**usual | changed)


def complaint(stage: Stage = Stage.ACKNOWLEDGED, **changed: Any) -> Complaint:
    usual: dict[str, Any] = {"received_at": RECEIVED, "acknowledged_at": RECEIVED, "clocks": (clock(),)}
    return Complaint(reference="C-7K3M9-QX2HT-7", stage=stage, **usual | changed)


def states(told: Complaint) -> dict[str, str]:
    return {step.name: step.state for step in steps(told)}


def test_a_complaint_in_work_names_the_moment_of_the_answer() -> None:
    assert standing(complaint(), RECEIVED) == Standing("due", DUE)


def test_a_missed_promise_is_said() -> None:
    assert standing(complaint(), DUE + timedelta(seconds=1)) == Standing("missed", DUE)


def test_a_complaint_without_a_running_promise_is_still_in_work() -> None:
    assert standing(complaint(clocks=()), RECEIVED) == Standing("working")


@pytest.mark.parametrize(
    "stage", [Stage.AWAITING_COMPLAINANT, Stage.RESPONDED, Stage.CLOSED, Stage.WITHDRAWN]
)
def test_another_stage_speaks_for_itself(stage: Stage) -> None:
    assert standing(complaint(stage), RECEIVED) == Standing(stage)


def test_the_present_step_is_now_and_those_before_are_done() -> None:
    told = complaint(Stage.RESPONDED, assessed_at=RECEIVED, responded_at=DUE)
    assert states(told) == {
        "received": "done",
        "acknowledged": "done",
        "assessed": "done",
        "investigating": "done",
        "responded": "now",
        "closed": "later",
    }


def test_a_question_keeps_the_step_at_which_it_was_asked() -> None:
    told = complaint(Stage.AWAITING_COMPLAINANT, stage_before_question=Stage.ASSESSED, assessed_at=RECEIVED)
    assert states(told)["assessed"] == "now"


def test_a_withdrawn_complaint_has_done_no_more_than_it_has() -> None:
    told = states(complaint(Stage.WITHDRAWN, ended_at=DUE))
    assert told == {"received": "done", "acknowledged": "done", "closed": "now"}


def test_a_promise_that_is_asked_for_no_more_is_left_out() -> None:
    ended = complaint(Stage.WITHDRAWN, clocks=(clock(stopped_at=RECEIVED, in_time=None),))
    kept = complaint(Stage.CLOSED, clocks=(clock(stopped_at=RECEIVED, in_time=True),))
    assert promises(ended) == []
    assert [told.in_time for told in promises(kept)] == [True]
