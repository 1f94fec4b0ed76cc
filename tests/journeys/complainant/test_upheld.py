"""A complaint that is right: taken, looked into, put right, told, accepted and closed."""

from typing import NamedTuple

import pytest

from tests.journeys.steps import Staff, complain, facts_in
from tests.local_run import LocalRun

REFUND = {"kind": "refund", "amount": "49.90", "currency": "EUR"}


class Told(NamedTuple):
    """What the person reads, in one language."""

    language: str
    received: str
    upheld: str
    refund: str
    why: str
    closing: str


ENGLISH = Told(
    "en",
    "We have received your complaint",
    "we uphold your complaint",
    "Refund: €49.90",
    "30 calendar days",
    "We are closing your complaint",
)
TURKISH = Told(
    "tr",
    "Şikâyetiniz bize ulaştı",
    "şikâyetinizi kabul ettik",
    "€49,90",
    "30 takvim günü",
    "Şikâyetinizi kapatıyoruz",
)
in_each_language = pytest.mark.parametrize("told", [ENGLISH, TURKISH], ids=["English", "Turkish"])


@in_each_language
@pytest.mark.iso10002("6.3 activities: steps")
def test_an_upheld_complaint_is_put_right_and_closed(local_run: LocalRun, told: Told) -> None:
    deniz = Staff(local_run)
    complaint = complain(local_run, language=told.language)
    assert complaint.promise()["why"] == told.why
    deniz.does(complaint, "assign", {"to": "Deniz"})
    deniz.decides(complaint, REFUND)
    assert complaint.view()["decision"] is None
    deniz.does(complaint, "respond")
    view = complaint.view()
    assert (view["stage"], view["decision"]["outcome"]) == ("responded", "upheld")
    assert view["decision"]["remedies"] == [REFUND]
    assert view["decision"]["reasons"] == "You are right."
    assert {"answer", "add", "withdraw"} <= {step["action"] for step in view["next_steps"]}
    closed = complaint.say("answer", {"accepts": True})
    assert (closed["stage"], closed["next_steps"][0]["action"]) == ("closed", "add")
    acknowledgement, resolution, closing = complaint.letters()
    assert told.received in acknowledgement["text"]
    assert told.upheld in resolution["text"]
    assert "A new lamp." in resolution["text"]
    assert told.refund in resolution["text"]
    assert told.closing in closing["text"]
    assert told.refund in closing["text"]


@in_each_language
@pytest.mark.iso10002("4 responsiveness: acknowledged")
def test_the_promises_are_kept_once_the_letters_are_out(local_run: LocalRun, told: Told) -> None:
    deniz = Staff(local_run)
    complaint = complain(local_run, language=told.language)
    assert complaint.promise("acknowledge")["kept"]
    deniz.decides(complaint)
    deniz.does(complaint, "respond")
    assert complaint.promise("respond")["kept"]


@pytest.mark.iso10002("8.1 collection of information: record")
def test_the_whole_record_verifies(local_run: LocalRun) -> None:
    deniz = Staff(local_run)
    complaint = complain(local_run)
    deniz.decides(complaint, REFUND)
    deniz.does(complaint, "respond")
    complaint.view()
    complaint.say("answer", {"accepts": True})
    audit = Staff(local_run, "Sam", "auditor").call("GET", f"/complaints/{complaint.reference}/audit").json
    assert (audit["verifies"], audit["flaws"]) == (True, [])
    facts = [fact["fact"] for fact in facts_in(audit)]
    story = (
        "Received Acknowledged Assessed FindingRecorded DecisionProposed "
        "ResponseIssued Responded DecisionAccepted Closed"
    )
    assert [name for name in facts if name in story.split()] == story.split()


def test_staff_close_what_was_accepted_on_the_telephone(local_run: LocalRun) -> None:
    deniz = Staff(local_run)
    complaint = complain(local_run)
    deniz.decides(complaint)
    deniz.does(complaint, "respond")
    complaint.view()
    assert deniz.does(complaint, "close", {"reason": "accepted"})["stage"] == "closed"
    assert deniz.tries(complaint, "close", {"reason": "accepted"}).status == 409


@pytest.mark.iso10002("7.8 communicating the decision: telephone")
def test_a_response_on_the_telephone_sends_no_letter(local_run: LocalRun) -> None:
    deniz = Staff(local_run)
    complaint = complain(local_run, complainant={"name": "Ada", "phone": "+90 555 000 00 00"})
    now = local_run.call("GET", "/_local/clock").json["now"]
    deniz.does(complaint, "acknowledge", {"by": "telephone", "at": now})
    deniz.decides(complaint)
    assert deniz.tries(complaint, "respond", {"by": "mail"}).json["rule"] == "no-way-to-reach"
    now = local_run.call("GET", "/_local/clock").json["now"]
    case = deniz.does(complaint, "respond", {"by": "telephone", "at": now})
    assert case["stage"] == "responded"
    expected = {clock["clock"]: clock["in_time"] for clock in case["clocks"]}
    ours = dict.fromkeys(("acknowledge", "assess", "progress", "respond"), True)
    assert expected == ours | {"complainant_answer": None}
