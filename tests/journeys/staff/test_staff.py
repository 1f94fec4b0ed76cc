"""Who works here: what somebody may do, and what the organisation's own list says of the person."""

import pytest

from tests.journeys.steps import Staff, complain
from tests.local_run import LocalRun


def test_i_am_told_who_i_am_and_in_which_roles(local_run: LocalRun) -> None:
    me = Staff(local_run, "Robin", "reviewer").call("GET", "/me").json
    assert (me["id"], me["name"], me["roles"]) == ("Robin", "Robin", ["reviewer"])
    assert set(me["sites"]) == {"demo", "demo-tr", "demo-gb", "demo-au"}


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
