"""Records of the management system as pages, without scripts: begun, changed, refused, listed."""

import uuid

import pytest

from tests.evidence.auditor import Auditor
from tests.html import Reading
from tests.journeys.steps import Staff, complain
from tests.local_run import LocalRun
from tests.pages.desk_client import Desk, Fields, form_of, signed_in

NEW = "/desk/records/responsibility/new"
ASSIGN = f"{NEW}/assign"


@pytest.fixture
def quinn(local_run: LocalRun) -> Desk:
    return signed_in(local_run, "Quinn", "quality")


def begin(desk: Desk, **typed: str) -> tuple[int, str, str]:
    """Status, address and text of what the form that begins a record leads to."""
    page = desk.get(f"{NEW}?site=demo")
    asked = {"code": f"owner-{uuid.uuid4().hex[:8]}", "duty": "process_owner", "since": "2027-01-01"} | typed
    fields: Fields = [(name, value) for name, value in form_of(page, ASSIGN)[0] if name not in asked]
    got = desk.post(ASSIGN, [*fields, *asked.items()])
    return got.status, got.headers["Location"] or "", got.text


@pytest.mark.parametrize(
    ("language", "heading"), [("en", "Responsibility: Process owner"), ("tr", "Sorumluluk: Süreç sahibi")]
)
def test_a_record_is_begun_by_a_form_and_shown_with_its_history(
    quinn: Desk, language: str, heading: str
) -> None:
    status, address, _ = begin(quinn, member="Quinn", reason="It was agreed.")
    assert status == 303
    page = quinn.get(f"{address}&lang={language}")
    assert heading in Reading(page.text).words
    assert "It was agreed." in page.text
    assert Reading(page.text).words.count("Quinn") >= 2
    register = quinn.get(f"/desk/records?kind=responsibility&site=demo&lang={language}")
    assert address.partition("?")[0] in register.text


def test_a_form_that_is_refused_comes_back_with_what_was_typed_and_says_what_is_wrong(quinn: Desk) -> None:
    status, _, text = begin(quinn, member="Quinn", code="Ä", reports_to="Quinn", reason="Zebra")
    assert status == 422
    for expected in ('id="assign-code-wrong"', 'href="#assign-code"'):
        assert expected in text
    status, _, text = begin(quinn, member="Quinn", reports_to="Quinn", until="1999-01-01", reason="Zebra")
    assert status == 422
    for expected in (
        'id="assign-until-wrong"',
        'id="assign-reports_to-wrong"',
        "Zebra",
        "Name another person",
    ):
        assert expected in text


def test_a_code_that_is_taken_is_no_other_record(quinn: Desk) -> None:
    code = f"owner-{uuid.uuid4().hex[:8]}"
    assert begin(quinn, member="Quinn", code=code)[0] == 303
    status, _, text = begin(quinn, member="Deniz", code=code)
    assert (status, 'id="assign-code-wrong"' in text) == (422, True)


def test_a_command_on_its_page_leads_back_to_it_and_one_on_an_older_version_is_told(quinn: Desk) -> None:
    _, address, _ = begin(quinn, member="Quinn")
    path = address.partition("?")[0]
    page = quinn.get(path)
    fields = [each for each in form_of(page, f"{path}/end")[0] if each[0] != "until"]
    got = quinn.post(f"{path}/end", [*fields, ("until", "2027-06-30")])
    assert (got.status, got.headers["Location"]) == (303, f"{path}?done=end")
    assert "2027" in quinn.get(got.headers["Location"]).text
    fields = [(name, "x" if name == "once" else value) for name, value in fields]
    stale = quinn.post(f"{path}/end", [*fields, ("until", "2027-07-30")])
    assert stale.status == 412


def test_who_may_only_read_sees_no_form(quinn: Desk, local_run: LocalRun) -> None:
    _, address, _ = begin(quinn, member="Quinn")
    agent = signed_in(local_run, "Kim", "agent")
    page = agent.get(address.partition("?")[0])
    assert (page.status, '<form method="post" action="/desk/records' in page.text) == (200, False)
    assert agent.get(f"{NEW}?site=demo").status == 403
    assert agent.get("/desk/records?kind=gossip").status == 422
    assert agent.get("/desk/records/responsibility/demo.none").status == 404
    assert Staff(local_run, "Kim", "agent").call("GET", "/records/responsibility/demo.none").status == 404


def test_a_case_is_linked_to_a_theme_from_its_page(local_run: LocalRun, quinn: Desk) -> None:
    case = complain(local_run).reference
    page = quinn.get(f"/desk/cases/{case}")
    register = f"/desk/records?kind=theme&site=demo&cases={case}"
    assert register.replace("&", "&amp;") in page.text
    assert f"cases={case}" in quinn.get(register).text
    code = f"late-{uuid.uuid4().hex[:8]}"
    begun = quinn.get(f"/desk/records/theme/new?site=demo&cases={case}")
    asked = {"code": code, "title": "Late", "owner": "Quinn", "cases": case}
    fields = [each for each in form_of(begun, "/desk/records/theme/new/open")[0] if each[0] not in asked]
    got = quinn.post("/desk/records/theme/new/open", [*fields, *asked.items()])
    assert got.status == 303, got.text
    other = complain(local_run).reference
    shown = quinn.get(f"/desk/records/theme/demo.{code}?cases={other}").text
    assert f"/desk/cases/{case}" in shown
    link = shown[shown.index('id="do-link"') : shown.index('id="do-unlink"')]
    assert other in link
    assert case not in link, "what is linked already is not asked for again"


def test_one_button_of_the_page_of_a_pack_records_the_download_and_begins_it(local_run: LocalRun) -> None:
    auditor = Auditor(local_run)
    auditor.orders()
    path = f"/desk/records/evidence_pack/{auditor.id}"
    desk = signed_in(local_run, "Ayla", "auditor")
    page = desk.get(path)
    assert Reading(page.text).words.count("Download the pack") == 1
    assert '<details class="command"' not in page.text, "no fold hides what may be done"
    got = desk.post(*form_of(page, f"{path}/fetch")[::-1])
    assert (got.status, got.headers["Location"]) == (303, f"{path}?done=fetch")
    assert auditor.record()["content"]["fetched"] == 1
    begun = Reading(desk.get(got.headers["Location"]).text)
    refresh = next(found for tag, found in begun.elements if tag == "meta" and "http-equiv" in found)
    delay, _, address = str(refresh["content"]).partition("; url=")
    assert (refresh["http-equiv"], delay) == ("refresh", "0")
    assert "The download begins." in begun.words
    assert local_run.call("GET", address).body.startswith(b"PK")
    assert "http-equiv" not in desk.get(path).text, "the page alone downloads nothing"
