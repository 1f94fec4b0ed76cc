"""Sensitive cases over HTTP: there for cleared members alone, at every entrance, from the next request on."""

import json
from collections.abc import Callable, Iterator
from datetime import timedelta
from urllib.parse import urlencode
from uuid import uuid4

import pytest

from tests.http import Answer
from tests.inbound_mail.hostile_mails import mail
from tests.journeys.linked_cases.duplicates import merge
from tests.journeys.settings.administration import Office, pointers
from tests.journeys.steps import Complaint, Staff, address, clock, complain, new_word, settle
from tests.local_run import LocalRun
from tests.pages.desk_client import Desk, form_of, signed_in

SENSITIVE = "privacy.data_misuse"
UNREAL = "C-ZZZZZ-ZZZZZ-A"
WORDS = "Somebody read my file."
BELOW = ("", "/audit", "/letters", "/letters/000001.1", "/attachments/00")


@pytest.fixture
def administration(local_run: LocalRun) -> Office:
    return Office(local_run)


@pytest.fixture
def ruth(administration: Office) -> Staff:
    """A reviewer who is cleared."""
    ruth = administration.adds("reviewer")
    administration.does("member", ruth.name, {"sensitive": True})
    return ruth


@pytest.fixture
def grace(administration: Office) -> Staff:
    """A reviewer who is not."""
    return administration.adds("reviewer", "quality")


@pytest.fixture
def marked(administration: Office, ruth: Staff) -> Iterator[None]:
    """While a test lasts, a category is sensitive: others share the site."""
    mark(administration)
    yield
    administration.does("codes", "demo", {"put": [put(so=False)]})


@pytest.fixture
def word() -> str:
    return new_word()


@pytest.fixture
def complaint(marked: None, local_run: LocalRun, word: str) -> Complaint:
    return complain(local_run, category=SENSITIVE, subject=f"My {word}", description=WORDS)


def put(*, so: bool = True) -> dict[str, object]:
    return {"list": "categories", "code": SENSITIVE, "sensitive": so}


def mark(administration: Office) -> None:
    administration.does("codes", "demo", {"put": [put()]})


def references(staff: Staff, path: str, **query: str) -> list[str]:
    """All that a list holds, page after page."""
    found, cursor = list[str](), None
    while True:
        asked = urlencode(query | ({"cursor": cursor} if cursor else {}))
        got = staff.call("GET", f"{path}?{asked}")
        assert got.status == 200, got.text
        found += [item["reference"] for item in got.json["items"]]
        cursor = got.json["next"]
        if cursor is None:
            return found


def is_unknown(ask: Callable[[str], Answer], reference: str) -> bool:
    """Whether a case is answered for as one that there never was: with the same status and the same words."""
    real, unreal = ask(reference), ask(UNREAL)
    assert (real.status, unreal.status) == (404, 404), real.text
    return _plain(real, reference) == _plain(unreal, UNREAL)


def _plain(answer: Answer, reference: str) -> str:
    text = answer.text.replace(reference, "…")
    return json.dumps(answer.json | {"instance": ""}) if text.startswith("{") else text


@pytest.mark.iso10002("4 confidentiality: sensitive")
def test_to_whom_is_not_cleared_the_case_is_unknown(complaint: Complaint, grace: Staff, ruth: Staff) -> None:
    note = {"If_Match": '"1"'}
    asked: list[Callable[[str], Answer]] = [
        *(lambda name, below=below: grace.call("GET", f"/complaints/{name}{below}") for below in BELOW),
        lambda name: grace.call("POST", f"/complaints/{name}/commands/note", {"text": "x"}, **note),
        lambda name: grace.call("POST", f"/complaints/{name}/presence", {}),
        lambda name: grace.call("GET", f"/complaints/{name}/person"),
    ]
    assert all(is_unknown(ask, complaint.reference) for ask in asked)
    assert ruth.case(complaint)["description"] == WORDS
    assert ruth.does(complaint, "note", {"text": "Seen."})


