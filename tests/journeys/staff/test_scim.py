"""A directory provisions members over SCIM 2.0: with a client library, and as Entra ID and Okta ask."""

import uuid
from dataclasses import dataclass
from typing import Any

import pytest
from httpx2 import Client

from tests.http import Answer
from tests.journeys.settings.administration import Office
from tests.journeys.steps import Staff, complain
from tests.local_run import LocalRun
from tests.pages.desk_client import Desk

PATCH = "urn:ietf:params:scim:api:messages:2.0:PatchOp"
USER = "urn:ietf:params:scim:schemas:core:2.0:User"


@dataclass
class Directory:
    """A directory that holds the token of a local run."""

    run: LocalRun
    token: str

    def call(self, method: str, path: str, body: object = None, **headers: str) -> Answer:
        sent = {"Authorization": f"Bearer {self.token}", "Content_Type": "application/scim+json"} | headers
        return self.run.call(method, f"/scim/v2{path}", body, **sent)

    def adds(self, user: dict[str, Any]) -> dict[str, Any]:
        got = self.call("POST", "/Users", user)
        assert got.status == 201, got.text
        return dict(got.json)

    def patches(self, id: str, *operations: dict[str, Any]) -> dict[str, Any]:
        got = self.call("PATCH", f"/Users/{id}", {"schemas": [PATCH], "Operations": operations})
        assert got.status == 200, got.text
        return dict(got.json)


@pytest.fixture
def office(local_run: LocalRun) -> Office:
    return Office(local_run)


@pytest.fixture
def directory(office: Office) -> Directory:
    """The directory with what its roles give: no administrator, unless a test says so."""
    office.does(
        "directory", "scim", {"groups": ["Complaints team: agent @ demo", "Leads: reviewer @ demo demo-gb"]}
    )
    made = office.staff.call("POST", "/directory/token", {"reason": "Connected."})
    assert made.status == 200, made.text
    assert made.json["address"] == f"{office.run.url}/scim/v2"
    return Directory(office.run, made.json["token"])


def somebody(**said: Any) -> dict[str, Any]:
    """Somebody as Entra ID sends a user that it creates."""
    name = f"new-{uuid.uuid4().hex[:12]}"
    usual = {
        "schemas": [USER, "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User"],
        "externalId": f"entra-{name}",
        "userName": f"{name}@staff.example",
        "active": True,
        "displayName": "Şebnem Öz",
        "emails": [{"primary": True, "type": "work", "value": f"{name}@staff.example"}],
        "meta": {"resourceType": "User"},
        "name": {"formatted": "Şebnem Öz", "familyName": "Öz", "givenName": "Şebnem"},
        "roles": [{"primary": "True", "type": "WindowsAzureActiveDirectoryRole", "value": "Complaints team"}],
        "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User": {"department": "Desk"},
    }
    return usual | said


def sub(user: dict[str, Any]) -> str:
    """By which name the sign-in service knows the person."""
    return str(user["userName"]).partition("@")[0]


def test_a_client_library_finds_no_fault(directory: Directory) -> None:
    # Imported lazily: both look through all modules for each of their models, a third of the collection.
    from scim2_client.engines.httpx2 import SyncSCIMClient
    from scim2_tester import Status, check_server

    headers = {"Authorization": f"Bearer {directory.token}"}
    with Client(base_url=f"{directory.run.url}/scim/v2", headers=headers, trust_env=False) as client:
        results = check_server(SyncSCIMClient(client))
    wrong = [
        (each.title, each.reason) for each in results if each.status not in (Status.SUCCESS, Status.SKIPPED)
    ]
    assert wrong == [], wrong
    assert sum(each.status is Status.SUCCESS for each in results) > 20


def test_whoever_the_directory_sends_signs_in_with_the_rights_that_its_roles_give(
    office: Office, directory: Directory
) -> None:
    user = directory.adds(somebody())
    assert (user["active"], user["roles"][0]["value"]) == (True, "Complaints team")
    assert Desk(office.run).sign_in(sub(user), "agent").status == 303
    me = Staff(office.run, sub(user)).call("GET", "/me").json
    assert (me["name"], me["roles"], me["sites"]) == ("Şebnem Öz", ["agent"], ["demo"])
    directory.patches(
        user["id"], {"op": "Add", "path": "roles", "value": [{"value": '{"id":"1","value":"Leads"}'}]}
    )
    after = office.setting("member", sub(user))
    assert (after["record"]["roles"], after["record"]["sites"]) == (
        ["agent", "reviewer"],
        ["demo", "demo-gb"],
    )
    assert [(each["fact"], each["by"]) for each in after["history"]] == [
        ("MemberJoined", sub(user)),
        ("MemberChanged", "scim"),
    ]


@pytest.mark.parametrize(
    "operations",
    [
        [{"op": "Replace", "path": "active", "value": "False"}],
        [{"op": "Add", "path": "active", "value": "false"}],
        [{"op": "replace", "value": {"active": False}}],
        [{"op": "Replace", "path": f"{USER}:active", "value": False}],
    ],
    ids=["entra", "entra-add", "okta", "urn"],
)
def test_whoever_leaves_in_the_directory_is_out_at_once_and_the_work_goes_to_the_team(
    office: Office, directory: Directory, operations: list[dict[str, Any]]
) -> None:
    user = directory.adds(somebody())
    desk = Desk(office.run)
    desk.sign_in(sub(user), "agent")
    assert desk.get("/desk").status == 200
    complaint = complain(office.run)
    Staff(office.run, "Robin").does(complaint, "assign", {"to": sub(user)})
    assert directory.patches(user["id"], *operations)["active"] is False
    assert desk.get("/desk").status == 403
    assert Staff(office.run).case(complaint)["assignee"] is None
    assert (
        directory.patches(user["id"], {"op": "Replace", "path": "active", "value": "True"})["active"] is True
    )
    assert desk.get("/desk").status == 200


