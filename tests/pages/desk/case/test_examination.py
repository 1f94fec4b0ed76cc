"""A case assessed, classified, looked into and decided in one form of its page."""

import pytest

from tests.html import Reading
from tests.http import Answer
from tests.journeys.steps import SCALES, Staff, complain, settle
from tests.local_run import LocalRun
from tests.pages.case_page_client import CaseDesk, attributes_of, words
from tests.pages.desk_client import form_of

USUAL = dict.fromkeys(SCALES, "0") | {"severity": "1", "urgency": "1"}
FOUND = {"finding": "Packed without padding.", "root_cause": "training"}
DECIDED = {"outcome": "upheld", "reasons": "You are right.", "kind_1": "refund", "amount_1": "49.90"}
WHOLE = USUAL | {"category": "delivery.damaged"} | FOUND | DECIDED


@pytest.fixture
def kim(local_run: LocalRun) -> CaseDesk:
    """Somebody who has taken a new case."""
    kim = CaseDesk(local_run, complain(local_run), role="agent", name="Examiner")
    kim.send("assign", to=kim.name)
    return kim


def send(kim: CaseDesk, page: Answer, step: str = "letter", **typed: str) -> Answer:
    hidden, action = form_of(page, "/examination")
    return kim.desk.post(action, [*hidden, *({"currency_1": "EUR"} | typed).items(), ("step", step)])


def facts(kim: CaseDesk) -> list[str]:
    """What people did to the case, by the types of the facts."""
    case = Staff(kim.run).case(kim.complaint)
    return [fact["fact"] for fact in case["facts"] if fact["by"] == kim.name]


def test_one_form_makes_a_fact_of_each_command_and_leads_to_the_letter(kim: CaseDesk) -> None:
    got = send(kim, kim.page(), **WHOLE)
    assert (got.status, got.headers["Location"]) == (303, f"{kim.path}/answer")
    assert "You are right." in kim.follow(got)
    case = Staff(kim.run).case(kim.complaint)
    assert case["assessment"] == {name: int(mark) for name, mark in USUAL.items()}
    assert (case["cause"], case["decision"]["outcome"]) == ("training", "upheld")
    named = ("Assigned", "Assessed", "Classified", "DecisionProposed", "FindingRecorded")
    assert [fact for fact in facts(kim) if fact in named] == list(named)


def test_the_form_explains_each_of_its_fields(kim: CaseDesk) -> None:
    page = words(kim.page())
    for said in (
        "What do these fields mean? Severity Severity is the harm",
        "Urgency How soon it gets worse",
        "What happened, as you found it out: for colleagues and the record.",
        "Outcome Upheld: the person is right.",
        "Remedies What is done to put it right.",
    ):
        assert said in page


def test_the_letter_is_shown_while_somebody_writes_and_before_anything_is_done(kim: CaseDesk) -> None:
    page = kim.page()
    begun = send(kim, page, "live", **(USUAL | {"outcome": "upheld"}))
    assert begun.status == 200
    assert "once the form says what it needs" in words(begun)
    assert "Reasons, as the complainant reads them" in words(begun)
    grave = WHOLE | {"severity": "3"}
    live = send(kim, page, "live", **grave)
    assert "You are right." in words(live)
    assert Reading(live.text).tags[0] == "p"
    assert "no-store" in live.headers["Cache-Control"]
    asked = send(kim, page, "preview", **grave)
    assert "You are right." in words(asked)[words(asked).index("The letter, as the reader gets it") :]
    assert attributes_of(asked, "decide-amount_1")["value"] == "49.90"
    assert facts(kim) == ["Assigned"]
    assert send(kim, asked, **WHOLE).status == 303


def test_nothing_is_done_where_one_field_is_wrong(kim: CaseDesk) -> None:
    typed = WHOLE | {"outcome": "", "amount_1": "much"}
    got = send(kim, kim.page(), **typed)
    assert got.status == 422
    assert facts(kim) == ["Assigned"]
    assert {"#decide-outcome", "#decide-amount_1"} <= set(Reading(got.text).links)
    assert attributes_of(got, "decide-amount_1")["value"] == "much"
    assert "Packed without padding." in words(got)
    mended = send(kim, got, **WHOLE)
    assert mended.status == 303


