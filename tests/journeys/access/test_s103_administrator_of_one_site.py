"""Abuse case 103: an administrator of one site is nobody at another, alone or through the directory."""

from typing import Any

import pytest

from tests.http import Answer
from tests.journeys.settings.administration import Office, pointers
from tests.journeys.steps import Staff
from tests.local_run import LocalRun

LINES = ["Demo desk: agent @ demo"]


@pytest.fixture
def office(local_run: LocalRun) -> Office:
    """Sam, who serves every site, and says what a role of the directory gives at demo."""
    office = Office(local_run)
    office.does("directory", "scim", {"groups": LINES})
    return office


@pytest.fixture
def token(office: Office) -> str:
    made = office.staff.call("POST", "/directory/token", {"reason": "Connected."})
    assert made.status == 200, made.text
    return str(made.json["token"])


@pytest.fixture
def stranger(office: Office) -> Office:
    """Who administers demo-gb alone."""
    return Office(office.run, office.adds("admin", sites=("demo-gb",)).name)


@pytest.fixture
def shared(office: Office) -> Staff:
    """An agent of both sites."""
    return office.adds("agent", sites=("demo", "demo-gb"))


def provision(run: LocalRun, token: str, method: str, path: str, body: object = None) -> Answer:
    headers = {"Authorization": f"Bearer {token}", "Content_Type": "application/scim+json"}
    return run.call(method, f"/scim/v2{path}", body, **headers)


def is_of_another_site(answer: Answer) -> bool:
    return (answer.status, answer.json.get("type")) == (403, "/problems/not-your-site")


def test_s103_they_take_no_token_and_change_no_directory_that_speaks_for_another_site(
    office: Office, token: str, stranger: Office
) -> None:
    assert is_of_another_site(stranger.staff.call("POST", "/directory/token", {"reason": "Mine now."}))
    assert is_of_another_site(stranger.tries("directory", "scim", {}, verb="stop"))
    own = {"groups": [*LINES, "Own: admin @ demo-gb"], "gives_administrator": True}
    assert is_of_another_site(stranger.tries("directory", "scim", own))
    assert pointers(stranger.tries("directory", "scim", {"groups": []})) == ["/groups"]
    theirs = own | {"groups": [*LINES, "A: admin @ demo"]}
    assert pointers(stranger.tries("directory", "scim", theirs)) == ["/groups"]
    assert provision(office.run, token, "GET", "/Users").status == 200
    record = office.setting("directory", "scim")["record"]
    assert (record["groups"], record["gives_administrator"]) == (LINES, False)


@pytest.mark.parametrize(
    ("verb", "body"),
    [
        ("change", {"roles": ["agent", "reviewer", "admin"]}),
        ("change", {"email": "attacker@evil.example"}),
        ("change", {"sensitive": True}),
        ("deactivate", None),
    ],
)
def test_s103_they_change_nothing_of_a_shared_colleague_that_holds_at_another_site(
    office: Office, stranger: Office, shared: Staff, verb: str, body: dict[str, Any] | None
) -> None:
    before = office.setting("member", shared.name)
    known = {name: before["record"][name] for name in ("name", "roles", "sites")} if body else {}
    assert is_of_another_site(stranger.tries("member", shared.name, known | (body or {}), verb=verb))
    assert office.setting("member", shared.name) == before
    assert shared.call("GET", "/me").status == 200


def test_s103_they_let_a_shared_colleague_go_from_their_own_site(stranger: Office, shared: Staff) -> None:
    after = stranger.does("member", shared.name, {"name": "Ayşe", "roles": ["agent"], "sites": ["demo"]})
    assert after["record"]["sites"] == ["demo"]


def test_s103_the_directory_takes_no_role_of_theirs_to_another_site_and_says_so_as_scim(
    office: Office, token: str, stranger: Office
) -> None:
    mailbox = f"{stranger.name}@staff.example"
    stranger.does(
        "member", stranger.name, {"name": "X", "email": mailbox, "roles": ["admin"], "sites": ["demo-gb"]}
    )
    user = {
        "schemas": ["urn:ietf:params:scim:schemas:core:2.0:User"],
        "userName": mailbox,
        "emails": [{"value": mailbox}],
        "active": True,
        "roles": [{"value": "Demo desk"}],
    }
    refused = provision(office.run, token, "POST", "/Users", user)
    assert refused.json == {
        "schemas": ["urn:ietf:params:scim:api:messages:2.0:Error"],
        "status": "403",
        "detail": "Refused: not-your-site.",
    }
    assert (refused.status, refused.headers["Content-Type"]) == (403, "application/scim+json; charset=utf-8")
    assert stranger.staff.call("GET", "/me").json["sites"] == ["demo-gb"]
    assert stranger.staff.call("GET", "/settings/team/demo").status == 404


def test_s103_the_other_administrators_are_told_of_a_new_token(office: Office, token: str) -> None:
    told = office.adds("admin", sites=("demo",))
    mailbox = f"{told.name}@staff.example"
    record = {"name": "Ayşe", "roles": ["admin"], "sites": ["demo"], "email": mailbox}
    office.does("member", told.name, record)
    assert office.staff.call("POST", "/directory/token", {"reason": "Anew."}).status == 200
    [mail] = office.run.mails(mailbox)
    assert "Sam made a new token of the directory." in mail["text"]
    assert f"{office.run.url}/desk/settings/directory/scim" in mail["text"]
