"""The page of a case at the desk: what it says, and what can be done there without a script."""

import re
import uuid
from datetime import timedelta
from urllib.parse import urlsplit

import pytest

from tests.attachments.steps import add, request
from tests.html import Reading
from tests.journeys.steps import FINDING, SCALES, Staff, clock, complain, go_to, settle
from tests.local_run import LocalRun
from tests.pages.case_page_client import CaseDesk, attributes_of, linked, options_of, verbs, words

MARKS = {name: str(mark) for name, mark in SCALES.items()}
INTERNAL = "Internal, the complainant gets this only if data protection agrees"
MARKUP = "<img src=x onerror=alert(1)> https://evil.example/ </textarea><script>alert(2)</script>"


@pytest.fixture
def kim(local_run: LocalRun) -> CaseDesk:
    """A reviewer in front of a new case."""
    return CaseDesk(local_run, complain(local_run))


def reviewer(kim: CaseDesk) -> Staff:
    """The same person, with JSON."""
    return Staff(kim.run, kim.name, kim.role)


def test_a_whole_case_is_worked_by_forms_alone(kim: CaseDesk) -> None:
    assert "Nobody is assigned to this case" in words(kim.page())
    assert "Assigned to Kim" in kim.does("assign", to="Kim")
    assessed = kim.does("assess", **MARKS)
    assert "Assessed. Severity: noticeable loss or trouble; safety: possible, minor;" in assessed
    assert "Finding. Cause: Procedure not followed" in kim.does("find", **FINDING)
    remedy = {"kind_1": "refund", "amount_1": "49,90", "currency_1": "EUR", "currency_2": "EUR"}
    decided = kim.does("decide", outcome="upheld", reasons="You are right.", **remedy)
    assert "Decided: Upheld Refund: €49.90" in decided
    asked = words(kim.page("/answer"))
    assert "Sent by email, in English" in asked
    assert "Keeps the promise" in asked
    assert "Begins then Time for the complainant to answer" in asked
    kim.does("respond")
    settle(kim.run)
    assert "Answered" in words(kim.page())
    assert "Closed: the complainant accepts the response" in kim.does("close", reason="accepted")
    assert "The remedy is recorded as done." in kim.does("remedied", remedy="refund", done_on=today(kim))
    case = reviewer(kim).case(kim.complaint)
    assert (case["stage"], "remedied" in case["allowed_commands"]) == ("closed", False)


def test_what_was_sought_stands_where_a_decision_is_written_on_a_page_of_its_own(
    local_run: LocalRun,
) -> None:
    kim = CaseDesk(local_run, complain(local_run, remedy_sought="A whole lamp, and an apology."))
    kim.does("assess", **MARKS)
    kim.does("find", **FINDING)
    assert "What would put it right A whole lamp, and an apology." in words(kim.page("/forms/decide"))
    assert "A whole lamp" not in words(kim.page("/forms/note"))


def today(kim: CaseDesk) -> str:
    """The date at the site."""
    return str(reviewer(kim).case(kim.complaint)["received_at"])[:10]


def test_a_note_is_saved_and_shown_as_internal(kim: CaseDesk) -> None:
    got = kim.send("note", text="Called the depot.")
    assert (got.status, got.headers["Location"]) == (303, f"{kim.path}?done=note")
    page = kim.follow(got)
    assert "The note is saved." in page
    assert f"Note {INTERNAL} Called the depot." in page


@pytest.mark.parametrize("role", ["agent", "reviewer", "quality", "auditor"])
def test_just_the_commands_that_are_allowed_have_a_form(local_run: LocalRun, role: str) -> None:
    complaint = complain(local_run)
    somebody = CaseDesk(local_run, complaint, f"Case-{role}", role)
    asks = Staff(local_run, somebody.name, role)
    works = Staff(local_run)
    for step in (None, ("assess", SCALES), ("find", FINDING), ("ask", {"text": "Which lamp?"})):
        if step:
            works.does(complaint, *step)
        page = somebody.page()
        assert verbs(page) | linked(page) == set(asks.case(complaint)["allowed_commands"]), step


def test_who_only_reads_sees_no_button_for_a_case(local_run: LocalRun) -> None:
    page = CaseDesk(local_run, complain(local_run), "Reads-only", "auditor").page()
    assert verbs(page) == set()
    assert "What you can do" not in words(page)
    assert "Not possible now" not in words(page)