def test_its_pages_are_those_of_no_case(complaint: Complaint, grace: Staff, ruth: Staff) -> None:
    run, page = complaint.run, f"/desk/cases/{complaint.reference}"
    (hers, others) = (signed_in(run, each.name, "reviewer") for each in (ruth, grace))
    assert WORDS in hers.get(page).text
    for below in BELOW:
        assert others.get(f"{page}{below}").status == others.get(f"/desk/cases/{UNREAL}{below}").status == 404
    command = form_of(hers.get(page), f"{page}/commands/note")[0]
    fields = [("form", others.token()), *((name, value) for name, value in command if name != "form")]
    assert others.post(f"{page}/commands/note", [*fields, ("text", "x")]).status == 404


def test_it_stands_in_no_list_of_whom_is_not_cleared(
    complaint: Complaint, grace: Staff, ruth: Staff, word: str
) -> None:
    reference = complaint.reference
    plain = complain(complaint.run, subject=f"Another {word}", category="delivery.late").reference
    whole = {"queue": "open", "site": "demo", "limit": "100"}
    exported = {"site": "demo", "format": "json"}
    quality = Staff(grace.run, grace.name, "quality")
    for staff, path, query in (
        (grace, "/complaints", whole),
        (grace, "/complaints", {"queue": "unassigned", "category": SENSITIVE}),
        (grace, "/search", {"q": reference}),
        (grace, "/search", {"q": complaint.email}),
        (quality, "/export", exported),
    ):
        assert reference not in references(staff, path, **query), path
    assert references(grace, "/search", q=word, limit="1") == [plain]
    only_there = grace.call("GET", f"/search?q={complaint.email}").json
    assert only_there == {
        "items": [],
        "next": None,
        "total": None,
        "more_than": None,
        "is_partial": False,
    }
    assert references(grace, "/search", q=f"my {word}", limit="1") == [plain]
    assert reference in references(ruth, "/complaints", **whole)
    assert set(references(ruth, "/search", q=word)) == {reference, plain}
    assert plain in references(quality, "/export", **exported)


def test_s95_the_home_of_the_desk_counts_it_for_whom_is_cleared_alone(
    complaint: Complaint, grace: Staff, ruth: Staff
) -> None:
    settle(complaint.run)
    listed, counted = [], []
    for staff in (ruth, grace):
        listed.append(len(references(staff, "/complaints", queue="open", site="demo", limit="100")))
        counted.append(staff.call("GET", "/home?site=demo").json["figures"]["work"]["open"])
    assert counted == listed
    assert listed[0] > listed[1]


def test_a_sensitive_point_hides_the_case_as_well(
    marked: None, local_run: LocalRun, ruth: Staff, grace: Staff, word: str
) -> None:
    complaint = complain(local_run, category="delivery.late", subject=f"My {word}")
    reference = complaint.reference
    ruth.does(complaint, "assign", {"to": grace.name})
    due = (clock(local_run) + timedelta(days=3)).date().isoformat()
    ruth.does(complaint, "task", {"text": "Ask the depot.", "to": grace.name, "due": due})
    assert references(grace, "/complaints", queue="mine") == [reference]
    ruth.does(complaint, "point", {"text": WORDS, "category": SENSITIVE})
    settle(local_run)
    assert ruth.case(complaint)["assignee"] is None
    assert grace.call("GET", f"/complaints/{reference}").status == 404
    assert reference not in references(grace, "/complaints", queue="open", site="demo", limit="100")
    assert references(grace, "/search", q=word) == references(grace, "/tasks") == []
    assert reference in references(ruth, "/search", q=word)


def test_among_the_complaints_of_a_person_it_is_for_whom_is_cleared_alone(
    complaint: Complaint, grace: Staff, ruth: Staff
) -> None:
    person = {"name": "Ada", "email": complaint.email}
    plain = complain(complaint.run, category="delivery.late", complainant=person)
    seen = {
        staff.name: [
            each["reference"]
            for each in staff.call("GET", f"/complaints/{plain.reference}/person").json["items"]
        ]
        for staff in (ruth, grace)
    }
    assert set(seen[ruth.name]) == {complaint.reference, plain.reference}
    assert seen[grace.name] == [plain.reference]


