"""A lost link is asked for again: the answer is the same whatever is named, and one address gets mail."""

from datetime import timedelta
from typing import Any
from urllib.parse import urlencode

import pytest

from tests.html import Reading
from tests.http import Answer
from tests.journeys.linked_cases.duplicates import merge, twins
from tests.journeys.steps import Complaint, Staff, clock, complain, go_to, keep_midnight_away, settle
from tests.local_run import LocalRun
from tests.mail.test_date_formats import CATALOGUES, every_language

FORM = "application/x-www-form-urlencoded"
UNKNOWN = "C-2ABCD-EFGHJ-R"


def ask(run: LocalRun, reference: str, email: str, **query: str) -> Answer:
    """Sends the form."""
    body = urlencode({"reference": reference, "email": email}).encode()
    return run.call("POST", f"/status?{urlencode(query)}", body, Content_Type=FORM)


def letters(run: LocalRun, to: str = "") -> list[dict[str, Any]]:
    """The mails to an address that hold a link that was lost."""
    return [mail for mail in run.mails(to) if "Here is your link again" in mail["text"]]


@pytest.fixture
def complaint(local_run: LocalRun) -> Complaint:
    return complain(local_run)


def test_the_page_of_a_link_that_opens_nothing_offers_another(complaint: Complaint) -> None:
    run = complaint.run
    lost = Reading(run.call("GET", f"/status/{complaint.reference}").text)
    assert "This link does not open a complaint" in lost.words
    address = [link for link in lost.links if link.startswith("/status?")][-1]
    page = Reading(run.call("GET", address).text)
    assert "Ask for the link to your complaint" in page.words
    assert page.open == []


def test_the_link_comes_again_and_opens_the_page(complaint: Complaint) -> None:
    typed = complaint.reference.lower().replace("-", " ")
    sent = ask(complaint.run, typed, complaint.email.upper())
    assert sent.status == 303
    page = complaint.run.call("GET", sent.headers["Location"])
    assert "its link is on its way" in Reading(page.text).words
    (mail,) = letters(complaint.run, complaint.email)
    assert f"/status/{complaint.reference}?t={complaint.access}" in mail["text"]
    assert f"[{complaint.reference}]" in mail["subject"]


def told(answer: Answer) -> tuple[int, str, list[tuple[str, str]]]:
    """All that an answer says, but for the moment and the number of the request."""
    varying = ("date", "x-request-id")
    headers = [(name.lower(), value) for name, value in answer.headers.items()]
    return answer.status, answer.text, sorted(each for each in headers if each[0] not in varying)


def test_s21_known_and_unknown_are_answered_alike(complaint: Complaint) -> None:
    run = complaint.run
    answers = [
        ask(run, complaint.reference, complaint.email),
        ask(run, complaint.reference, "other@example.org"),
        ask(run, UNKNOWN, complaint.email),
        ask(run, UNKNOWN, "other@example.org"),
    ]
    assert {str(told(answer)) for answer in answers} == {str(told(answers[0]))}
    assert answers[0].headers["Referrer-Policy"] == "no-referrer"


def test_another_address_gets_nothing_and_nobody_else_does(complaint: Complaint) -> None:
    run = complaint.run
    stranger = f"x{complaint.email}"
    ask(run, complaint.reference, stranger)
    ask(run, UNKNOWN, complaint.email)
    assert run.mails(stranger) == []
    assert letters(run, complaint.email) == []


def test_s68_it_is_sent_five_times_a_day_and_the_answer_does_not_say_when_that_is_over(
    complaint: Complaint,
) -> None:
    keep_midnight_away(complaint.run)
    answers = [ask(complaint.run, complaint.reference, complaint.email) for _ in range(7)]
    assert {str(told(answer)) for answer in answers} == {str(told(answers[0]))}
    assert len(letters(complaint.run, complaint.email)) == 5


def test_the_link_of_a_complaint_that_became_part_of_another_comes_too(local_run: LocalRun) -> None:
    source, target = twins(local_run)
    merge(Staff(local_run), source, target)
    ask(local_run, source.reference, source.email)
    (mail,) = letters(local_run, source.email)
    assert f"/status/{source.reference}?t={source.access}" in mail["text"]


