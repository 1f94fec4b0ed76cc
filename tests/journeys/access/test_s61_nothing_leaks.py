"""Abuse case 61: whatever a complainant is shown or sent says nothing that is the desk's or another's."""

import json
from collections.abc import Iterator
from typing import Any

import pytest

from tests.http import Answer
from tests.journeys.steps import FINDING, SCALES, Complaint, Staff, complain
from tests.local_run import LocalRun

INTERNAL, ANOTHERS = "walrus", "ocelot"
AGENT, REVIEWER, OTHER = "Ebruxa", "Vedatxa", "Nilxa"
DEAR = {"kind": "refund", "amount": "5000", "currency": "EUR"}


def said(**more: Any) -> dict[str, Any]:
    """A body with an internal word in it."""
    return {"note": f"{INTERNAL}: for us"} | more


def reason(**more: Any) -> dict[str, Any]:
    return {"reason": f"{INTERNAL}: because"} | more


@pytest.fixture(params=["en", "tr"])
def complaint(request: pytest.FixtureRequest, local_run: LocalRun) -> Complaint:
    """A case with an internal word wherever one can be written, linked to a case of somebody else."""
    agent, reviewer = Staff(local_run, AGENT), Staff(local_run, REVIEWER, "reviewer")
    other = anothers(local_run)
    complaint = complain(local_run, language=request.param)
    for verb, body in (
        ("assign", said(to=AGENT)),
        ("assess", said(**SCALES | {"severity": 3, "safety": 0})),
        ("protect", said(**reason(vulnerable=True))),
        ("link", said(**reason(to=other.reference, relation="same_cause"))),
        ("message", said(text="We are on it.")),
        ("ask", said(text="Which one?")),
        ("resume", said(**reason())),
        ("find", said(**FINDING | {"finding": f"{INTERNAL}: packed badly"})),
        ("decide", said(outcome="not_upheld", reasons=f"{INTERNAL}: a draft", remedies=[])),
    ):
        agent.does(complaint, verb, body)
    reviewer.does(complaint, "return", said(reasons=f"{INTERNAL}: too hard"))
    Staff(local_run, OTHER).does(complaint, "recuse", said(**reason()))
    agent.does(complaint, "decide", said(outcome="upheld", reasons="You are right.", remedies=[DEAR]))
    reviewer.does(complaint, "approve", said())
    agent.does(complaint, "respond", said())
    complaint.view()
    return complaint


def anothers(run: LocalRun) -> Complaint:
    """A case of somebody else, who wrote a word of their own everywhere."""
    person = {"name": f"{ANOTHERS} name", "email": f"{ANOTHERS}@example.org"}
    words = {name: f"{ANOTHERS} {name}" for name in ("subject", "description", "product", "remedy_sought")}
    other = complain(run, complainant=person, **words)
    other.say("messages", {"text": f"{ANOTHERS} message"})
    return other


def whole(answer: Answer) -> str:
    """All that an answer says, its headers too."""
    return f"{answer.headers}\n{answer.text}"


def shown(complaint: Complaint) -> Iterator[str]:
    """Every address that opens with the complainant's link."""
    page = complaint.receipt["status_url"].removeprefix(complaint.run.url)
    yield from (whole(complaint.call("GET", what)) for what in ("", "/messages", "/data"))
    yield from (whole(complaint.run.open_link(f"{page}&lang={language}")) for language in ("en", "tr"))


def refused(complaint: Complaint) -> Iterator[str]:
    """What those are told whom we refuse: with the wrong body, at the wrong moment, or for nothing."""
    for what in ("messages", "answer", "withdrawal", "attachments", "convert"):
        for body in ({}, {"reason": 1, "text": 1}, b"{"):
            yield whole(complaint.call("POST", f"/{what}", body))
    yield whole(complaint.call("GET", "/attachments/1"))
    yield whole(complaint.call("GET", "/messages?cursor=x"))
    yield whole(complaint.call("GET", Authorization="Bearer x"))
    yield whole(complaint.run.call("GET", f"/status/{complaint.reference}?t=x"))


def told(complaint: Complaint) -> list[str]:
    """What is none of the complainant's business."""
    case = Staff(complaint.run, "Sam", "auditor").case(complaint)
    return [INTERNAL, ANOTHERS, AGENT, REVIEWER, OTHER, case["links"][0]["to"]]


def test_s61_the_desk_sees_all_of_it(complaint: Complaint) -> None:
    seen = json.dumps(Staff(complaint.run, "Sam", "auditor").case(complaint))
    assert seen.count(INTERNAL) >= 18
    assert all(name in seen for name in (AGENT, REVIEWER, OTHER))


def test_s61_no_view_page_letter_or_refusal_says_what_is_not_the_complainants(complaint: Complaint) -> None:
    secrets = told(complaint)
    letters = [json.dumps(letter, ensure_ascii=False) for letter in complaint.letters()]
    answered = json.dumps(complaint.say("answer", {"accepts": False, "reason": "Not enough."}))
    review = json.dumps(complaint.letters()[-1], ensure_ascii=False)
    surfaces = [*shown(complaint), *letters, answered, review, *refused(complaint)]
    assert len(letters) >= 4
    found = {(secret, text) for text in surfaces for secret in secrets if secret.lower() in text.lower()}
    assert found == set()


def test_s61_whoever_asks_the_public_addresses_learns_of_no_case(complaint: Complaint) -> None:
    run = complaint.run
    for path in ("/", "/procedure?site=demo", "/v1/form?site=demo", "/openapi.json", "/health", "/nowhere"):
        text = whole(run.call("GET", path))
        for secret in (*told(complaint), complaint.reference, complaint.email):
            assert secret not in text, path