def test_who_asks_for_the_letter_is_asked_for_the_decision_and_nothing_is_done(kim: CaseDesk) -> None:
    got = send(kim, kim.page(), **(USUAL | {"outcome": ""}))
    assert got.status == 422
    assert {"#decide-outcome", "#decide-reasons"} <= set(Reading(got.text).links)
    assert facts(kim) == ["Assigned"]


def test_it_is_said_what_was_done_before_a_command_was_refused(kim: CaseDesk) -> None:
    page = kim.page()
    typed = WHOLE | {"category": "no.such"}
    got = send(kim, page, **typed)
    assert got.status == 422
    assert "Done: Assess the case. Not done: Classify the case." in words(got)
    assert "You are right." in words(got)
    assert "severity" not in dict(form_fields(got))
    assert send(kim, got, **(FOUND | DECIDED)).status == 303
    assert facts(kim).count("Assessed") == 1


def form_fields(page: Answer) -> list[tuple[str, str]]:
    """The names of the inputs of a page, each with its type."""
    return [
        (attributes.get("name") or "", attributes.get("type") or "")
        for tag, attributes in Reading(page.text).elements
        if tag in ("input", "select", "textarea")
    ]


def test_a_stale_form_says_what_changed_and_keeps_every_word(kim: CaseDesk) -> None:
    page = kim.page()
    Staff(kim.run).does(kim.complaint, "note", {"text": "She rang."})
    got = send(kim, page, **WHOLE)
    assert got.status == 412
    text = words(got)
    assert text.index("What changed in the meantime") < text.index("She rang.")
    assert "You are right." in text
    assert send(kim, got, **WHOLE).status == 303


def test_a_form_that_is_gone_comes_back_in_labels_with_what_was_typed_alone(kim: CaseDesk) -> None:
    page = kim.page()
    Staff(kim.run).does(kim.complaint, "withdraw", {"note": "Told us by telephone."})
    got = send(
        kim, page, **(WHOLE | {"category": "product.defective", "currency_2": "EUR", "currency_3": "EUR"})
    )
    kept = words(got).partition("Copy what you still need. ")[2].partition(kim.complaint.reference)[0]
    for said in (
        "Classify the case Category Does not work Decide",
        "Outcome Upheld Reasons, as the complainant reads them You are right.",
        "Remedy Refund Amount 49.90 Currency EUR",
        "Packed without padding. Cause of it Lack of training",
    ):
        assert said in kept, kept
    assert kept.count("EUR") == 1, "what stood there already was not typed"
    assert [code for code in ("upheld", "refund", "product.defective") if code in kept] == []
    assert "Severity" not in kept, "what is usual was not typed"


def test_a_second_press_is_the_same_and_what_is_not_decided_yet_is_kept(kim: CaseDesk) -> None:
    page = kim.page()
    assert [send(kim, page, "save", **(USUAL | FOUND)).status for _ in range(2)] == [303, 303]
    assert (facts(kim).count("Assessed"), facts(kim).count("FindingRecorded")) == (1, 1)
    again = kim.page()
    assert {"severity", "finding"}.isdisjoint(dict(form_fields(again)))
    assert send(kim, again, **DECIDED).headers["Location"] == f"{kim.path}/answer"


def test_a_decision_for_a_second_person_stays_at_the_case(kim: CaseDesk) -> None:
    got = send(kim, kim.page(), **(WHOLE | {"severity": "3"}))
    assert "Waiting for approval by a reviewer" in kim.follow(got)


