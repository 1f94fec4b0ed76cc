"""What is grave or dear takes two people: one decides, another agrees or sends back."""

from typing import Any

import pytest

from tests.journeys.steps import Staff, complain
from tests.local_run import LocalRun

WITHIN = {"kind": "refund", "amount": "500", "currency": "EUR"}
ABOVE = {"kind": "refund", "amount": "500.01", "currency": "EUR"}
FOREIGN = {"kind": "refund", "amount": "1", "currency": "USD"}


@pytest.mark.parametrize(
    ("remedy", "scales", "needed"),
    [
        (WITHIN, {}, False),
        (ABOVE, {}, True),
        (FOREIGN, {}, True),
        (WITHIN, {"severity": 3}, True),
        (WITHIN, {"safety": 3, "immediate_action": 2}, True),
    ],
    ids=["within the limit", "above the limit", "another currency", "severe", "unsafe"],
)
@pytest.mark.iso10002("7.7 response: second")
def test_a_second_person_is_asked_where_the_rule_wants_one(
    local_run: LocalRun, deniz: Staff, remedy: dict[str, Any], scales: dict[str, int], needed: bool
) -> None:
    case = deniz.decides(complain(local_run), remedy, **scales)
    assert case["decision"]["needs_approval"] is needed
    assert ("respond" in case["allowed_commands"]) is not needed


def test_who_decided_neither_tells_nor_approves_alone(local_run: LocalRun, deniz: Staff) -> None:
    complaint = complain(local_run)
    deniz.decides(complaint, ABOVE)
    for verb in ("respond", "approve"):
        refused = deniz.tries(complaint, verb)
        assert (refused.status, refused.json["rule"]) == (409, "second-person")
        assert verb not in refused.json["allowed_commands"]


def test_what_a_second_person_agreed_to_is_told(local_run: LocalRun, deniz: Staff, robin: Staff) -> None:
    complaint = complain(local_run)
    deniz.decides(complaint, ABOVE)
    assert robin.does(complaint, "approve")["decision"]["approved_by"] == "Robin"
    deniz.does(complaint, "respond")
    assert complaint.view()["stage"] == "responded"


def test_what_was_sent_back_is_decided_anew(local_run: LocalRun, deniz: Staff, robin: Staff) -> None:
    complaint = complain(local_run)
    deniz.decides(complaint, ABOVE)
    assert robin.tries(complaint, "return", {}).json["errors"][0]["pointer"] == "/reasons"
    back = robin.does(complaint, "return", {"reasons": "A replacement is enough."})
    assert (back["decision"], "respond" in back["allowed_commands"]) == (None, False)
    again = {"outcome": "upheld", "reasons": "You get a new one.", "remedies": [{"kind": "replacement"}]}
    deniz.does(complaint, "decide", again)
    deniz.does(complaint, "respond")
    assert complaint.view()["decision"]["remedies"] == [{"kind": "replacement"}]


def test_an_agent_may_not_approve(local_run: LocalRun, deniz: Staff) -> None:
    complaint = complain(local_run)
    deniz.decides(complaint, ABOVE)
    assert Staff(local_run, "Kim").tries(complaint, "approve").status == 403