def test_by_the_address_alone_the_links_of_all_its_complaints_come(complaint: Complaint) -> None:
    """A7: who lost the mails has no reference either. Mails of others and addresses in texts lead nowhere."""
    run = complaint.run
    other = complain(run, complainant={"name": "N. Okafor", "email": complaint.email.upper()})
    complain(run, description=f"Write to {complaint.email}, they know.")
    assert ask(run, " ", complaint.email).status == 303
    got = [mail for mail in letters(run) if mail["to"].lower() == complaint.email]
    wanted = {f"/status/{each.reference}?t={each.access}" for each in (complaint, other)}
    assert {link for link in wanted if any(link in mail["text"] for mail in got)} == wanted
    assert len(got) == 2
    facts = [fact["fact"] for fact in Staff(run).case(other)["facts"]]
    assert facts.count("LinkAsked") == 1


def test_s21_an_address_that_is_known_and_one_that_is_not_are_answered_alike(complaint: Complaint) -> None:
    answers = [ask(complaint.run, "", each) for each in (complaint.email, f"x{complaint.email}")]
    answers += [ask(complaint.run, complaint.reference, complaint.email)]
    assert {str(told(answer)) for answer in answers} == {str(told(answers[0]))}
    assert complaint.run.mails(f"x{complaint.email}") == []


def test_s68_by_the_address_alone_five_links_are_sent_in_a_day(complaint: Complaint) -> None:
    run = complaint.run
    keep_midnight_away(run)
    other = complain(run, complainant={"name": "N. Okafor", "email": complaint.email})
    answers = []
    for _ in range(4):
        answers.append(ask(run, "", complaint.email))
        settle(run)
    assert {str(told(answer)) for answer in answers} == {str(told(answers[0]))}
    asked = [
        sum(fact["fact"] == "LinkAsked" for fact in Staff(run).case(each)["facts"])
        for each in (complaint, other)
    ]
    assert (sum(asked), len(letters(run, complaint.email))) == (5, 5)


def test_by_the_address_alone_the_latest_five_links_come(local_run: LocalRun) -> None:
    keep_midnight_away(local_run)
    first = complain(local_run)
    person = {"name": "N. Okafor", "email": first.email}
    later = []
    for _ in range(5):
        go_to(local_run, clock(local_run) + timedelta(minutes=1))
        later.append(complain(local_run, complainant=person))
    ask(local_run, "", first.email)
    settle(local_run)
    asked = [
        "LinkAsked" in [fact["fact"] for fact in Staff(local_run).case(each)["facts"]]
        for each in (first, *later)
    ]
    assert asked == [False, *[True] * 5]


def test_by_the_address_alone_what_became_one_comes_once(local_run: LocalRun) -> None:
    source, target = twins(local_run)
    merge(Staff(local_run), source, target)
    ask(local_run, "", source.email)
    (mail,) = letters(local_run, source.email)
    assert f"/status/{target.reference}?t={target.access}" in mail["text"]


def test_by_the_address_alone_no_link_comes_that_was_withdrawn(complaint: Complaint) -> None:
    change = {"change": "withdraw", "reason": "Her brother reads it."}
    Staff(complaint.run).does(complaint, "change_link", change)
    ask(complaint.run, "", complaint.email)
    assert letters(complaint.run, complaint.email) == []


def test_what_is_typed_wrong_is_said_and_kept(complaint: Complaint) -> None:
    got = ask(complaint.run, complaint.reference[:-1] + "?", "nobody")
    page = Reading(got.text)
    fields = {attributes["id"]: attributes for tag, attributes in page.elements if tag == "input"}
    assert got.status == 422
    assert "<title>Error: " in got.text
    assert {"#reference", "#email"} <= set(page.links)
    assert fields["email"]["value"] == "nobody"
    assert fields["email"]["aria-describedby"] == "email-hint email-wrong"
    assert "problem" not in complaint.run.call("GET", "/status").text


def test_s24_opening_the_page_sends_nothing(complaint: Complaint) -> None:
    query = urlencode({"reference": complaint.reference, "email": complaint.email, "done": "asked"})
    complaint.run.call("GET", f"/status?{query}")
    assert letters(complaint.run, complaint.email) == []


@every_language
def test_it_is_asked_for_and_sent_in_every_language(local_run: LocalRun, language: str) -> None:
    page = Reading(local_run.call("GET", f"/status?lang={language}").text)
    assert CATALOGUES.text(language, "pages.link.title") in page.words
    done = Reading(local_run.call("GET", f"/status?lang={language}&done=asked").text)
    assert CATALOGUES.text(language, "pages.link.done") in done.words
