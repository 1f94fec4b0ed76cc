"""Whoever disagrees is heard again by somebody else, and then told where to go outside."""

import uuid
from typing import NamedTuple

import pytest

from tests.html import Reading
from tests.journeys.settings.administration import Office
from tests.journeys.settings.test_new_site import SITE
from tests.journeys.steps import (
    Complaint,
    Staff,
    clock,
    complain,
    form,
    local_date,
    new_word,
    proof,
    settle,
    submit,
)
from tests.local_run import LocalRun
from tests.pages.desk_client import signed_in

DISAGREES = {"accepts": False, "reason": "I want a new lamp."}
REPLACEMENT = {"kind": "replacement"}


class Told(NamedTuple):
    """What the person reads, in one language."""

    language: str
    review: str
    first_no: str
    last_no: str
    referral: str


ENGLISH = Told(
    "en",
    "Your complaint is being reviewed",
    "A colleague who had no part in this decision will then look at your complaint again.",
    "an external body that is independent of us",
    "An external body can look at your complaint",
)
TURKISH = Told(
    "tr",
    "Şikâyetiniz yeniden değerlendiriliyor",
    "bu kararda yer almamış bir çalışma arkadaşımız yeniden değerlendirir",
    "bizden bağımsız bir kuruluşa",
    "Kurum dışı bir kuruluş şikâyetinizi inceleyebilir",
)
in_each_language = pytest.mark.parametrize("told", [ENGLISH, TURKISH], ids=["English", "Turkish"])


def refused(deniz: Staff, language: str = "en") -> Complaint:
    """A complaint that was decided against the person, who does not agree."""
    complaint = complain(deniz.run, language=language)
    deniz.decides(complaint)
    deniz.answers(complaint, outcome="not_upheld")
    complaint.say("answer", DISAGREES)
    return complaint


@in_each_language
def test_a_refused_decision_is_overturned_by_somebody_else(deniz: Staff, robin: Staff, told: Told) -> None:
    complaint = refused(deniz, told.language)
    view = complaint.view()
    assert (view["stage"], view["level"], view["decision"]["outcome"]) == ("assessed", 2, "not_upheld")
    barred = deniz.case(complaint)["allowed_commands"]
    assert not {"decide", "assess", "respond", "escalate"} & set(barred)
    assert deniz.tries(complaint, "decide").status == 422
    decision = {"outcome": "upheld", "reasons": "You are right.", "remedies": []}
    late = deniz.tries(complaint, "decide", decision)
    assert (late.status, late.json["rule"]) == (409, "second-person")
    assert robin.answers(complaint, REPLACEMENT)["decision"]["outcome"] == "upheld"
    assert complaint.say("answer", {"accepts": True})["stage"] == "closed"
    first, review, second = complaint.letters()[1:4]
    assert told.first_no in " ".join(first["text"].split())
    assert told.review in review["text"]
    assert told.last_no in second["text"]


@in_each_language
def test_what_is_refused_twice_goes_outside_until_that_is_decided(
    deniz: Staff, robin: Staff, told: Told
) -> None:
    complaint = refused(deniz, told.language)
    robin.answers(complaint, outcome="not_upheld")
    view = complaint.say("answer", DISAGREES)
    assert (view["stage"], view["level"]) == ("referred", 3)
    referral = complaint.letters()[-1]
    assert told.referral in referral["text"]
    for known in ("Demo Ombudsman", "1 Fair Street, Istanbul", "https://ombudsman.example"):
        assert known in referral["text"]
    case = robin.case(complaint)
    assert (case["external_body"], case["due"]) == ("Demo Ombudsman", None)
    outcome = {"event": "external_decided", "at": clock(robin.run).isoformat(), "evidence": "Upheld in part."}
    closed = robin.does(complaint, "record", outcome)
    assert (closed["stage"], closed["ended_because"]) == ("closed", "external_decided")


def test_a_review_is_open_to_reviewers_and_given_to_nobody_who_decided(deniz: Staff, robin: Staff) -> None:
    complaint = refused(deniz)
    case = robin.case(complaint)
    assert (case["assignee"], case["has_news"]) == (None, True)
    assert [clock["clock"] for clock in case["clocks"] if clock["id"].endswith("review_respond/1")]
    kim = Staff(robin.run, "Kim")
    assert "decide" not in kim.case(complaint)["allowed_commands"]
    wrong = robin.tries(complaint, "assign", {"to": "Deniz"})
    assert (wrong.status, wrong.json["errors"][0]["pointer"]) == (422, "/to")
    assert robin.does(complaint, "assign", {"to": "Kim"})["assignee"] == "Kim"


def test_staff_take_a_complaint_to_review_on_the_persons_word(deniz: Staff, robin: Staff) -> None:
    complaint = complain(deniz.run)
    deniz.decides(complaint)
    deniz.answers(complaint, outcome="not_upheld")
    taken = deniz.does(complaint, "escalate", {"to": 2, "reason": "She rang and does not agree."})
    assert (taken["level"], taken["stage"]) == (2, "assessed")
    assert deniz.tries(complaint, "escalate", {"to": 3, "reason": "At once."}).status == 409
    assert robin.does(complaint, "escalate", {"to": 3, "reason": "She asks for it."})["stage"] == "referred"