def test_what_is_not_possible_is_named_with_the_rule(kim: CaseDesk) -> None:
    reviewer(kim).does(kim.complaint, "assess", SCALES | {"severity": 3})
    decision = {"outcome": "not_upheld", "reasons": "We looked into it.", "remedies": []} | FINDING
    reviewer(kim).does(kim.complaint, "decide", decision)
    page = words(kim.page())
    assert re.search(r"Waiting for approval by a reviewer since \w+day", page)
    assert re.search(r"Somebody else must do this[^.]*\. Approve the decision Send the decision back", page)
    assert page.count("Not at this stage of the case.") == 1


def test_s33_words_of_people_are_text_and_their_links_too(local_run: LocalRun) -> None:
    complaint = complain(local_run, subject=MARKUP, description=MARKUP, product=MARKUP, special_needs=MARKUP)
    kim = CaseDesk(local_run, complaint)
    reviewer(kim).does(complaint, "note", {"text": MARKUP})
    page = kim.page()
    reading = Reading(page.text)
    assert reading.words.count(MARKUP) == 5
    assert "img" not in reading.tags
    assert all("integrity" in each for tag, each in reading.elements if tag == "script")
    assert not [link for link in reading.links if "evil" in link]
    assert "script-src 'self'" in page.headers["Content-Security-Policy"]


def test_words_of_the_complainant_have_their_own_language(local_run: LocalRun) -> None:
    complaint = complain(local_run, language="tr", description="Lamba kırık geldi.")
    page = CaseDesk(local_run, complaint).page()
    found = [attributes for tag, attributes in Reading(page.text).elements if attributes.get("lang") == "tr"]
    assert [each["dir"] for each in found if "theirs" in (each.get("class") or "")] == ["auto"]
    assert '<html lang="en" dir="ltr">' in page.text


def test_each_promise_says_why_it_has_its_date(kim: CaseDesk) -> None:
    page = kim.page()
    case = reviewer(kim).case(kim.complaint)
    running = [each for each in case["clocks"] if each["state"] == "running"]
    text = words(page)
    assert running
    assert text.count("Why these dates") == 1
    for promise in running:
        assert all(step["text"] in text for step in promise["reckoning"])
        assert f'<time datetime="{promise["due"]}">' in page.text


def test_a_promise_that_began_again_is_still_told(moving_run: LocalRun) -> None:
    kim = CaseDesk(moving_run, complain(moving_run))
    go_to(moving_run, clock(moving_run) + timedelta(minutes=1))
    reviewer(kim).does(kim.complaint, "message", {"text": "We look into it."})
    settle(moving_run)
    case = [each["id"] for each in reviewer(kim).case(kim.complaint)["clocks"]]
    assert "iso10002-default/progress/1" not in case
    assert "Deadline met: Progress report" in words(kim.page())


def test_what_can_be_chosen_is_what_the_rule_would_take(kim: CaseDesk) -> None:
    assert options_of(kim.form("close"), "close-reason") == ["", "abusive", "unidentifiable"]
    assert options_of(kim.form("escalate"), "escalate-to") == ["", "2"]
    assert options_of(kim.form("assign"), "assign-to")[:2] == ["", "Kim"]
    assert "acknowledge" not in linked(kim.page())
    redact = kim.form("redact")
    assert options_of(redact, "redact-message") == ["", "1"]
    assert "1: Complaint received: by the form on a website, " in words(redact)


def test_an_agent_cannot_choose_what_only_a_reviewer_may(local_run: LocalRun) -> None:
    page = CaseDesk(local_run, complain(local_run), "Case-agent", "agent").page()
    assert not {"extend", "redact"} & linked(page)
    assert "close" in linked(page)


def test_a_second_press_is_the_same_note(kim: CaseDesk) -> None:
    page = kim.page()
    assert [kim.send("note", page, text="Once.").status for _ in range(2)] == [303, 303]
    assert words(kim.page()).count("Once.") == 1


def test_times_are_those_of_the_site(local_run: LocalRun) -> None:
    complaint = complain(local_run, complainant={"post": "1 Rain Street"})
    kim = CaseDesk(local_run, complaint)
    received = reviewer(kim).case(complaint)["received_at"]
    later = kim.send("posted", letter="000001.1", at="2020-01-01T10:00")
    assert "Enter a time after the complaint was received." in words(later)
    assert received.endswith("+03:00")
    assert attributes_of(later, "posted-at")["value"] == "2020-01-01T10:00"


def test_the_audit_says_who_did_what_and_that_the_chain_verifies(kim: CaseDesk) -> None:
    reviewer(kim).does(kim.complaint, "note", {"text": "A secret."})
    page = kim.page("/audit")
    assert "The audit trail is intact" in words(page)
    assert re.search(r"1 \w+day .*? Complainant Complaint received: by the form on a website", words(page))
    assert "Kim Note" in words(page)
    assert "A secret." not in page.text
    assert "committed:" not in page.text


