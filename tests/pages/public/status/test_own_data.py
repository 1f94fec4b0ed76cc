"""Everything about me: a complainant takes away all that is held, and nothing that is not theirs."""

import json
from typing import Any
from urllib.parse import urlencode

import pytest

from tests.attachments.steps import add
from tests.html import Reading
from tests.http import Answer
from tests.journeys.linked_cases.duplicates import merge, twins
from tests.journeys.steps import Complaint, Staff, complain, settle
from tests.local_run import LocalRun
from tests.mail.test_date_formats import CATALOGUES
from tests.pages.page_client import FORM, OnThePage, Page

KIND = "application/x-www-form-urlencoded"


def taken(page: Page, **fields: str) -> Answer:
    """What the button of the page gives."""
    sent = urlencode(page.hidden("data") | fields).encode()
    return page.run.call("POST", f"{page.path}/data", sent, Content_Type=KIND)


@pytest.fixture
def status_page(local_run: LocalRun) -> OnThePage:
    """A complaint that was answered, talked about, and accepted."""
    page = OnThePage(local_run, product="Lamp", order_number="4711", taken_elsewhere="A court")
    page.send(page.hidden("add") | {"text": "The lid too."})
    page.decide()
    page.send(page.hidden("answer"))
    settle(local_run)
    return page


def test_it_is_a_file_that_a_browser_keeps_and_nobody_else_does(status_page: OnThePage) -> None:
    got = taken(status_page)
    assert got.status == 200
    assert got.headers["Content-Type"] == "application/json; charset=utf-8"
    assert got.headers["Content-Disposition"] == (
        f'attachment; filename="{status_page.complaint["reference"]}.json"'
    )
    assert (got.headers["Cache-Control"], got.headers["X-Robots-Tag"]) == ("no-store", "noindex")
    assert got.headers["Referrer-Policy"] == "no-referrer"
    assert status_page.complaint["access"] not in got.text


@pytest.mark.iso10002("7.3 tracking: all")
def test_it_holds_all_that_was_said_and_done(status_page: OnThePage) -> None:
    data: dict[str, Any] = taken(status_page).json
    assert data["complainant"]["email"].endswith("@example.org")
    expected = {
        "description": FORM["description"],
        "product": "Lamp",
        "order_number": "4711",
        "place": None,
        "taken_elsewhere": "A court",
    }
    assert {name: data["complaint"][name] for name in expected} == expected
    assert [message["text"] for message in data["messages"]] == ["The lid too."]
    assert data["decision"]["outcome"] == "upheld"
    assert [each["event"] for each in data["happened"]] == [
        "received",
        "acknowledged",
        "from_you",
        "assessed",
        "responded",
        "accepted",
        "closed",
    ]
    assert {each["clock"]: each.get("kept") for each in data["promises"]}["respond"] is True
    letters = [(each["kind"], each["state"]) for each in data["letters"]]
    assert letters[:2] == [("acknowledgement", "sent"), ("resolution", "sent")]


def test_a_program_gets_the_same_with_the_token_of_the_complaint(status_page: OnThePage) -> None:
    path = f"/v1/complaints/{status_page.complaint['reference']}/data"
    got = status_page.run.call("GET", path, Authorization=f"Bearer {status_page.complaint['access']}")
    page = taken(status_page).json
    assert {**got.json, "made_at": page["made_at"]} == page
    assert status_page.run.call("GET", path).status == 401


def test_s20_it_opens_with_the_token_of_its_own_complaint_only(status_page: OnThePage) -> None:
    other = complain(status_page.run)
    fields = status_page.hidden("data")
    for token in ("", "wrong", other.access):
        sent = urlencode(fields | {"t": token}).encode()
        got = status_page.run.call("POST", f"{status_page.path}/data", sent, Content_Type=KIND)
        assert (got.status, "This link does not open a complaint" in got.text) == (404, True)


def test_it_says_what_is_left_out_and_leaves_it_out(status_page: OnThePage) -> None:
    status_page.does("note", {"text": "zebra: for us alone"})
    text = taken(status_page).text
    assert "zebra" not in text
    assert "Kim" not in text
    assert json.loads(text)["left_out"] == CATALOGUES.text("en", "api.data.left_out")


def test_words_that_were_removed_are_not_in_it(status_page: OnThePage) -> None:
    number = status_page.run.call(
        "GET",
        f"/v1/complaints/{status_page.complaint['reference']}",
        Authorization=f"Bearer {status_page.complaint['access']}",
    ).json["messages"][0]["id"]
    status_page.does("redact", {"message": number, "reason": "Not to be kept."})
    assert "The lid too." not in taken(status_page).text


def test_a_complaint_that_became_part_of_another_is_in_it_with_its_files(local_run: LocalRun) -> None:
    source, target = twins(local_run)
    add(source, name="lid.png")
    merge(Staff(local_run), source, target)
    for complaint in (source, target):
        data = taken(Page(local_run, complaint.receipt)).json
        (part,) = data["parts"]
        assert data["reference"] == target.reference
        assert part["reference"] == source.reference
        assert [file["name"] for file in part["files"]] == ["lid.png"]


def behalf(run: LocalRun) -> Complaint:
    """Somebody complains for another person."""
    return complain(
        run,
        on_behalf_of={"name": "Ayşe Kaya", "relation": "Her daughter", "authority": "She asked me to."},
    )


def test_s62_who_acts_for_somebody_takes_away_what_the_case_shows_and_no_more(local_run: LocalRun) -> None:
    """The person concerned has a complaint of their own, and staff know more: neither is in it."""
    own = complain(
        local_run, complainant={"name": "Ayşe Kaya", "email": "ayse@example.org"}, subject="ocelot"
    )
    acting = behalf(local_run)
    deniz = Staff(local_run)
    deniz.does(acting, "note", {"text": "walrus: she rang us herself"})
    deniz.does(acting, "protect", {"vulnerable": True, "reason": "walrus: in hospital"})
    answer = taken(Page(local_run, acting.receipt))
    assert answer.json["on_behalf_of"]["name"] == "Ayşe Kaya"
    for secret in ("walrus", "ocelot", own.reference, "ayse@example.org", "Deniz"):
        assert secret not in answer.text


def test_s62_who_acts_is_told_for_whom_and_that_the_person_may_ask_and_end_it(local_run: LocalRun) -> None:
    words = " ".join(Reading(Page(local_run, behalf(local_run).receipt).open().text).words.split())
    assert "You complain for Ayşe Kaya. What we write about this complaint comes to you." in words
    assert "may ask us what we hold about them, and may ask us to end this" in words


def test_s62_the_person_concerned_finds_in_the_procedure_how_to_ask_and_to_end_it(
    local_run: LocalRun,
) -> None:
    page = Reading(local_run.call("GET", "/procedure?site=demo&lang=en").text)
    words = " ".join(page.words.split())
    assert "If somebody complains for you" in words
    assert "You may ask us what we hold about you, and ask us to end the complaint." in words
    assert "P.O. Box 1, Istanbul" in words


def test_s62_staff_end_it_by_the_word_of_the_person_concerned(local_run: LocalRun) -> None:
    acting = behalf(local_run)
    Staff(local_run).does(acting, "withdraw", {"note": "She rang: it is to end."})
    assert acting.view()["stage"] == "withdrawn"