def test_mail_to_it_is_not_shown(complaint: Complaint, grace: Staff, ruth: Staff) -> None:
    to = str(complaint.letters()[-1]["headers"]["Reply-To"])
    found = mail(WORDS, From=complaint.email, To=to, Message_ID=f"<{uuid4()}@example.org>")
    complaint.run.call("POST", "/_local/inbound", found, Content_Type="message/rfc822")
    settle(complaint.run)
    asked = {"site": "demo", "limit": "100"}
    assert complaint.reference in references(ruth, "/mail", **asked)
    assert complaint.reference not in references(grace, "/mail", **asked)
    items = ruth.call("GET", "/mail?site=demo&limit=100").json["items"]
    name = next(item["id"] for item in items if item["reference"] == complaint.reference)
    for below, cleared in (("", 200), ("/raw", 200)):
        statuses = [staff.call("GET", f"/mail/{name}{below}?site=demo").status for staff in (ruth, grace)]
        assert statuses == [cleared, 404]
    for verb in ("join", "complaint"):
        assert grace.call("POST", f"/mail/{name}/{verb}?site=demo", {}).status == 404


def test_it_is_given_only_to_whom_is_cleared(complaint: Complaint, grace: Staff, ruth: Staff) -> None:
    assert pointers(ruth.tries(complaint, "assign", {"to": grace.name})) == ["/to"]
    page = signed_in(complaint.run, ruth.name, "reviewer").get(f"/desk/cases/{complaint.reference}")
    assert f'value="{ruth.name}"' in page.text
    assert f'value="{grace.name}"' not in page.text
    assert ruth.does(complaint, "assign", {"to": ruth.name})["assignee"] == ruth.name
    cleared = {each["id"]: each["sensitive"] for each in ruth.call("GET", "/members").json["items"]}
    assert (cleared[ruth.name], cleared[grace.name]) == (True, False)


def test_a_link_to_it_is_one_to_nothing(complaint: Complaint, grace: Staff) -> None:
    own = complain(complaint.run)
    why = {"relation": "same_cause", "reason": "Both came at night."}
    real, unreal = (grace.tries(own, "link", why | {"to": other}) for other in (complaint.reference, UNREAL))
    assert (real.status, real.json["errors"]) == (unreal.status, unreal.json["errors"])


def test_of_a_whole_the_sensitive_part_is_kept_back(
    local_run: LocalRun, marked: None, grace: Staff, ruth: Staff
) -> None:
    person = {"name": "Ada", "email": address()}
    part = complain(local_run, category=SENSITIVE, description=WORDS, complainant=person)
    whole = complain(local_run, category="delivery.late", complainant=person)
    merge(ruth, part, whole)
    assert WORDS in json.dumps(ruth.case(whole))
    seen = grace.case(whole)
    assert WORDS not in json.dumps(seen)
    assert seen["absorbed"] == []
    letters = grace.call("GET", f"/complaints/{whole.reference}/letters").json["items"]
    assert [letter for letter in letters if letter.get("of")] == []


def test_a_clearance_counts_from_the_next_request(
    complaint: Complaint, administration: Office, grace: Staff, ruth: Staff
) -> None:
    administration.does("member", grace.name, {"sensitive": True})
    assert grace.does(complaint, "assign", {"to": grace.name})["assignee"] == grace.name
    left = administration.does("member", grace.name, {"sensitive": False})
    assert left["record"]["sensitive"] is False
    assert left["handed_over"] == [complaint.reference]
    assert grace.call("GET", f"/complaints/{complaint.reference}").status == 404
    assert ruth.case(complaint)["assignee"] is None