def test_letters_stand_with_what_became_of_them_and_can_be_printed(kim: CaseDesk) -> None:
    page = kim.page("/letters")
    assert "Letters are shown as they would read today." in words(page), "what was sent may differ"
    assert re.search(r"acknowledgement the complainant \w+day .*? sent", words(page))
    printed = kim.page("/letters/000001.1")
    assert kim.complaint.access not in printed.text
    assert kim.desk.get(f"{kim.path}/letters/999999.9").status == 404


@pytest.mark.parametrize("below", ["", "/audit", "/letters", "/letters/000001.1", "/files/x"])
def test_a_case_of_another_site_is_not_there(kim: CaseDesk, below: str) -> None:
    name = f"Stranger-{uuid.uuid4().hex}"
    stranger = CaseDesk(kim.run, kim.complaint, name)
    stranger.page()
    settings_service = Staff(kim.run, "Case-admin", "admin")
    member = settings_service.call("GET", f"/settings/member/{name}").json
    settings_service.call(
        "POST",
        f"/settings/member/{name}/commands/change",
        {"sites": [], "reason": "Moved."},
        If_Match=f'"{member["version"]}"',
    )
    assert stranger.desk.get(f"{stranger.path}{below}").status in (403, 404)


@pytest.mark.parametrize("language", ["ar", "de", "es", "fr", "tr"])
def test_the_page_speaks_every_language(kim: CaseDesk, language: str) -> None:
    for below in ("", "/audit", "/letters"):
        page = kim.page(f"{below}?lang={language}")
        assert f'<html lang="{language}"' in page.text
        assert "The complainant" not in words(page)


def test_cases_that_belong_together_lead_to_each_other(kim: CaseDesk) -> None:
    other = complain(kim.run)
    answer = kim.does("link", to=other.reference, relation="same_cause")
    assert f"Linked to {other.reference}: the same cause" in answer
    assert f"/desk/cases/{other.reference}" in Reading(kim.page().text).links
    assert f"/desk/cases/{kim.complaint.reference}" in Reading(CaseDesk(kim.run, other).page().text).links


def test_a_case_that_became_part_of_another_is_shown_there(local_run: LocalRun) -> None:
    same = {"complainant": {"name": "Ada Yılmaz", "email": "ada-twice@example.org"}}
    whole, part = (
        complain(local_run, **same, description=text) for text in ("The lamp broke.", "And the shade.")
    )
    answer = CaseDesk(local_run, part).does("merge", into=whole.reference, reason="The same parcel.")
    assert f"This case goes on as part of {whole.reference}." in answer
    page = CaseDesk(local_run, whole).page()
    assert re.search(f"in case {part.reference} Complaint received: .*? And the shade.", words(page))
    assert f"/desk/cases/{part.reference}" in Reading(page.text).links


def test_a_file_is_named_and_leads_to_its_download(kim: CaseDesk) -> None:
    file = add(kim.complaint, name="<b>lamp</b>.png")
    page = kim.page()
    assert "<b>lamp</b>.png" in words(page)
    address = f"{kim.path}/files/{file['id']}"
    assert address in Reading(page.text).links
    got = kim.desk.get(address)
    assert got.status == 303
    assert got.headers["Referrer-Policy"] == "no-referrer"
    assert kim.desk.get(f"{kim.path}/files/none").status == 404


def test_pictures_stand_below_the_words_and_come_from_where_files_are_kept(kim: CaseDesk) -> None:
    file = add(kim.complaint)
    page = kim.page()
    [picture] = [attributes for tag, attributes in Reading(page.text).elements if tag == "img"]
    source = urlsplit(picture["src"] or "")
    assert f"img-src {source.scheme}://{source.netloc} " in page.headers["Content-Security-Policy"]
    assert request(source.geturl(), "GET").status == 200
    assert (picture["width"], picture["height"]) == ("136", "102")
    assert f"{kim.path}/files/{file['id']}/preview" in Reading(page.text).links


def test_a_case_whose_letter_waits_to_be_posted_can_be_taken_first(local_run: LocalRun) -> None:
    kim = CaseDesk(local_run, complain(local_run, complainant={"name": "Grace", "post": "1 Fair Street"}))
    page = kim.page()
    assert "Nobody is assigned to this case Take it" in words(page)
    assert "posted" in linked(page)
    taken = kim.desk.get(kim.send("assign", to="Kim").headers["Location"])
    assert "posted" in verbs(taken)
