"""Everything about me: a complainant takes away all that is held, and nothing that is not theirs."""

import json
from typing import Any
from urllib.parse import urlencode

import pytest

from tests.attachments.steps import add
from tests.html import Reading
from tests.http import Answer
from tests.journeys.duplicates import merge, twins
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
def there(local_run: LocalRun) -> OnThePage:
    """A complaint that was answered, talked about, and accepted."""
    page = OnThePage(local_run, product="Lamp", order_number="4711", taken_elsewhere="A court")
    page.send(page.hidden("add") | {"text": "The lid too."})
    page.decide()
    page.send(page.hidden("answer"))
    settle(local_run)
    return page


def test_it_is_a_file_that_a_browser_keeps_and_nobody_else_does(there: OnThePage) -> None:
    got = taken(there)
    assert got.status == 200
    assert got.headers["Content-Type"] == "application/json; charset=utf-8"
    assert got.headers["Content-Disposition"] == (
        f'attachment; filename="{there.complaint["reference"]}.json"'
    )
    assert (got.headers["Cache-Control"], got.headers["X-Robots-Tag"]) == ("no-store", "noindex")
    assert got.headers["Referrer-Policy"] == "no-referrer"
    assert there.complaint["access"] not in got.text


@pytest.mark.iso10002("7.3 tracking")
def test_it_holds_all_that_was_said_and_done(there: OnThePage) -> None:
    told: dict[str, Any] = taken(there).json
    assert told["complainant"]["email"].endswith("@example.org")
    expected = {
        "description": FORM["description"],
        "product": "Lamp",
        "order_number": "4711",
        "place": None,
        "taken_elsewhere": "A court",
    }
    assert {name: told["complaint"][name] for name in expected} == expected
    assert [message["text"] for message in told["messages"]] == ["The lid too."]
    assert told["decision"]["outcome"] == "upheld"
    assert [each["event"] for each in told["happened"]] == [
        "received",
        "acknowledged",
        "from_you",
        "assessed",
        "responded",
        "accepted",
        "closed",
    ]
    assert {each["clock"]: each.get("kept") for each in told["promises"]}["respond"] is True
    letters = [(each["kind"], each["state"]) for each in told["letters"]]
    assert letters[:2] == [("acknowledgement", "sent"), ("resolution", "sent")]


def test_a_program_gets_the_same_with_the_token_of_the_complaint(there: OnThePage) -> None:
    path = f"/v1/complaints/{there.complaint['reference']}/data"
    got = there.run.call("GET", path, Authorization=f"Bearer {there.complaint['access']}")
    page = taken(there).json
    assert {**got.json, "made_at": page["made_at"]} == page
    assert there.run.call("GET", path).status == 401


def test_s20_it_opens_with_the_token_of_its_own_complaint_only(there: OnThePage) -> None:
    other = complain(there.run)
    fields = there.hidden("data")
    for token in ("", "wrong", other.access):
        sent = urlencode(fields | {"t": token}).encode()
        got = there.run.call("POST", f"{there.path}/data", sent, Content_Type=KIND)
        assert (got.status, "This link does not open a complaint" in got.text) == (404, True)


def test_it_says_what_is_left_out_and_leaves_it_out(there: OnThePage) -> None:
    there.does("note", {"text": "zebra: for us alone"})
    text = taken(there).text
    assert "zebra" not in text
    assert "Kim" not in text
    assert json.loads(text)["left_out"] == CATALOGUES.text("en", "api.data.left_out")


def test_words_that_were_removed_are_not_in_it(there: OnThePage) -> None:
    number = there.run.call(
        "GET",
        f"/v1/complaints/{there.complaint['reference']}",
        Authorization=f"Bearer {there.complaint['access']}",
    ).json["messages"][0]["id"]
    there.does("redact", {"message": number, "reason": "Not to be kept."})
    assert "The lid too." not in taken(there).text


def test_a_complaint_that_became_part_of_another_is_in_it_with_its_files(local_run: LocalRun) -> None:
    source, target = twins(local_run)
    add(source, name="lid.png")
    merge(Staff(local_run), source, target)
    for complaint in (source, target):
        told = taken(Page(local_run, complaint.receipt)).json
        (part,) = told["parts"]
        assert told["reference"] == target.reference
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
    told = taken(Page(local_run, acting.receipt))
    assert told.json["on_behalf_of"]["name"] == "Ayşe Kaya"
    for secret in ("walrus", "ocelot", own.reference, "ayse@example.org", "Deniz"):
        assert secret not in told.text


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
