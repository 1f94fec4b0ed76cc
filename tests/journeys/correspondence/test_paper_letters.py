"""A complaint on the telephone, of a person without mail: taken down, and answered by letters on paper."""

from datetime import timedelta
from typing import Any

import pytest

from tests.html import Reading
from tests.http import Answer
from tests.journeys.steps import Complaint, Staff, clock, form, moment, settle
from tests.local_run import LocalRun

PERSON = {"name": "Ada Yılmaz", "phone": "+90 555 000 00 00", "post": "1 Rain Street\nIzmir"}
in_each_language = pytest.mark.parametrize("language", ["en", "tr"], ids=["English", "Turkish"])


@pytest.fixture
def kim(local_run: LocalRun) -> Staff:
    return Staff(local_run, "Kim")


def told(run: LocalRun, **changes: Any) -> dict[str, Any]:
    """What somebody said on the telephone two days ago."""
    two_days_ago = (clock(run) - timedelta(days=2)).isoformat(timespec="seconds")
    usual = {"channel": "telephone", "received_at": two_days_ago, "complainant": PERSON}
    return form(**usual | changes)


def take_down(staff: Staff, body: dict[str, Any], key: str = "call-1") -> Answer:
    return staff.call("POST", "/complaints", body, Idempotency_Key=key)


def taken_down(staff: Staff, key: str, **changes: Any) -> Complaint:
    got = take_down(staff, told(staff.run, **changes), key)
    assert got.status == 201, got.text
    settle(staff.run)
    return Complaint(staff.run, "", got.json)


def letters(staff: Staff, complaint: Complaint) -> list[dict[str, Any]]:
    """The letters to the complainant, as the desk lists them."""
    found = staff.call("GET", f"/complaints/{complaint.reference}/letters").json["items"]
    return [letter for letter in found if letter["to"] == "complainant"]


def printed(staff: Staff, complaint: Complaint, letter: dict[str, Any]) -> Answer:
    return staff.call("GET", f"/complaints/{complaint.reference}/letters/{letter['id']}")


def about(complaint: Complaint) -> int:
    """How many mails name a case, to whomever."""
    return sum(complaint.reference in mail["subject"] + mail["text"] for mail in complaint.run.mails())


def post(staff: Staff, complaint: Complaint) -> dict[str, Any]:
    """Posts the last letter, and records it."""
    letter = letters(staff, complaint)[-1]
    assert letter["state"] == "to_print"
    return staff.does(complaint, "posted", {"letter": letter["id"], "at": clock(staff.run).isoformat()})


@in_each_language
@pytest.mark.iso10002("4 accessibility: paper")
def test_a_person_without_mail_is_answered_on_paper(local_run: LocalRun, kim: Staff, language: str) -> None:
    complaint = taken_down(kim, f"paper-{language}", language=language)
    mails = about(complaint)
    assert complaint.reference in {row["reference"] for row in kim.queue("open") if row["letters_to_post"]}
    assert post(kim, complaint)["stage"] == "acknowledged"
    kim.decides(complaint)
    assert kim.does(complaint, "respond")["stage"] == "investigating"
    assert post(kim, complaint)["stage"] == "responded"
    assert [(letter["kind"], letter["state"]) for letter in letters(kim, complaint)] == [
        ("acknowledgement", "posted"),
        ("resolution", "posted"),
    ]
    page = printed(kim, complaint, letters(kim, complaint)[-1])
    words = Reading(page.text).words
    fields = {"en": "You are right, and we uphold your complaint.", "tr": "şikâyetinizi kabul ettik"}[
        language
    ]
    for expected in (fields, "Ada Yılmaz\n1 Rain Street\nIzmir", complaint.reference, "P.O. Box 1, Istanbul"):
        assert expected in words
    assert about(complaint) == mails
    closed = kim.does(complaint, "close", {"reason": "accepted", "note": "She rang to say so."})
    assert closed["stage"] == "closed"


@pytest.mark.iso10002("4 accessibility: paper")
def test_the_promises_count_from_the_call(kim: Staff) -> None:
    complaint = taken_down(kim, "clocks")
    received = moment(complaint.receipt["received_at"])
    case = kim.case(complaint)
    assert {moment(each["started_at"]) for each in case["clocks"]} == {received}
    assert (case["channel"], moment(case["received_at"])) == ("telephone", received)
    assert case["facts"][0]["by"] == "Kim"
    due = [promise["due"] for promise in complaint.receipt["promises"] if promise["clock"] == "respond"]
    assert moment(due[0]) <= received + timedelta(days=31)


def test_a_printed_letter_keeps_to_the_policy_of_pages_and_is_kept_by_nobody(kim: Staff) -> None:
    complaint = taken_down(kim, "policy")
    page = printed(kim, complaint, letters(kim, complaint)[0])
    assert page.headers["Content-Type"] == "text/html; charset=utf-8"
    assert "style-src 'self'" in page.headers["Content-Security-Policy"]
    assert "unsafe-inline" not in page.headers["Content-Security-Policy"]
    assert (page.headers["Cache-Control"], page.headers["Referrer-Policy"]) == ("no-store", "no-referrer")
    assert "style=" not in page.text