def test_a_complaint_of_several_points_is_answered_and_decided_in_the_same_form(kim: CaseDesk) -> None:
    deniz = Staff(kim.run)
    for text in ("Two cups are broken.", "The parcel came late."):
        deniz.does(kim.complaint, "point", {"text": text})
    cups = {"outcome": "upheld", "reasons": "Not padded.", "kind_1": "refund", "amount_1": "9.90"}
    late = {"outcome": "not_upheld", "reasons": "It came in time."}
    found = {"find-1-finding": "No padding.", "find-1-root_cause": "training"}
    points = {
        **{f"answer_point-1-{name}": value for name, value in (cups | {"currency_1": "EUR"}).items()},
        **{f"answer_point-2-{name}": value for name, value in late.items()},
    }
    whole = USUAL | found | points | {"outcome": "partly_upheld", "reasons": "One of two."}
    page = kim.page()
    assert "Two cups are broken." in words(page)
    live = words(send(kim, page, "live", **whole))
    assert live.index("Not padded.") < live.index("It came in time.")
    wrong = send(kim, page, **(whole | {"answer_point-1-amount_1": "much"}))
    assert (wrong.status, facts(kim)) == (422, ["Assigned"])
    assert "#answer_point-1-amount_1" in Reading(wrong.text).links
    assert attributes_of(wrong, "answer_point-1-amount_1")["value"] == "much"
    got = send(kim, wrong, **whole)
    assert (got.status, got.headers["Location"]) == (303, f"{kim.path}/answer")
    answers = Staff(kim.run).case(kim.complaint)["points"]
    assert [each["outcome"] for each in answers] == ["upheld", "not_upheld"]
    answered = ["FindingRecorded", "PointAnswered", "PointAnswered", "DecisionProposed"]
    assert [fact for fact in facts(kim) if fact in answered] == answered


def test_it_is_there_for_who_looks_after_the_case_and_for_nobody_else(kim: CaseDesk) -> None:
    other = CaseDesk(kim.run, kim.complaint, "Other-examiner", "agent")
    assert "/examination" in kim.page().text
    assert "/examination" not in other.page().text


def test_whoever_approves_reads_outcome_money_and_reasons_before_the_button(kim: CaseDesk) -> None:
    send(kim, kim.page(), **(WHOLE | {"severity": "3"}))
    other = CaseDesk(kim.run, kim.complaint, "Second-person", "reviewer")
    other_staff = Staff(kim.run, other.name, other.role)
    for number in range(30):
        other_staff.does(kim.complaint, "note", {"text": f"Note {number}."})
    text = words(other.page())
    step = text[text.index("A decision is waiting for your approval.") :]
    order = ["Upheld, €49.90", "it is grave", "You are right.", "Refund: €49.90", "Approve the decision"]
    assert [step.index(each) for each in order] == sorted(step.index(each) for each in order)
    assert "very serious, cannot be repaired" in step
    returned = other.send("return", reasons="Say why.")
    assert returned.status == 303


def test_a_decision_is_approved_and_sent_in_one_press_by_whoever_sees_its_letter(kim: CaseDesk) -> None:
    send(kim, kim.page(), **(WHOLE | {"severity": "3"}))
    other = CaseDesk(kim.run, kim.complaint, "Second-person", "reviewer")
    assert "/approval" not in kim.page().text
    page = other.page()
    text = words(page)
    letter = text[text.index("The letter, as the reader gets it") :]
    assert kim.complaint.email in letter
    assert "You are right." in letter[: letter.index("A decision is waiting for your approval.")]
    hidden, action = form_of(page, "/approval")
    stale = other.desk.post(action, [*hidden[:-1], ("version", "1"), ("step", "next")])
    assert (stale.status, "Somebody else changed this first." in words(stale)) == (412, True)
    sent = [other.desk.post(action, [*hidden, ("step", "next")]) for _ in range(2)]
    assert {(each.status, "/next?done=respond" in each.headers["Location"]) for each in sent} == {(303, True)}
    case = Staff(kim.run).case(kim.complaint)
    done = [fact["fact"] for fact in case["facts"] if fact["by"] == other.name]
    assert done == ["DecisionApproved", "ResponseIssued"]
    settle(kim.run)
    assert sum("You are right." in mail["text"] for mail in kim.complaint.letters()) == 1
