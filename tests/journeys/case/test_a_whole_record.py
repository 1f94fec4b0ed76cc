"""Complaints with all that a record can hold, in English and Turkish, on pages and over the API: every letter
goes to the right person, download and export have all of it, and heads and figures are what the facts say."""

from collections import Counter
from datetime import timedelta
from decimal import Decimal
from typing import Any, NamedTuple
from urllib.parse import urlencode
from uuid import uuid4

import pytest

from tests.html import Reading
from tests.journeys.case.test_tasks import Unit
from tests.journeys.correspondence.test_mail_that_staff_see_to import act, listed, stray
from tests.journeys.reporting.test_case_export import lines_of
from tests.journeys.reporting.test_reports import Query, asks
from tests.journeys.settings.administration import Office
from tests.journeys.steps import SCALES, Complaint, Staff, address, clock, complain, local_date, settle
from tests.local_run import LocalRun
from tests.pages.case_page_client import CaseDesk
from tests.pages.desk_client import FORM_TYPE
from tests.pages.page_client import Page

FIRST = {"kind": "refund", "amount": "99.80", "currency": "EUR"}
MORE = {"kind": "refund", "amount": "20", "currency": "EUR"}
WHY = "As she told us on the telephone."
FINDING = {"finding": "The cord had no sleeve.", "root_cause": "procedure_not_followed"}
SOUGHT = "His money back."
OFFICE = ("team@demo.example", "manager@demo.example")
POINTS: tuple[tuple[dict[str, Any], dict[str, Any]], ...] = (
    (
        {"text": "The cord was bare.", "category": "product.unsafe", "remedy_sought": SOUGHT},
        {"outcome": "upheld", "reasons": "It had no sleeve.", "remedies": [FIRST]},
    ),
    (
        {"text": "The lamp came late.", "category": "delivery.late"},
        {"outcome": "not_upheld", "reasons": "It came on the promised day."},
    ),
    (
        {"text": "Nobody called back."},
        {"outcome": "partly_upheld", "reasons": "We called a day late.", "remedies": [{"kind": "apology"}]},
    ),
)
GROWN = {
    ("received", "product.unsafe"): 1,
    ("closed", "product.unsafe"): 1,
    ("closed", "accepted"): 1,
    ("outcomes", "partly_upheld"): 1,
    ("promised", "refund"): 2,
    ("promised", "apology"): 1,
    ("promised", "EUR"): Decimal("119.80"),
    ("remedied", "EUR"): Decimal("119.80"),
}
"""What one such complaint adds to the reports; of several decisions the first is counted."""


class Words(NamedTuple):
    """What the complainant reads in one language."""

    in_part: str
    point: str
    upheld: str
    total: str


SAID = {
    "en": Words("You are right in part", "Point {}", "we uphold your complaint", "€119.80"),
    "tr": Words("Şikâyetinizi kısmen kabul ettik", "{}. nokta", "şikâyetinizi kabul ettik", "€119,80"),
}


def by_mail(run: LocalRun, deniz: Staff, language: str) -> Complaint:
    """A stray mail without a category becomes a complaint."""
    email = address()
    item = listed(deniz, stray(run, From=f"Ada Yılmaz <{email}>"))
    taken = act(deniz, item, "complaint", {"language": language})
    assert taken.status == 201, taken.text
    settle(run)
    return Complaint(run, email, taken.json | {"access": access_in(run.mails(email)[0]["text"])})


def access_in(text: str) -> str:
    return text.partition("?t=")[2].split()[0]


def decided(complaint: Complaint, by: Staff, approves: Staff, **decision: Any) -> None:
    """A dangerous case: one decides, another approves, and it is told by letter."""
    by.does(complaint, "decide", {"outcome": "upheld", "reasons": "It was not safe."} | decision)
    approves.does(complaint, "approve")
    by.does(complaint, "respond")
    settle(complaint.run)


def moves(person: Complaint, to: str) -> Complaint:
    """The person corrects the address, and confirms it by the letter to it; the same with the new link."""
    person.say("contact", {"email": to})
    settle(person.run)
    token = person.run.mails(to)[-1]["text"].partition("?c=")[2].split()[0]
    confirmed = {"c": token}
    path = f"/status/{person.reference}/address"
    got = person.run.call("POST", path, urlencode(confirmed).encode(), Content_Type=FORM_TYPE)
    assert got.status == 303, got.text
    settle(person.run)
    return Complaint(person.run, to, person.receipt)


