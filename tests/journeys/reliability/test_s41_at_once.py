"""S41: the complainant writes while staff decide, extend or close. Both are kept, and staff are shown it."""

import uuid
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest

from tests.http import Answer
from tests.journeys.steps import Complaint, Staff, complain
from tests.local_run import LocalRun

ROUNDS = 5
DECISION = {"outcome": "upheld", "reasons": "You are right.", "remedies": []}


@pytest.fixture
def deniz(local_run: LocalRun) -> Staff:
    return Staff(local_run, role="reviewer")


def until_taken(staff: Staff, complaint: Complaint, verb: str, body: dict[str, Any]) -> list[Answer]:
    """Asks for a command, and once more on the new state when somebody else was first."""
    tries = [staff.tries(complaint, verb, body)]
    while tries[-1].status == 412:
        tries.append(staff.tries(complaint, verb, body))
    return tries


def at_once(staff: Staff, complaint: Complaint, verb: str, body: dict[str, Any]) -> list[Answer]:
    """The command and a message of the complainant at the same time; all the answers."""
    with ThreadPoolExecutor(2) as both:
        asked = both.submit(until_taken, staff, complaint, verb, body)
        key = str(uuid.uuid4())
        message = {"text": "One more thing."}
        wrote = both.submit(complaint.call, "POST", "/messages", message, Idempotency_Key=key)
        return [wrote.result(), *asked.result()]


@pytest.mark.parametrize(
    ("verb", "body"),
    [
        ("decide", DECISION),
        ("extend", {"clock": "respond", "reason": "The courier is slow."}),
        ("escalate", {"to": 2, "reason": "She asks for it."}),
        ("close", {"reason": "accepted"}),
    ],
)
def test_s41_a_message_and_a_command_at_once_are_both_kept(
    deniz: Staff, verb: str, body: dict[str, Any]
) -> None:
    for _ in range(ROUNDS):
        complaint = complain(deniz.run)
        deniz.decides(complaint)
        if verb == "close":
            deniz.does(complaint, "respond")
        complaint.view()
        answers = at_once(deniz, complaint, verb, body)
        assert (answers[0].status, answers[-1].status) == (202, 200), [answer.text for answer in answers]
        assert {answer.status for answer in answers} <= {200, 202, 412}
        texts = [message["text"] for message in complaint.view()["messages"]]
        assert texts.count("One more thing.") == 1
        verbs = [fact["fact"] for fact in deniz.case(complaint)["facts"]]
        kinds = {"decide": "DecisionProposed", "extend": "ExtensionRequested", "escalate": "Escalated"}
        assert kinds.get(verb, "Closed") in verbs


def test_s41_who_decides_is_shown_that_something_came_in(deniz: Staff) -> None:
    complaint = complain(deniz.run)
    deniz.decides(complaint)
    seen = deniz.case(complaint)["version"]
    complaint.say("messages", {"text": "Wait, there is more."})
    late = deniz.tries(complaint, "decide", DECISION, seen)
    assert (late.status, late.json["type"]) == (412, "/problems/stale")
    case = deniz.case(complaint)
    assert (case["has_news"], case["messages"][-1]["text"]) == (True, "Wait, there is more.")
