"""Who works here: added, changed and deactivated by an administrator; what is changed holds at once."""

import pytest

from tests.journeys.settings.administration import Office, pointers
from tests.journeys.steps import Complaint, Staff, complain, facts_in
from tests.local_run import LocalRun

AT_ONCE = 20
"""How many cases are handed over before the administrator is answered."""


@pytest.fixture
def administration(local_run: LocalRun) -> Office:
    return Office(local_run)


def owner(complaint: Complaint) -> str | None:
    found: str | None = Staff(complaint.run, "Robin").case(complaint)["assignee"]
    return found


def given_to(run: LocalRun, name: str, **changes: object) -> Complaint:
    complaint = complain(run, **changes)
    Staff(run, "Robin").does(complaint, "assign", {"to": name})
    return complaint


def unassigned(run: LocalRun) -> set[str]:
    return {item["reference"] for item in Staff(run, "Robin").queue("unassigned")}


def test_somebody_new_can_work_at_once(administration: Office) -> None:
    ayse = administration.adds("agent")
    assert ayse.call("GET", "/me").json["name"] == "Ayşe"
    assert ayse.name in {each["id"] for each in ayse.call("GET", "/members").json["items"]}


@pytest.mark.iso10002("4 competence: roles")
def test_changed_roles_hold_with_the_next_call(administration: Office) -> None:
    ayse = administration.adds("agent", "reviewer")
    complaint = complain(administration.run)
    ayse.does(complaint, "note", {"text": "Mine."})
    administration.does("member", ayse.name, {"roles": ["reviewer"]})
    assert ayse.tries(complaint, "note", {"text": "Still mine?"}, version=2).status == 403
    assert Staff(administration.run, ayse.name, "reviewer").call("GET", "/me").json["roles"] == ["reviewer"]


@pytest.mark.iso10002("4 accountability: owner")
def test_a_deleted_agent_leaves_no_case_unseen(administration: Office) -> None:
    """Abuse case 16: many cases, more than fit into one answer."""
    leaver = administration.adds("agent")
    complaints = {given_to(administration.run, leaver.name).reference: None for _ in range(AT_ONCE + 2)}
    answer = administration.does("member", leaver.name, {}, verb="deactivate")
    assert len(answer["handed_over"]) == AT_ONCE
    assert set(answer["handed_over"]) <= unassigned(administration.run)
    administration.run.call("POST", "/_local/clock", {"advance": "PT1M"})
    assert set(complaints) <= unassigned(administration.run)
    administration.run.call("POST", "/_local/clock", {"advance": "PT5M"})
    after = administration.setting("member", leaver.name)
    assert (after["unfinished"], after["history"][-1]["fact"]) == (False, "CasesHandedOver")


def test_s16_a_token_of_somebody_who_left_opens_nothing(administration: Office) -> None:
    leaver = administration.adds("agent")
    complaint = given_to(administration.run, leaver.name)
    administration.does("member", leaver.name, {}, verb="deactivate")
    for path in ("/me", "/members", "/complaints", f"/complaints/{complaint.reference}"):
        assert leaver.call("GET", path).status == 403
    assert leaver.tries(complaint, "note", {"text": "x"}, version=3).status == 403
    audit = Staff(administration.run).call("GET", f"/complaints/{complaint.reference}/audit").json
    taken = [(fact["was"], fact["by"]["kind"]) for fact in facts_in(audit) if fact["fact"] == "Unassigned"]
    assert (audit["verifies"], taken) == (True, [(leaver.name, "machine")])


def test_the_version_that_a_colleague_looked_at_is_still_good(administration: Office) -> None:
    """A machine's entry makes nobody's `If-Match` stale."""
    leaver = administration.adds("agent")
    complaint = given_to(administration.run, leaver.name)
    version = Staff(administration.run).case(complaint)["version"]
    administration.does("member", leaver.name, {}, verb="deactivate")
    assert Staff(administration.run).tries(complaint, "note", {"text": "x"}, version).status == 200


def test_cases_at_a_site_that_is_taken_away_are_left_and_others_kept(administration: Office) -> None:
    agent = administration.adds("agent")
    here = given_to(administration.run, agent.name)
    there = given_to(administration.run, agent.name, site="demo-gb")
    administration.does("member", agent.name, {"sites": ["demo-gb"]})
    assert (owner(here), owner(there)) == (None, agent.name)


def test_whoever_loses_case_work_loses_the_cases(administration: Office) -> None:
    agent = administration.adds("agent", "auditor")
    complaint = given_to(administration.run, agent.name)
    administration.does("member", agent.name, {"roles": ["auditor"]})
    assert owner(complaint) is None


def test_whoever_comes_back_works_again(administration: Office) -> None:
    agent = administration.adds("agent")
    administration.does("member", agent.name, {}, verb="deactivate")
    again = administration.tries("member", agent.name, {}, verb="deactivate")
    assert (again.status, again.json["rule"], again.json["allowed_commands"]) == (
        409,
        "already-so",
        ["change", "activate"],
    )
    administration.does("member", agent.name, {}, verb="activate")
    assert agent.call("GET", "/me").status == 200


@pytest.mark.parametrize(
    ("change", "pointer"),
    [
        ({"sites": ["elsewhere"]}, "/sites"),
        ({"email": "nobody"}, "/email"),
        ({"roles": ["king"]}, "/roles"),
        ({"name": ""}, "/name"),
    ],
)
def test_what_cannot_be_is_refused(administration: Office, change: dict[str, object], pointer: str) -> None:
    somebody = administration.adds("agent")
    assert pointers(administration.tries("member", somebody.name, change)) == [pointer]


def test_nobody_takes_administration_from_themselves(administration: Office) -> None:
    assert pointers(administration.tries("member", "Sam", {}, verb="deactivate")) == [""]
    assert pointers(administration.tries("member", "Sam", {"roles": ["agent"]})) == ["/roles"]


def test_s15_nobody_gets_a_second_name_by_another_spelling(administration: Office) -> None:
    for spelling in ("sam", "SAM", "Ｓａｍ"):
        new = {"name": "Sam", "roles": ["reviewer"], "sites": ["demo"]}
        assert pointers(administration.tries("member", spelling, new, If_Match='"0"')) == ["/id"]
