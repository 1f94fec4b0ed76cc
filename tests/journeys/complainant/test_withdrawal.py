"""The complainant takes the complaint back: everything about it stops."""

import pytest

from tests.journeys.steps import Staff, complain
from tests.local_run import LocalRun


@pytest.mark.parametrize("language", ["en", "tr"])
@pytest.mark.parametrize("body", [{}, {"reason": "It has turned up."}], ids=["without a reason", "with one"])
def test_a_complaint_is_withdrawn(local_run: LocalRun, language: str, body: dict[str, str]) -> None:
    complaint = complain(local_run, language=language)
    view = complaint.say("withdrawal", body)
    assert (view["stage"], view["next_steps"]) == ("withdrawn", [])
    case = Staff(local_run).case(complaint)
    assert (case["ended_because"], case["due"]) == ("withdrawn", None)
    assert all(clock["stopped_at"] for clock in case["clocks"])


def test_after_a_withdrawal_nothing_more_is_taken(local_run: LocalRun) -> None:
    deniz, complaint = Staff(local_run), complain(local_run)
    complaint.say("withdrawal", {})
    for what, body in (("messages", {"text": "Wait!"}), ("withdrawal", {}), ("answer", {"accepts": True})):
        refused = complaint.call("POST", f"/{what}", body)
        assert (refused.status, refused.json["allowed_commands"]) == (409, [])
    assert deniz.tries(complaint, "message", {"text": "Too late"}).status == 409
    assert set(deniz.case(complaint)["allowed_commands"]) == {
        "act",
        "add_complainant",
        "adjust",
        "change_link",
        "classify",
        "correct_contact",
        "correct_details",
        "link",
        "name_respondent",
        "note",
        "represent",
    }


def test_a_question_in_the_air_ends_with_it(local_run: LocalRun) -> None:
    deniz, complaint = Staff(local_run), complain(local_run)
    deniz.does(complaint, "ask", {"text": "Which one?"})
    assert complaint.say("withdrawal", {})["stage"] == "withdrawn"
    assert [promise for promise in complaint.view()["promises"] if "paused_since" in promise] == []
    assert complaint.reference in {item["reference"] for item in deniz.queue("closed")}