def test_a_mark_counts_at_once(
    local_run: LocalRun, administration: Office, grace: Staff, ruth: Staff
) -> None:
    complaint = complain(local_run, category=SENSITIVE)
    assert grace.case(complaint)
    mark(administration)
    try:
        assert grace.call("GET", f"/complaints/{complaint.reference}").status == 404
    finally:
        administration.does("codes", "demo", {"put": [put(so=False)]})
    assert grace.case(complaint)


def test_who_takes_one_down_is_shown_the_receipt(
    local_run: LocalRun, marked: None, grace: Staff, ruth: Staff
) -> None:
    desk: Desk = signed_in(local_run, grace.name, "reviewer")
    hidden, action = form_of(desk.get("/desk/intake?site=demo"), "/desk/intake")
    fields = {"channel": "telephone", "phone": "+90 555 000 00 00", "description": WORDS, "consent": "yes"}
    received = {"received_at": "2026-01-05T10:00", "category": SENSITIVE}
    got = desk.post(action, [*hidden, *(fields | received).items()])
    assert got.status == 303, got.text
    page = desk.get(got.headers["Location"])
    assert page.status == 200
    shown = got.headers["Location"].partition("taken=")[2]
    assert shown in references(ruth, "/complaints", queue="open", category=SENSITIVE)
    assert shown in page.text
    assert desk.get(f"/desk/cases/{shown}").status == 404


def test_in_bulk_a_hidden_case_is_as_if_it_were_not(
    complaint: Complaint, local_run: LocalRun, grace: Staff, ruth: Staff
) -> None:
    version = ruth.case(complaint)["version"]
    cases = [{"reference": name, "version": version} for name in (complaint.reference, UNREAL)]
    body = {"verb": "message", "command": {"text": "x"}, "cases": cases}
    bulk = grace.call("POST", "/bulk", body).json
    data = grace.call("POST", f"/bulk/{bulk['id']}/steps").json
    assert data["refused"] == [{"reference": each["reference"], "problem": "not-found"} for each in cases]
    assert ruth.case(complaint)["version"] == version


def test_in_bulk_a_case_that_becomes_sensitive_leaves_who_is_not_cleared_as_alone(
    marked: None, local_run: LocalRun, grace: Staff, ruth: Staff
) -> None:
    alone, together = complain(local_run), complain(local_run)
    for complaint in (alone, together):
        ruth.does(complaint, "assign", {"to": grace.name})
    settle(local_run)
    cases = [{"reference": together.reference, "version": ruth.case(together)["version"]}]
    body = {"verb": "classify", "command": {"category": SENSITIVE}, "cases": cases}
    ruth.call("POST", f"/bulk/{ruth.call('POST', '/bulk', body).json['id']}/steps")
    ruth.does(alone, "classify", {"category": SENSITIVE})
    settle(local_run)
    found = [
        (case["category"], case["assignee"], [fact["fact"] for fact in case["facts"]])
        for case in map(ruth.case, (alone, together))
    ]
    assert found[0] == found[1]
    assert found[0][1] != grace.name
    assert grace.call("GET", f"/complaints/{together.reference}").status == 404


def test_a_theme_of_it_is_there_for_whom_is_cleared_alone(
    marked: None, local_run: LocalRun, administration: Office, grace: Staff
) -> None:
    quinn = administration.adds("quality")
    administration.does("member", quinn.name, {"sensitive": True})
    id = f"demo.{uuid4().hex}"
    path = f"/records/theme/{id}"
    theme = {"title": "Files", "owner": quinn.name, "category": SENSITIVE}
    got = quinn.call("POST", f"{path}/commands/open", theme, If_Match='"0"')
    assert got.status == 200, got.text
    listed = "/records?kind=theme&site=demo"
    assert id in [each["id"] for each in quinn.call("GET", listed).json["items"]]
    assert id not in [each["id"] for each in grace.call("GET", listed).json["items"]]
    assert quinn.call("GET", path).status == 200
    assert grace.call("GET", path).status == 404
    assert grace.call("POST", f"{path}/commands/close", {}, If_Match='"1"').status == 404
    assert signed_in(local_run, grace.name, "quality").get(f"/desk{path}").status == 404
