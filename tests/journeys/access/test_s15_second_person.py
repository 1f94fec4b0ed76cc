"""Abuse cases 15 and 17: nobody is their own second person, whatever changes; cases go to colleagues only."""

import pytest

from tests.journeys.settings.administration import EVERYWHERE, Office, pointers
from tests.journeys.steps import Complaint, Staff, complain
from tests.local_run import LocalRun

REFUND = {"kind": "refund", "amount": "5000", "currency": "EUR"}
"""More than the site lets one person decide alone."""


@pytest.fixture
def administration(local_run: LocalRun) -> Office:
    return Office(local_run)


@pytest.fixture
def complaint(local_run: LocalRun) -> Complaint:
    return complain(local_run)


def test_s15_a_change_of_role_or_name_makes_nobody_a_second_person(
    administration: Office, complaint: Complaint
) -> None:
    decider = administration.adds("agent")
    decider.decides(complaint, REFUND)
    administration.does("member", decider.name, {"roles": ["reviewer"], "name": "Somebody Else"})
    promoted = Staff(administration.run, decider.name, "reviewer")
    refused = promoted.tries(complaint, "approve")
    assert (refused.status, refused.json["rule"]) == (409, "second-person")
    assert "approve" not in promoted.case(complaint)["allowed_commands"]


@pytest.mark.parametrize("spelling", ["{0:>20}", "{0}\t", "{1}"])
def test_s15_another_spelling_of_the_sub_is_nobody(
    administration: Office, complaint: Complaint, spelling: str
) -> None:
    decider = administration.adds("agent", "reviewer")
    decider.decides(complaint, REFUND)
    respelt = spelling.format(decider.name, decider.name.upper())
    token = decider.token(sub=respelt, roles=["reviewer"])
    path = f"/v1/desk/complaints/{complaint.reference}/commands/approve"
    headers = {"Authorization": f"Bearer {token}", "If_Match": '"4"'}
    assert administration.run.call("POST", path, {}, **headers).status in (401, 403)


def test_s15_who_touched_the_first_decision_has_no_part_in_the_review(
    administration: Office, complaint: Complaint
) -> None:
    decider, approver, reviewer = (administration.adds("reviewer", "agent") for _ in range(3))
    decider.decides(complaint, REFUND)
    approver.does(complaint, "approve")
    decider.does(complaint, "respond")
    complaint.view()
    complaint.say("answer", {"accepts": False, "reason": "It is not enough."})
    decision = {"outcome": "upheld", "reasons": "You are right."}
    for barred in (decider, approver):
        assert barred.tries(complaint, "decide", decision).status == 409
        assert pointers(reviewer.tries(complaint, "assign", {"to": barred.name})) == ["/to"]
    assert reviewer.tries(complaint, "decide", decision).status == 200


def test_s17_a_case_is_given_to_nobody_who_cannot_look_after_it(
    administration: Office, complaint: Complaint
) -> None:
    departed, foreign, reads = (
        administration.adds("agent"),
        administration.adds("agent", sites=("demo-gb",)),
        administration.adds("auditor"),
    )
    administration.does("member", departed.name, {}, verb="deactivate")
    deniz = Staff(administration.run)
    for name in ("nobody", departed.name, foreign.name, reads.name):
        assert pointers(deniz.tries(complaint, "assign", {"to": name})) == ["/to"]
    assert deniz.case(complaint)["assignee"] is None


@pytest.mark.parametrize("has_moved", [False, True])
@pytest.mark.iso10002("7.7 response: second")
def test_s15_a_second_account_of_the_same_mailbox_is_no_second_person(
    administration: Office, complaint: Complaint, has_moved: bool
) -> None:
    decider, second, other = (administration.adds("reviewer", "quality") for _ in range(3))
    known = {"name": "Ayşe", "roles": ["reviewer", "quality"], "sites": EVERYWHERE}
    mailbox, second_mailbox = f"{decider.name}@staff.example", f"{decider.name}+2@staff.example"
    administration.does("member", decider.name, known | {"email": mailbox})
    administration.does("member", second.name, known | {"email": second_mailbox})
    if has_moved:
        moved = administration.does("member", decider.name, known | {"email": f"{other.name}@staff.example"})
        assert "former_mailboxes" not in moved["record"]
    decider.decides(complaint, REFUND)
    refused = second.tries(complaint, "approve")
    assert (refused.status, refused.json["rule"]) == (409, "second-person")
    assert "approve" not in second.case(complaint)["allowed_commands"]
    training = {"topic": "law", "on": "2026-01-05", "by": "An academy", "member": decider.name}
    path = f"/records/competence/demo.{second.name[4:]}/commands/train"
    signed_in = Staff(administration.run, second.name, "quality")
    assert pointers(signed_in.call("POST", path, training, If_Match='"0"')) == ["/member"]
    assert other.tries(complaint, "approve").status == 200
