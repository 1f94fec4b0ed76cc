"""Settings change by commands: with a version, a reason and a history, and not before they are sound."""

import uuid

import pytest

from tests.journeys.settings.administration import Office, pointers
from tests.journeys.steps import Staff
from tests.local_run import LocalRun

ZONED = {"zone": "Europe/Paris"}


@pytest.fixture
def administration(local_run: LocalRun) -> Office:
    return Office(local_run)


@pytest.mark.iso10002("4 accountability: settings")
def test_a_change_says_who_when_and_why(administration: Office) -> None:
    before = administration.setting("team", "demo-gb")
    administration.does("team", "demo-gb", {"manager": "boss@demo-gb.example", "reason": "A new boss."})
    after = administration.setting("team", "demo-gb")
    assert after["version"] == before["version"] + 1
    last = after["history"][-1]
    assert (last["by"], last["reason"], last["changed"]) == ("Sam", "A new boss.", ["manager"])
    assert last["at"]
    assert after["record"]["team"] == before["record"]["team"]


def test_the_history_begins_with_the_first_fact(administration: Office) -> None:
    first = administration.setting("site")["history"][0]
    assert (first["number"], first["fact"], first["by"]) == (1, "SiteChanged", "local run")


def test_a_setting_has_an_etag_and_a_change_names_it(administration: Office) -> None:
    got = administration.staff.call("GET", "/settings/site/demo-gb")
    path, change = "/settings/site/demo-gb/commands/change", {"name": "Demo Store Ltd", "reason": "Renamed."}
    assert administration.staff.call("POST", path, change).status == 428
    assert administration.staff.call("POST", path, change, If_Match=got.headers["ETag"]).status == 200
    stale = administration.staff.call("POST", path, change, If_Match=got.headers["ETag"])
    assert (stale.status, stale.json["type"]) == (412, "/problems/stale")


def test_a_change_without_a_reason_is_refused(administration: Office) -> None:
    assert pointers(administration.tries("site", "demo-gb", {"name": "Nameless", "reason": ""})) == [
        "/reason"
    ]


def test_a_repeated_change_is_made_once(administration: Office) -> None:
    key, version = str(uuid.uuid4()), f'"{administration.setting("texts", "demo-gb")["version"]}"'
    notice = {"notice": {"en": "We keep your data for two years."}}
    first, again = (
        administration.tries("texts", "demo-gb", notice, If_Match=version, Idempotency_Key=key)
        for _ in range(2)
    )
    assert (first.status, again.status) == (200, 200)
    assert again.headers["Idempotent-Replayed"] == "true"
    assert again.json["version"] == first.json["version"]
    other = administration.tries("texts", "demo-gb", {"notice": {}}, If_Match=version, Idempotency_Key=key)
    assert (other.status, other.json["type"]) == (422, "/problems/key-reused")


def test_every_wrong_field_is_named_and_nothing_changes(administration: Office) -> None:
    before = administration.setting("site", "demo-gb")
    wrong = {
        "zone": "Mars/Olympus",
        "holidays": "ATLANTIS",
        "languages": ["en", "tlh"],
        "language": "de",
        "windows": {"mon": [["18:00", "09:00"]]},
        "origins": ["https://demo.example", "ftp://demo.example"],
    }
    assert pointers(administration.tries("site", "demo-gb", wrong)) == [
        "/holidays",
        "/language",
        "/languages/1",
        "/origins/1",
        "/windows",
        "/zone",
    ]
    assert administration.setting("site", "demo-gb") == before


@pytest.mark.parametrize(
    ("kind", "body", "pointer"),
    [
        ("team", {"team": "nobody"}, "/team"),
        ("packs", {"packs": []}, "/packs"),
        ("packs", {"packs": ["iso10002-default", "none-such"]}, "/packs/1"),
        ("texts", {"notice": {"fr": "Bonjour"}}, "/notice/en"),
        ("site", {"shelf": "x"}, "/shelf"),
        ("site", {"approval_limit": "a lot"}, "/approval_limit"),
        ("codes", {"put": [{"list": "causes", "code": "Gremlins!"}]}, "/put/0/code"),
    ],
)
@pytest.mark.iso10002("6.1 planning in general: checked")
def test_what_could_not_work_is_refused(
    administration: Office, kind: str, body: dict[str, object], pointer: str
) -> None:
    assert pointer in pointers(administration.tries(kind, "demo-gb", body))