def on_the_page(person: Complaint, action: str, **typed: str) -> None:
    """The person sends a form of the page of the complaint."""
    page = Page(person.run, person.receipt)
    got = page.send(page.hidden(action) | typed)
    assert got.status == 303, got.text
    settle(person.run)


def heads_and_figures_are_what_the_facts_say(run: LocalRun) -> None:
    """As `make rebuild CHECK=1` and `make figures CHECK=1` see the table of the run."""
    settle(run)
    assert ", 0 not what their facts say, " in run.maintain("rebuild_heads")
    assert " cases counted, 0 differences, " in run.maintain("recount_figures")


def acts_for_bob(complaint: Complaint, staff: Staff) -> None:
    """A representative whose authority is asked for, and holds once somebody has checked it."""
    bob = {"represented": "Bob Okafor", "relation": "his daughter"}
    staff.does(complaint, "represent", bob | {"authority": "asked"})
    assert not staff.case(complaint)["authority"]["holds"]
    checked = {"authority": "checked", "evidence": "Power of attorney of 2 March."}
    staff.does(complaint, "represent", checked)
    authority = staff.case(complaint)["authority"]
    assert (authority["holds"], authority["by"]) == (True, staff.name)


def answered_point_by_point(complaint: Complaint, staff: Staff) -> None:
    for point, _ in POINTS:
        staff.does(complaint, "point", point)
    staff.does(complaint, "find", FINDING | {"point": "1"})
    for number, (_, answer) in enumerate(POINTS, 1):
        staff.does(complaint, "answer_point", {"point": str(number)} | answer)


def read_in_order(text: str, *expected: str) -> None:
    places = [" ".join(text.split()).find(each) for each in expected]
    assert -1 not in places, expected[places.index(-1)]
    assert places == sorted(places)


def figures(run: LocalRun, period: Query) -> dict[tuple[str, str | None], Decimal]:
    """All that the reports of a period count."""
    settle(run)
    reports = [asks(run, name, period).json for name in ("volume", "timeliness", "redress")]
    lines = [each for report in reports for each in report["figures"]]
    return {(each["figure"], each["value"]): Decimal(each["amount"] or each["count"]) for each in lines}


def downloads_all_of_it(person: Complaint) -> None:
    """The download holds whom the letters go to, both decisions point by point, and all three remedies."""
    data = person.call("GET", "/data").json
    assert data["complainant"]["email"] == person.email
    assert data["on_behalf_of"]["name"] == "Bob Okafor"
    lines = data["redress"]["lines"]
    assert [each["remedy"].get("amount") for each in lines] == ["99.80", None, "20"]
    assert {each["state"] for each in lines} == {"done"}
    first, added = data["decisions"]
    assert [(each["text"], each["outcome"]) for each in first["points"]] == [
        (point["text"], answer["outcome"]) for point, answer in POINTS
    ]
    assert (first["points"][0]["remedy_sought"], added["remedies"]) == (SOUGHT, [MORE])
    happened = [each["event"] for each in data["happened"]]
    assert {"received", "address_confirmed", "responded", "refused", "accepted"} <= set(happened)


def exports_all_of_it(complaint: Complaint) -> None:
    """The export of whole cases has a line for each of it."""
    lines = lines_of(complaint)
    kinds = Counter(line["record"] for line in lines)
    assert (kinds["case"], kinds["point"], kinds["decision"], kinds["remedy"]) == (1, 3, 2, 3)
    (task,) = (line for line in lines if line["record"] == "task")
    assert (task["outside"], task["answer"]) == (True, "The sleeve was left out.")
    assert {line["state"] for line in lines if line["record"] == "remedy"} == {"done"}
    assert [line["finding"] for line in lines if line["record"] == "point"] == [
        "The cord had no sleeve.",
        None,
        None,
    ]


def classified_as_dangerous(complaint: Complaint, agent: Staff) -> str:
    """Staff say what it is about, and the safety contact is told; returned is the address of that."""
    run, contact = complaint.run, address()
    office = Office(run)
    office.does("team", "demo", {"safety": contact})
    classified = {"category": "product.unsafe", "product": "Lamp Z", "tags": "cord", "reason": WHY}
    CaseDesk(run, complaint, agent.name).does("classify", **classified)
    settle(run)
    office.does("team", "demo", {"safety": None})
    (mail,) = run.mails(contact)
    assert mail["subject"] == f"Somebody may be in danger [{complaint.reference}]"
    assert agent.case(complaint)["category"] == "product.unsafe"
    return contact


