"""Who works here: what somebody may do, and what the organisation's own list says of the person."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from msgspec.structs import replace

from complaints.world.members import DynamoMembers
from infrastructure.local import engine
from infrastructure.local.assembly import TABLE
from tests.journeys.steps import Staff, complain
from tests.local_run import LocalRun, running
from tests.storeroom import looking_into


@pytest.fixture
def staffed(tmp_path: Path) -> Iterator[tuple[LocalRun, DynamoMembers]]:
    """A run, and the members that it knows."""
    with (
        engine.running() as endpoint,
        looking_into(endpoint, TABLE),
        running(tmp_path / "data", environment={"DYNAMODB_ENDPOINT": endpoint}) as run,
    ):
        yield run, DynamoMembers()


def test_i_am_told_who_i_am_and_in_which_roles(local_run: LocalRun) -> None:
    me = Staff(local_run, "Robin", "reviewer").call("GET", "/me").json
    assert (me["id"], me["name"], me["roles"]) == ("Robin", "Robin", ["reviewer"])
    assert set(me["sites"]) == {"demo", "demo-tr", "demo-gb"}


def test_members_are_those_of_the_sites_that_i_serve(local_run: LocalRun) -> None:
    deniz = Staff(local_run)
    assert {"Deniz", "Robin", "Kim", "Sam"} <= {
        each["id"] for each in deniz.call("GET", "/members").json["items"]
    }
    assert deniz.call("GET", "/members?site=elsewhere").json == {"items": [], "next": None}


def test_a_case_is_given_only_to_a_member(local_run: LocalRun) -> None:
    complaint = complain(local_run)
    refused = Staff(local_run).tries(complaint, "assign", {"to": "Nobody at all"})
    assert (refused.status, refused.json["errors"][0]["pointer"]) == (422, "/to")


@pytest.mark.parametrize(
    "claims", [{"sub": "Stranger"}, {"roles": []}, {"roles": ["king"]}, {"roles": "agent"}]
)
def test_who_is_no_member_or_has_no_role_gets_no_further(
    local_run: LocalRun, claims: dict[str, object]
) -> None:
    token = {"Authorization": f"Bearer {Staff(local_run).token(**claims)}"}
    for path in ("/me", "/members", "/complaints", f"/complaints/{complain(local_run).reference}"):
        assert local_run.call("GET", f"/v1/desk{path}", **token).status == 403


@pytest.mark.parametrize("role", ["auditor", "quality", "admin"])
def test_a_role_without_case_work_changes_nothing(local_run: LocalRun, role: str) -> None:
    complaint = complain(local_run)
    version = Staff(local_run).case(complaint)["version"]
    for verb, body in (("assign", {"to": "Sam"}), ("message", {"text": "x"}), ("reopen", {"reason": "x"})):
        assert Staff(local_run, "Sam", role).tries(complaint, verb, body, version).status == 403
    assert Staff(local_run).case(complaint)["version"] == version


def test_a_member_who_is_switched_off_is_refused_at_once(staffed: tuple[LocalRun, DynamoMembers]) -> None:
    run, members = staffed
    deniz, complaint = Staff(run), complain(run)
    found = members.find("Deniz")
    assert found is not None
    members.save(replace(found, active=False))
    for path in ("/me", "/members", "/complaints", f"/complaints/{complaint.reference}"):
        assert deniz.call("GET", path).status == 403
    assert deniz.tries(complaint, "note", {"text": "x"}, version=1).status == 403
    refused = Staff(run, "Robin").tries(complaint, "assign", {"to": "Deniz"})
    assert (refused.status, refused.json["errors"][0]["pointer"]) == (422, "/to")


def test_the_members_own_roles_cap_the_token_s(staffed: tuple[LocalRun, DynamoMembers]) -> None:
    run, members = staffed
    found = members.find("Robin")
    assert found is not None
    members.save(replace(found, roles=found.roles[:1]))
    assert Staff(run, "Robin", "agent").call("GET", "/me").json["roles"] == ["agent"]
    assert Staff(run, "Robin", "reviewer").call("GET", "/me").status == 403


def test_s14_another_site_s_case_is_as_if_there_were_none(staffed: tuple[LocalRun, DynamoMembers]) -> None:
    run, members = staffed
    found = members.find("Kim")
    assert found is not None
    members.save(replace(found, sites=("demo-gb",)))
    complaint, kim = complain(run), Staff(run, "Kim")
    nothing = kim.call("GET", "/complaints/C-ZZZZZ-ZZZZZ-A")
    assert nothing.status == 404
    assert kim.call("GET", f"/complaints/{complaint.reference}").body == nothing.body
    assert kim.tries(complaint, "note", {"text": "x"}, version=1).status == 404
    assert kim.queue("open") == []
    assert kim.queue("open", site="demo") == []