def test_a_change_of_the_site_is_on_its_form_at_once(administration: Office, local_run: LocalRun) -> None:
    administration.does("texts", "demo-tr", {"notice": {"tr": "Verileriniz iki yıl saklanır."}})
    form = local_run.call("GET", "/v1/form?site=demo-tr&lang=tr").json
    assert form["notice"] == "Verileriniz iki yıl saklanır."


def test_the_procedure_begins_with_the_sites_own_words(administration: Office, local_run: LocalRun) -> None:
    administration.does("texts", "demo-gb", {"introduction": {"en": "Tell us <b>plainly</b>."}})
    page = local_run.call("GET", "/procedure?site=demo-gb&lang=en").text
    assert "Tell us &lt;b&gt;plainly&lt;/b&gt;." in page


ODD: list[tuple[str, dict[str, object]]] = [
    ("site", {"windows": {"mon": [["09:00"]]}}),
    ("site", {"windows": {"mon": [["09:00", "25:00"]]}}),
    ("site", {"windows": []}),
    ("site", {"zone": "../../etc/passwd"}),
    ("site", {"zone": ""}),
    ("site", {"languages": "en"}),
    ("site", {"languages": []}),
    ("site", {"external_body": {"name": "X", "url": "javascript:alert(1)"}}),
    ("site", {"approval_limit": "1e999"}),
    ("team", {"team": None}),
    ("texts", {"notice": {"en": {}}}),
    ("texts", {"notice": ["en"]}),
    ("packs", {"packs": ["../packs/iso10002-default"]}),
    ("packs", {"packs": "iso10002-default"}),
    ("codes", {"put": [[]]}),
    ("codes", {"put": [{"list": "categories", "code": "x", "labels": {"en": "a\nb", "tr": "c"}}]}),
    ("codes", {"remove": [{"list": "categories", "code": "no.such_code"}]}),
    ("codes", {"put": [{"list": "causes", "code": "elves\n", "labels": {"en": "E", "tr": "E"}}]}),
]


@pytest.mark.parametrize(("kind", "body"), ODD)
def test_whatever_is_typed_is_refused_calmly(
    administration: Office, kind: str, body: dict[str, object]
) -> None:
    before = administration.setting(kind, "demo-gb")
    assert pointers(administration.tries(kind, "demo-gb", body))
    assert administration.setting(kind, "demo-gb") == before


@pytest.mark.parametrize("name", ["x" * 201, "x" * 3000, "%00", "a%0Ab", "%F0%9F%90%B8" * 201])
def test_a_name_that_nothing_can_have_is_not_found(administration: Office, name: str) -> None:
    assert administration.staff.call("GET", f"/settings/member/{name}").status == 404
    change = {"name": "X", "reason": "x"}
    path = f"/settings/member/{name}/commands/change"
    assert administration.staff.call("POST", path, change, If_Match='"0"').status == 404


def test_what_is_not_there_is_not_found(administration: Office) -> None:
    for path in ("/settings/site/none", "/settings/member/nobody", "/settings/weather/demo"):
        assert administration.staff.call("GET", path).status == 404
    for path in ("/settings/site/none/commands/change", "/settings/site/demo/commands/delete"):
        assert administration.staff.call("POST", path, {"reason": "x"} | ZONED, If_Match='"0"').status == 404


@pytest.mark.parametrize("role", ["agent", "reviewer", "quality", "auditor"])
def test_others_read_what_is_settled_and_change_nothing(administration: Office, role: str) -> None:
    kim = Staff(administration.run, "Kim", role)
    listed = {(item["kind"], item["id"]) for item in kim.call("GET", "/settings").json["items"]}
    assert {("site", "demo"), ("packs", "demo")} <= listed
    assert (("member", "Sam") in listed) == (role == "auditor")
    assert kim.call("GET", "/settings/codes/demo").json["allowed_commands"] == []
    refused = kim.call("POST", "/settings/site/demo/commands/change", ZONED, If_Match='"1"')
    assert refused.status == 403