@pytest.mark.parametrize("language", SAID)
def test_a_mail_about_an_unsafe_product_is_followed_to_the_last_remedy(
    moving_run: LocalRun, language: str
) -> None:
    run, found, now = moving_run, SAID[language], clock(moving_run).date()
    deniz, robin = Staff(run, role="reviewer"), Staff(run, "Robin", "reviewer")
    period = {"from": str(now - timedelta(days=2)), "to": str(now + timedelta(days=2))}
    before = figures(run, period)
    complaint = by_mail(run, deniz, language)
    contact = classified_as_dangerous(complaint, deniz)
    acts_for_bob(complaint, robin)
    deniz.does(complaint, "secure", {"action": "The lamp is off sale."})
    deniz.does(complaint, "assess", SCALES | {"severity": 3, "safety": 3, "immediate_action": 3})

    unit = Unit(run, complaint)
    assert unit.answer(unit.is_asked(), "The sleeve was left out.").status == 303
    answered_point_by_point(complaint, deniz)
    decided(complaint, deniz, robin, outcome="partly_upheld", reasons="Two of three.")
    points = [
        each
        for number, (point, answer) in enumerate(POINTS, 1)
        for each in (found.point.format(number), point["text"], answer["reasons"])
    ]
    read_in_order(complaint.letters()[-1]["text"], found.in_part, *points)
    on_the_page(complaint, "refuse", text="")

    moved = address()
    person = moves(complaint, moved)
    letters = len(complaint.letters())
    ruth, vera = (Staff(run, f"{name}-{uuid4().hex[:6]}", "reviewer") for name in ("Ruth", "Vera"))
    decided(complaint, ruth, vera, remedies=[MORE], earlier_decision="add")
    result = run.mails(moved)
    assert len(complaint.letters()) == letters, "nothing more goes to the former address"
    assert found.upheld in " ".join(result[-1]["text"].split())
    others = {mail["to"] for mail in run.mails() if complaint.reference in mail["subject"] + mail["text"]}
    assert others == {complaint.email, moved, unit.email, contact, *OFFICE}

    person = Complaint(run, moved, complaint.receipt | {"access": access_in(result[-1]["text"])})
    on_the_page(person, "answer")
    assert person.view()["stage"] == "closed"
    today = local_date(run).isoformat()
    for line in ruth.case(complaint)["redress"]["lines"]:
        if line["state"] != "done":
            ruth.does(complaint, "remedied", {"remedy": line["id"], "done_on": today, "how": "Bank transfer"})
    page = Reading(run.open_link(f"/status/{complaint.reference}?t={person.access}").text).words
    assert found.total in page

    downloads_all_of_it(person)
    exports_all_of_it(complaint)
    audit = ruth.call("GET", f"/complaints/{complaint.reference}/audit").json
    assert (audit["verifies"], audit["flaws"]) == (True, [])
    after = figures(run, period)
    assert {key: after[key] - before.get(key, 0) for key in GROWN} == GROWN
    heads_and_figures_are_what_the_facts_say(run)


def test_a_question_that_was_converted_merged_corrected_and_reviewed_is_counted_as_its_facts_say(
    moving_run: LocalRun,
) -> None:
    run, email = moving_run, address()
    deniz, robin = Staff(run, role="reviewer"), Staff(run, "Robin", "reviewer")
    ada = {"name": "Ada Yılmaz", "email": email}
    question = complain(run, complainant=ada, feedback="question", category="service.late")
    received = question.view()["received_at"]
    on_the_page(question, "convert", text="It is a complaint.")
    twin = complain(run, complainant=ada)
    deniz.does(twin, "merge", {"into": question.reference, "reason": "The same lamp."})
    robin.does(question, "correct_contact", {"name": "Ada Demir", "reason": WHY})
    deniz.does(question, "classify", {"category": "product.defective", "reason": WHY})
    deniz.does(question, "assess", SCALES)
    deniz.does(question, "find", FINDING)
    deniz.does(question, "decide", {"outcome": "not_upheld", "reasons": "It was used up."})
    deniz.does(question, "respond")
    settle(run)
    on_the_page(question, "refuse", text="I want it looked at again.")
    robin.does(
        question,
        "decide",
        {"outcome": "upheld", "reasons": "R.", "remedies": [MORE], "earlier_decision": "replace"},
    )
    robin.does(question, "respond")
    settle(run)
    on_the_page(question, "answer")
    view = question.view()
    assert (view["stage"], view["received_at"]) == ("closed", received), "clocks count from the first receipt"
    heads_and_figures_are_what_the_facts_say(run)
