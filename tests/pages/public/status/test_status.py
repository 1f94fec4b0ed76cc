"""Where a complaint stands, in the words and steps of the person who complained."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from complaints.calendars.durations import Duration, Roll
from complaints.case.clock import Clock
from complaints.case.complaint import Complaint
from complaints.case.outcome.decision import Decision
from complaints.due_dates.timeline import clock_timeline
from complaints.values.field_types import Feedback, Outcome, Stage
from functions.public.own_case.own_status import (
    MovedDate,
    PromiseExplanation,
    StatusSentence,
    explained_promise,
    promises,
    quiet_since,
    status_sentence,
    steps,
)
from tests.complaints.working_time import working_calendar

RECEIVED = datetime(2026, 3, 4, 9, tzinfo=UTC)
DUE = datetime(2026, 4, 3, 15, tzinfo=UTC)
LATER = datetime(2026, 5, 4, 15, tzinfo=UTC)
A_DAY = timedelta(days=1)
CALENDAR, SATURDAY = working_calendar("UTC"), date(2026, 4, 4)


def clock(**changed: Any) -> Clock:
    usual: dict[str, Any] = {
        "id": "respond",
        "purpose": "respond",
        "pack": "p",
        "pack_version": 1,
        "calendar_version": "1",
        "stops_on": "responded",
        "length": Duration(30, "calendar_days", "next_day"),
        "started_at": RECEIVED,
        "due": DUE,
    }
    return Clock(**usual | changed)


def complaint(stage: Stage = Stage.ACKNOWLEDGED, **changed: Any) -> Complaint:
    usual: dict[str, Any] = {"received_at": RECEIVED, "acknowledged_at": RECEIVED, "clocks": (clock(),)}
    return Complaint(reference="C-7K3M9-QX2HT-7", stage=stage, **usual | changed)


def why(*clocks: Clock, **changed: Any) -> list[PromiseExplanation]:
    return explained_promise(complaint(clocks=clocks, **changed), lambda clock: CALENDAR)


def states(told: Complaint) -> dict[str, str]:
    return {step.name: step.state for step in steps(told)}


def test_a_complaint_in_work_names_the_moment_of_the_answer() -> None:
    assert status_sentence(complaint(), RECEIVED) == StatusSentence("due", DUE)


def test_a_complaint_in_work_names_the_nearest_moment_at_which_the_person_hears_from_us() -> None:
    progress = clock(id="progress", purpose="progress", due=DUE - A_DAY)
    late = DUE - A_DAY + timedelta(seconds=1)
    told = complaint(clocks=(clock(), progress))
    assert status_sentence(told, RECEIVED) == StatusSentence("due", DUE - A_DAY)
    assert status_sentence(told, late) == StatusSentence("missed", DUE - A_DAY, next=DUE)
    assert [each.clock for each in promises(told)] == ["progress", "respond"]


@pytest.mark.iso10002("4 responsiveness: status")
def test_a_missed_promise_is_said() -> None:
    assert status_sentence(complaint(), DUE + timedelta(seconds=1)) == StatusSentence("missed", DUE)


def test_a_complaint_without_a_running_promise_is_still_in_work() -> None:
    assert status_sentence(complaint(clocks=()), RECEIVED) == StatusSentence("working")


@pytest.mark.parametrize(
    "stage", [Stage.AWAITING_COMPLAINANT, Stage.RESPONDED, Stage.CLOSED, Stage.WITHDRAWN]
)
def test_another_stage_speaks_for_itself(stage: Stage) -> None:
    assert status_sentence(complaint(stage), RECEIVED) == StatusSentence(stage)


@pytest.mark.iso10002("7.3 tracking: steps")
def test_the_present_step_is_now_and_those_before_are_done() -> None:
    example = complaint(Stage.RESPONDED, assessed_at=RECEIVED, responded_at=DUE)
    assert states(example) == {
        "received": "done",
        "acknowledged": "done",
        "assessed": "done",
        "investigating": "done",
        "responded": "now",
        "closed": "later",
    }


def test_an_event_is_done_when_it_has_happened_and_what_lasts_is_not() -> None:
    acknowledged = next(step for step in steps(complaint()) if step.state == "now")
    assert (acknowledged.name, acknowledged.is_event) == ("acknowledged", True)
    looked_into = next(step for step in steps(complaint(Stage.INVESTIGATING)) if step.state == "now")
    assert (looked_into.name, looked_into.is_event) == ("investigating", False)


def test_a_question_keeps_the_step_at_which_it_was_asked() -> None:
    example = complaint(
        Stage.AWAITING_COMPLAINANT, stage_before_question=Stage.ASSESSED, assessed_at=RECEIVED
    )
    assert states(example)["assessed"] == "now"


def test_a_withdrawn_complaint_has_done_no_more_than_it_has() -> None:
    found = states(complaint(Stage.WITHDRAWN, ended_at=DUE))
    assert found == {"received": "done", "acknowledged": "done", "closed": "now"}


def test_a_promise_that_is_asked_for_no_more_is_left_out() -> None:
    ended = complaint(Stage.WITHDRAWN, clocks=(clock(stopped_at=RECEIVED, in_time=None),))
    example = complaint(Stage.CLOSED, clocks=(clock(stopped_at=RECEIVED, in_time=True),))
    assert promises(ended) == []
    assert [told.in_time for told in promises(example)] == [True]


def decided(at: datetime) -> Decision:
    return Decision(outcome=Outcome.UPHELD, entry=4, at=at, decided_by="ada", issued=True, told_at=at)


def test_a_decision_names_the_end_of_the_time_to_answer() -> None:
    window = clock(id="answer_window", purpose="complainant_answer", due=LATER)
    assert status_sentence(complaint(Stage.RESPONDED, clocks=(window,)), DUE) == StatusSentence(
        "answer_by", LATER
    )


@pytest.mark.parametrize("reason", ["accepted", "no_answer", "refused", "external_decided"])
def test_an_ending_says_why(reason: str) -> None:
    assert status_sentence(complaint(Stage.CLOSED, ended_because=reason), DUE) == StatusSentence(reason)


def test_an_ending_that_blames_says_no_more_than_that_it_is_closed() -> None:
    assert status_sentence(complaint(Stage.CLOSED, ended_because="abusive"), DUE) == StatusSentence(
        Stage.CLOSED
    )


def test_feedback_stands_nowhere_in_particular() -> None:
    praise = complaint(Stage.RECEIVED, feedback=Feedback.PRAISE, clocks=())
    assert status_sentence(praise, DUE) == StatusSentence("feedback")
    handled = complaint(Stage.CLOSED, feedback=Feedback.PRAISE, ended_because="handled", ended_at=DUE)
    assert status_sentence(handled, DUE) == StatusSentence("handled")
    assert list(states(praise)) == ["received", "closed"]


def test_a_review_is_the_present_step_until_it_is_answered() -> None:
    first = {"assessed_at": RECEIVED, "responded_at": DUE, "reviewed_at": DUE, "level": 2}
    reviewed = complaint(Stage.ASSESSED, told=decided(DUE), **first)
    assert status_sentence(reviewed, RECEIVED).after == "review"
    assert states(reviewed)["review"] == "now"
    assert states(reviewed)["reviewed"] == "later"
    answered = complaint(Stage.RESPONDED, decision=decided(LATER), **first)
    assert (states(answered)["review"], states(answered)["reviewed"]) == ("done", "now")


def test_what_went_to_review_unanswered_has_one_answer_only() -> None:
    early = complaint(Stage.ASSESSED, assessed_at=RECEIVED, reviewed_at=DUE, level=2)
    assert "responded" not in states(early)
    answered = complaint(
        Stage.RESPONDED, decision=decided(LATER), responded_at=LATER, reviewed_at=DUE, level=2
    )
    assert list(states(answered)) == ["received", "acknowledged", "assessed", "review", "reviewed", "closed"]


def test_a_second_look_is_a_step_until_it_is_answered() -> None:
    again = complaint(Stage.ASSESSED, decision=decided(DUE), responded_at=DUE, reopened_at=LATER)
    assert status_sentence(again, DUE).after == "reopened"
    assert states(again)["reopened"] == "now"
    answered = complaint(
        Stage.RESPONDED, decision=decided(LATER + A_DAY), responded_at=DUE, reopened_at=LATER
    )
    assert "reopened" not in states(answered)


def test_a_late_answer_is_no_second_look() -> None:
    late = complaint(Stage.ASSESSED, told=decided(DUE), reopened_at=LATER, reviewed_at=LATER, level=2)
    assert status_sentence(late, DUE).after == "review"
    accepted = complaint(Stage.CLOSED, decision=decided(DUE), reopened_at=LATER, ended_at=LATER)
    assert "reopened" not in states(accepted)


@pytest.mark.iso10002("4 responsiveness: status")
def test_every_promise_of_a_complaint_is_shown_in_its_order() -> None:
    first = clock(stopped_at=DUE, in_time=False, missed=True)
    second = clock(run=2, started_at=DUE, due=LATER)
    remedy = clock(id="remedy", purpose="remedy", started_at=LATER, due=LATER)
    promised = promises(complaint(Stage.CLOSED, clocks=(remedy, second, first)))
    assert [(each.clock, each.in_time) for each in promised] == [
        ("respond", False),
        ("respond", None),
        ("remedy", None),
    ]


def test_a_missed_promise_names_when_the_person_hears_from_us_next() -> None:
    """Only a moment that is promised, and still ahead."""
    progress = clock(id="progress", purpose="progress", due=LATER)
    late = complaint(clocks=(clock(), progress))
    assert status_sentence(late, DUE + A_DAY) == StatusSentence("missed", DUE, next=LATER)
    assert status_sentence(late, LATER + A_DAY) == StatusSentence("missed", DUE)


def test_each_promise_says_from_when_it_is_counted_and_how_long_the_time_stood_still() -> None:
    pauses = ((RECEIVED, RECEIVED + 2 * A_DAY), (RECEIVED + 3 * A_DAY, RECEIVED + 3.2 * A_DAY))
    example = complaint(clocks=(clock(pauses=pauses), clock(id="other", purpose="assess")))
    assert explained_promise(example, lambda clock: CALENDAR) == [PromiseExplanation(RECEIVED, 2)]
    assert len(promises(example)) == 1


@pytest.mark.parametrize(
    ("days", "roll", "moved"),
    [
        (31, "none", None),
        (31, "preceding", MovedDate("back", SATURDAY)),
        (31, "following", MovedDate("forward", SATURDAY)),
        (30, "preceding", None),
    ],
)
def test_a_promise_whose_last_day_is_a_day_off_says_so(
    days: int, roll: Roll, moved: MovedDate | None
) -> None:
    length = Duration(days, "calendar_days", "next_day", roll)
    due = clock_timeline(CALENDAR, RECEIVED, length).due
    assert [each.moved for each in why(clock(length=length, due=due))] == [moved]
    # The calendar has changed since it was promised.
    assert [each.moved for each in why(clock(length=length, due=due + 7 * A_DAY))] == [None]


def test_the_promise_of_a_review_is_told_from_that_of_the_first_response() -> None:
    again = clock(run=2, started_at=DUE, due=LATER)
    found = why(clock(stopped_at=DUE, in_time=True), again, level=2, reviewed_at=DUE)
    assert [each.is_review for each in found] == [False, True]


def test_it_is_quiet_a_day_after_the_last_that_the_person_saw() -> None:
    wrote = RECEIVED + 5 * A_DAY
    example = complaint()
    assert quiet_since(example, (), RECEIVED + 0.9 * A_DAY) is None
    assert quiet_since(example, (), RECEIVED + A_DAY) == RECEIVED
    assert quiet_since(example, (wrote.isoformat(),), wrote + A_DAY) == wrote


@pytest.mark.parametrize("stage", [Stage.AWAITING_COMPLAINANT, Stage.RESPONDED, Stage.CLOSED])
def test_it_is_not_quiet_where_something_is_asked_or_over(stage: Stage) -> None:
    assert quiet_since(complaint(stage), (), LATER) is None