def test_what_entra_and_okta_send_is_read_as_they_mean_it(directory: Directory) -> None:
    user = directory.adds(somebody(roles=None))
    changed = directory.patches(
        user["id"],
        {"op": "Replace", "path": 'emails[type eq "work"].value', "value": "moved@staff.example"},
        {"op": "Add", "path": 'roles[primary eq "True"].value', "value": "Leads"},
        {"op": "Replace", "path": "name.familyName", "value": "Öztürk"},
        {"op": "Add", "value": {"displayName": "Ş. Öztürk", "name.givenName": "Ş."}},
        {
            "op": "Add",
            "path": "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:department",
            "value": "X",
        },
        {"op": "Remove", "path": "name.formatted"},
    )
    assert changed["emails"] == [{"type": "work", "primary": True, "value": "moved@staff.example"}]
    assert changed["roles"] == [{"primary": True, "value": "Leads"}]
    assert (changed["name"], changed["displayName"]) == (
        {"familyName": "Öztürk", "givenName": "Ş."},
        "Ş. Öztürk",
    )
    okta = {
        "schemas": [USER],
        "id": user["id"],
        "userName": user["userName"],
        "name": {"givenName": "Ada"},
        "emails": [{"primary": True, "value": "moved@staff.example", "type": "work"}],
        "password": "x",
        "groups": [],
        "active": True,
    }
    put = directory.call("PUT", f"/Users/{user['id']}", okta)
    assert (put.status, put.json["name"]) == (200, {"givenName": "Ada"})
    asked = f"/Users?filter=userName%20eq%20%22{user['userName'].upper()}%22&startIndex=1&count=100"
    found = directory.call("GET", asked).json
    assert (found["totalResults"], found["Resources"][0]["id"]) == (1, user["id"])
    assert directory.call("GET", "/Users?filter=userName%20eq%20%22nobody%22").json["totalResults"] == 0


def test_each_refusal_is_an_error_of_scim(directory: Directory) -> None:
    user = directory.adds(somebody())
    tried: list[tuple[Answer, int, str | None]] = [
        (directory.call("POST", "/Users", somebody(userName=user["userName"].upper())), 409, "uniqueness"),
        (
            directory.call("POST", "/Users", somebody(userName="x", emails=[{"value": "none"}])),
            400,
            "invalidValue",
        ),
        (directory.call("POST", "/Users", {"emails": []}), 400, "invalidValue"),
        (directory.call("POST", "/Users", somebody(active="perhaps")), 400, "invalidValue"),
        (directory.call("POST", "/Users", b"{"), 400, None),
        (directory.call("GET", "/Users?filter=name%20co%20%22a%22"), 400, "invalidFilter"),
        (directory.call("PATCH", f"/Users/{user['id']}", {"Operations": []}), 400, "invalidSyntax"),
        (
            directory.call(
                "PATCH", f"/Users/{user['id']}", {"Operations": [{"op": "add", "path": "a[", "value": 1}]}
            ),
            400,
            "invalidPath",
        ),
        (directory.call("GET", "/Users?count=--1"), 400, "invalidValue"),
        (
            directory.call(
                "PATCH",
                f"/Users/{user['id']}",
                {"Operations": [{"op": "replace", "path": 'emails[type eq "work"]', "value": []}]},
            ),
            400,
            "invalidValue",
        ),
        (directory.call("GET", "/Users/none"), 404, None),
        (directory.call("GET", "/Groups"), 404, None),
        (directory.call("DELETE", "/Users"), 405, None),
    ]
    for got, status, scim_type in tried:
        assert (got.status, got.json.get("scimType")) == (status, scim_type), got.text
        assert got.json["schemas"] == ["urn:ietf:params:scim:api:messages:2.0:Error"]
        assert got.json["status"] == str(status)
        assert got.headers["Content-Type"] == "application/scim+json; charset=utf-8"


def test_s102_only_the_token_in_force_lets_in_and_it_is_kept_as_a_hash(
    office: Office, directory: Directory
) -> None:
    for token in ("", "wrong", directory.token[:-1]):
        got = Directory(office.run, token).call("GET", "/Users")
        assert (got.status, got.headers["WWW-Authenticate"]) == (401, "Bearer")
    assert directory.call("GET", "/Users").status == 200
    assert directory.token not in office.staff.call("GET", "/settings/directory/scim").text
    made = office.staff.call("POST", "/directory/token", {"reason": "Yearly."}).json["token"]
    assert directory.call("GET", "/Users").status == 401
    assert Directory(office.run, made).call("GET", "/Users").status == 200
    office.does("directory", "scim", {}, verb="stop")
    assert Directory(office.run, made).call("GET", "/Users").status == 401
    assert Staff(office.run, "Robin", "reviewer").call("POST", "/directory/token", {}).status == 403


def test_s103_the_directory_makes_no_administrator_and_takes_none(
    office: Office, directory: Directory
) -> None:
    refused = office.tries("directory", "scim", {"groups": ["Bosses: admin @ demo"]})
    assert refused.status == 422
    boss = office.adds("admin", "agent", sites=("demo",)).name
    office.does("member", boss, {"email": f"{boss}@staff.example"})
    user = directory.adds(somebody(userName=f"{boss}@staff.example", emails=[]))
    record = office.setting("member", boss)["record"]
    assert (record["roles"], record["sites"]) == (["agent", "admin"], ["demo"])
    assert directory.call("DELETE", f"/Users/{user['id']}").status == 204
    assert office.setting("member", boss)["record"]["active"] is False
    assert directory.call("GET", f"/Users/{user['id']}").status == 404