@pytest.mark.iso10002("4 objectivity: interest")
def test_a_conflict_of_interest_bars_from_the_case(local_run: LocalRun) -> None:
    kim, lee = Staff(local_run, "Kim"), Staff(local_run, "Lee")
    complaint = complain(local_run)
    kim.does(complaint, "assign", {"to": "Kim"})
    barred = kim.does(complaint, "recuse", {"reason": "The courier is my brother."})
    assert (barred["assignee"], "assess" in barred["allowed_commands"]) == (None, False)
    assert kim.tries(complaint, "assess", {}).status == 422
    assert lee.tries(complaint, "assign", {"to": "Kim"}).status == 422
    assert lee.decides(complaint)["stage"] == "investigating"


def test_what_is_abusive_is_closed_by_two_people(local_run: LocalRun) -> None:
    kim, lee = Staff(local_run, "Kim"), Staff(local_run, "Lee")
    complaint = complain(local_run)
    proposed = kim.does(complaint, "close", {"reason": "abusive"})
    assert (proposed["stage"], proposed["closing"]["by"]) == ("acknowledged", "Kim")
    alone = kim.tries(complaint, "close", {"reason": "abusive"})
    assert (alone.status, alone.json["rule"]) == (409, "second-person")
    closed = lee.does(complaint, "close", {"reason": "abusive"})
    assert (closed["stage"], closed["ended_because"]) == ("closed", "abusive")


def read_by_the_person(complaint: Complaint) -> str:
    """The words of the status page."""
    return Reading(complaint.run.open_link(f"/status/{complaint.reference}?t={complaint.access}").text).words


def test_an_award_from_outside_is_owed_told_and_found_by_the_number_of_the_body(
    deniz: Staff, robin: Staff
) -> None:
    complaint = refused(deniz)
    robin.answers(complaint, outcome="not_upheld")
    complaint.say("answer", DISAGREES)
    today, number = str(local_date(robin.run)), f"DRN-{uuid.uuid4().hex[:10]}"
    taken = {"step": "taken", "on": today, "body_reference": number}
    assert robin.does(complaint, "record_referral", taken)["referral"]["step"] == "taken"
    waiting = read_by_the_person(complaint)
    assert "This body took your complaint up on" in waiting
    assert number in waiting
    award = {"kind": "compensation", "amount": "150.00", "currency": "EUR"}
    decided = {"step": "decided", "on": today, "result": "upheld", "remedies": [award]}
    closed = robin.does(complaint, "record_referral", decided)
    assert (closed["stage"], closed["ended_because"]) == ("closed", "external_decided")
    assert closed["referral"] == {"step": "decided", "on": today, "result": "upheld", "overturned": True}
    settle(robin.run)
    assert "The decision: Upheld." in (told := complaint.letters()[-1]["text"])
    assert "150.00" in told
    known = complaint.view()["referral"]
    assert (known["step"], known["result"], known["body_reference"]) == ("decided", "upheld", number)
    decided_page = read_by_the_person(complaint)
    assert "What we do because of this decision:" in decided_page
    assert "150.00" in decided_page
    data = complaint.call("GET", "/data").json
    assert data["referral"] == known
    assert "referral_decided" in [each["event"] for each in data["happened"]]
    found = robin.call("GET", f"/search?q={number}").json["items"]
    assert [each["reference"] for each in found] == [complaint.reference]
    done = robin.does(complaint, "remedied", {"remedy": "compensation", "done_on": today})
    assert done["redress"]["lines"][-1]["state"] == "done"
    page = signed_in(robin.run, "Robin").get(f"/desk/cases/{complaint.reference}").text
    assert "It differs from our decision." in page


def decided_alone(office: Office, solo: Staff) -> Complaint:
    """Who works at a site decides against the person, who does not agree."""
    site = office.setting("member", solo.name)["record"]["sites"][-1]
    body = form(site=site, language="en") | {"proof": proof(office.run, site)}
    complaint = Complaint(office.run, body["complainant"]["email"], submit(office.run, body).json)
    solo.decides(complaint)
    solo.answers(complaint, outcome="not_upheld")
    complaint.say("answer", {"accepts": False})
    settle(office.run)
    return complaint


def test_who_works_alone_ends_a_case_and_says_why_nobody_reviews_it(local_run: LocalRun) -> None:
    sam = Office(local_run)
    solo = Staff(local_run, sam.adds("agent", "reviewer", "admin", sites=("demo",)).name, "reviewer")
    office = Office(local_run, solo.name)
    assert office.tries("site", new_word(), SITE, verb="add", If_Match='"0"').status == 200
    complaint = decided_alone(office, solo)
    address = f"/desk/cases/{complaint.reference}"
    page = Reading(signed_in(local_run, solo.name).get(address).text).words
    assert "Nobody here is left to review it who had no part in the decision." in page
    closed = solo.does(complaint, "close", {"reason": "refused", "note": "I work here alone."})
    assert (closed["stage"], closed["ended_because"]) == ("closed", "refused")
    complaint.view()
    letter = complaint.letters()[-1]["text"]
    for told in (letter, read_by_the_person(complaint)):
        assert "Everybody here who could look at it again had a part in it" in told
    assert "for example to a court" in letter


def test_who_must_not_review_is_told_who_may(local_run: LocalRun) -> None:
    """Whoever added a site works there too: its one agent may not know."""
    office = Office(local_run)
    key = new_word()
    assert office.tries("site", key, SITE, verb="add", If_Match='"0"').status == 200
    solo = office.adds("agent", "reviewer", sites=(key,))
    complaint = decided_alone(office, solo)
    local_run.call("POST", "/_local/clock", {"advance": "PT1M"})
    page = Reading(signed_in(local_run, solo.name).get(f"/desk/cases/{complaint.reference}").text).words
    assert "Somebody who had no part in the decision reviews it: Sam." in page
