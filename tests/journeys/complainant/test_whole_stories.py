"""Stories from the first word to the last, in English and Turkish: each ends as it should, and says so."""

from datetime import timedelta
from typing import Any, NamedTuple

import pytest

from tests.html import Reading
from tests.journeys.linked_cases.duplicates import audits, merge, twins
from tests.journeys.settings.administration import pointers
from tests.journeys.steps import FINDING, SCALES, Complaint, Staff, complain, go_to, moment
from tests.local_run import LocalRun

REFUND = {"kind": "refund", "amount": "49.90", "currency": "EUR"}
DANGER = SCALES | {"severity": 3, "safety": 3}


class Words(NamedTuple):
    """What the person reads, in one language."""

    language: str
    upheld: str
    refund: str
    withdrawn: str
    together: str
    page_of_withdrawn: str


ENGLISH = Words(
    "en",
    "we uphold your complaint",
    "Refund: €49.90",
    "You have withdrawn your complaint. So we are closing it.",
    "Your complaints are now handled together",
    "You have withdrawn your complaint.",
)
TURKISH = Words(
    "tr",
    "şikâyetinizi kabul ettik",
    "€49,90",
    "Şikâyetinizi geri çektiniz. Bu nedenle kapatıyoruz.",
    "Şikâyetleriniz artık birlikte ele alınıyor",
    "Şikâyetinizi geri çektiniz.",
)
in_each_language = pytest.mark.parametrize("words", [ENGLISH, TURKISH], ids=["English", "Turkish"])


@pytest.fixture
def kim(moving_run: LocalRun) -> Staff:
    return Staff(moving_run, "Kim")


def last_letter(complaint: Complaint) -> str:
    """The text of the last letter, without its line ends."""
    complaint.view()
    return " ".join(str(complaint.letters()[-1]["text"]).split())


def page(complaint: Complaint, language: str) -> str:
    """What stands on the page that the person's link opens."""
    address = complaint.receipt["status_url"].removeprefix(complaint.run.url)
    return str(Reading(complaint.run.open_link(f"{address}&lang={language}").text).words)


def remedy_clock(case: dict[str, Any]) -> dict[str, Any]:
    return next(dict(each) for each in case["clocks"] if each["clock"] == "remedy")


@in_each_language
def test_a_refund_that_is_made_in_time_keeps_the_promise(kim: Staff, words: Words) -> None:
    complaint = complain(kim.run, language=words.language)
    kim.decides(complaint, REFUND)
    kim.does(complaint, "respond")
    letter = last_letter(complaint)
    assert words.upheld in letter
    assert words.refund in letter
    complaint.say("answer", {"accepts": True})
    due = moment(complaint.promise("remedy")["due"])
    go_to(kim.run, due - timedelta(days=1))
    done_on = (due - timedelta(days=1)).date().isoformat()
    case = kim.does(complaint, "remedied", {"remedy": "refund", "done_on": done_on})
    assert (case["stage"], remedy_clock(case)["in_time"]) == ("closed", True)
    assert complaint.promise("remedy")["kept"]


@in_each_language
def test_who_takes_a_complaint_back_is_told_that_it_ends(kim: Staff, words: Words) -> None:
    complaint = complain(kim.run, language=words.language)
    assert complaint.say("withdrawal", {})["stage"] == "withdrawn"
    assert words.withdrawn in last_letter(complaint)
    assert words.page_of_withdrawn in page(complaint, words.language)
    case = kim.case(complaint)
    assert (case["ended_because"], case["due"]) == ("withdrawn", None)


@in_each_language
def test_a_danger_is_acted_on_at_once_and_decided_by_two(kim: Staff, words: Words) -> None:
    complaint = complain(kim.run, language=words.language, subject="The lamp caught fire")
    assert pointers(kim.tries(complaint, "assess", DANGER)) == ["/immediate_action"]
    acted = {"immediate_action": 3, "note": "The lamp is off sale since this morning."}
    case = kim.does(complaint, "assess", DANGER | acted)
    assert (case["priority"], case["stage"]) == (3, "assessed")
    assert complaint.reference in {row["reference"] for row in kim.queue("open") if row["priority"] == 3}
    decision = {"outcome": "upheld", "reasons": "It is not safe.", "remedies": [REFUND]}
    kim.does(complaint, "decide", decision | FINDING)
    alone = kim.tries(complaint, "respond")
    assert (alone.status, alone.json["rule"]) == (409, "second-person")
    Staff(kim.run, "Robin", "reviewer").does(complaint, "approve")
    kim.does(complaint, "respond")
    letter = last_letter(complaint)
    assert words.upheld in letter
    assert "off sale" not in letter
    assert complaint.say("answer", {"accepts": True})["stage"] == "closed"


@in_each_language
def test_what_was_complained_of_twice_is_answered_once(kim: Staff, words: Words) -> None:
    source, target = twins(kim.run, language=words.language)
    merge(kim, source, target)
    found = last_letter(target)
    assert words.together in found
    assert source.reference in found
    kim.decides(target)
    kim.does(target, "respond")
    assert words.upheld in last_letter(target)
    assert source.say("answer", {"accepts": True})["reference"] == target.reference
    assert (kim.case(target)["stage"], kim.case(source)["ended_because"]) == ("closed", "merged")
    assert audits(kim, source, target)