def test_s22_the_access_of_a_complainant_is_never_shown_to_staff(kim: Staff) -> None:
    body = told(kim.run, complainant={"email": "s22@example.org"})
    taken = take_down(kim, body, "s22")
    assert not {"access", "status_url"} & set(taken.json)
    complaint = Complaint(kim.run, "s22@example.org", taken.json)
    link = next(word for word in complaint.letters()[0]["text"].split() if "/status/" in word)
    token = link.partition("?t=")[2]
    assert kim.run.open_link(link).status == 200
    shown = [printed(kim, complaint, letter).text for letter in letters(kim, complaint)]
    shown.append(kim.call("GET", f"/complaints/{complaint.reference}").text)
    shown.append(take_down(kim, body, "s22").text)
    assert shown[0]
    assert [text for text in shown if token in text] == []


def test_the_same_call_taken_down_twice_is_one_complaint(kim: Staff) -> None:
    body = told(kim.run)
    first, again = take_down(kim, body, "twice"), take_down(kim, body, "twice")
    assert again.json == first.json
    assert again.headers["Idempotent-Replayed"] == "true"
    assert first.headers["Location"].endswith(f"/v1/desk/complaints/{first.json['reference']}")
    other = take_down(kim, body | {"description": "Another."}, "twice")
    assert (other.status, other.json["type"]) == (422, "/problems/key-reused")
    elsewhere = take_down(Staff(kim.run, "Lee"), body, "twice")
    assert elsewhere.json["reference"] != first.json["reference"]


@pytest.mark.parametrize(
    ("changes", "pointer"),
    [
        ({"received_at": "2999-01-01T00:00:00+00:00"}, "/received_at"),
        ({"received_at": "2001-01-01T00:00:00+00:00"}, "/received_at"),
        ({"received_at": "2026-01-01T00:00:00"}, "/received_at"),
        ({"received_at": None}, "/received_at"),
        ({"channel": "web"}, "/channel"),
        ({"channel": None}, "/channel"),
        ({"consent": False}, "/consent"),
        ({"complainant": {"name": "Ada"}}, "/complainant/email"),
        ({"site": "elsewhere"}, "/site"),
        ({"proof": "x"}, "/proof"),
        ({"sujbect": "x"}, "/sujbect"),
    ],
)
def test_what_is_taken_down_wrong_is_pointed_at(kim: Staff, changes: dict[str, Any], pointer: str) -> None:
    body = {name: value for name, value in told(kim.run, **changes).items() if value is not None}
    refused = take_down(kim, body, "wrong")
    assert (refused.status, [error["pointer"] for error in refused.json["errors"]]) == (422, [pointer])


def test_who_may_take_a_complaint_down(local_run: LocalRun, kim: Staff) -> None:
    body = told(local_run)
    for role in ("quality", "auditor", "admin"):
        assert take_down(Staff(local_run, f"Q {role}", role), body).status == 403
    assert local_run.call("POST", "/v1/desk/complaints", body, Idempotency_Key="x").status == 401
    assert kim.call("POST", "/complaints", body).json["type"] == "/problems/key-missing"


def test_what_cannot_have_been_posted_is_refused(kim: Staff) -> None:
    complaint = taken_down(kim, "posted")
    letter = letters(kim, complaint)[0]["id"]
    now = clock(kim.run)
    for body, pointer in (
        ({"letter": "000009.1", "at": now.isoformat()}, "/letter"),
        ({"letter": letter, "at": (now + timedelta(days=1)).isoformat()}, "/at"),
        ({"letter": letter, "at": (now - timedelta(days=1)).isoformat()}, "/at"),
    ):
        refused = kim.tries(complaint, "posted", body)
        assert (refused.status, refused.json["errors"][0]["pointer"]) == (422, pointer)
    assert Staff(kim.run, "Q", "quality").tries(complaint, "posted", {}).status == 403


def test_a_letter_that_is_not_there_is_not_found(kim: Staff) -> None:
    complaint = taken_down(kim, "lost")
    for letter in ("000009.1", "x", "000001.1%2F.."):
        assert printed(kim, complaint, {"id": letter}).status == 404
    assert kim.run.call("GET", f"/v1/desk/complaints/{complaint.reference}/letters").status == 401


def test_staff_record_that_a_person_takes_it_back(kim: Staff) -> None:
    complaint = taken_down(kim, "back")
    assert kim.tries(complaint, "withdraw", {}).json["errors"][0]["pointer"] == "/note"
    assert kim.does(complaint, "withdraw", {"note": "She rang: the lamp came."})["stage"] == "withdrawn"
