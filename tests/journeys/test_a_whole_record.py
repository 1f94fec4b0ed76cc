"""One complaint with all that a record can hold, in English and Turkish: every letter goes to the right
person, and the download has all of it."""

from typing import Any
from uuid import uuid4

import pytest

from tests.html import Reading
from tests.journeys.administration import Office
from tests.journeys.steps import SCALES, Complaint, Staff, address, clock, settle
from tests.journeys.test_mail_that_staff_see_to import act, listed, stray
from tests.journeys.test_tasks import Unit
from tests.local_run import LocalRun

FIRST = {"kind": "refund", "amount": "99.80", "currency": "EUR"}
MORE = {"kind": "refund", "amount": "20", "currency": "EUR"}
WHY = "As she told us on the telephone."
FINDING = {"finding": "The cord had no sleeve.", "root_cause": "procedure_not_followed"}
SAID = {
    "en": ("we uphold your complaint", "€119.80"),
    "tr": ("şikâyetinizi kabul ettik", "€119,80"),
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


def decided(complaint: Complaint, by: Staff, approves: Staff, remedy: dict[str, Any], **more: str) -> None:
    """A dangerous case: one decides, another approves, and it is told by letter."""
    decision = {"outcome": "upheld", "reasons": "It was not safe.", "remedies": [remedy], **more}
    by.does(complaint, "decide", decision)
    approves.does(complaint, "approve")
    by.does(complaint, "respond")
    settle(complaint.run)


@pytest.mark.parametrize("language", SAID)
def test_a_mail_about_an_unsafe_product_is_followed_to_the_last_remedy(
    local_run: LocalRun, deniz: Staff, robin: Staff, language: str
) -> None:
    upheld, total = SAID[language]
    complaint = by_mail(local_run, deniz, language)
    office, contact = Office(local_run), address()
    office.does("team", "demo", {"safety": contact})
    classified = {"category": "product.unsafe", "product": "Lamp Z", "tags": ["cord"], "reason": WHY}
    case = deniz.does(complaint, "classify", classified)
    office.does("team", "demo", {"safety": None})
    assert [mail["subject"] for mail in local_run.mails(contact)] == [
        f"Somebody may be in danger [{complaint.reference}]"
    ]
    assert case["category"] == "product.unsafe"
    deniz.does(complaint, "secure", {"action": "The lamp is off sale."})
    deniz.does(complaint, "assess", SCALES | {"severity": 3, "safety": 3, "immediate_action": 3})

    unit = Unit(local_run, complaint)
    assert unit.answer(unit.is_asked(), "The sleeve was left out.").status == 303
    deniz.does(complaint, "find", FINDING)
    decided(complaint, deniz, robin, FIRST)
    letter = " ".join(complaint.letters()[-1]["text"].split())
    assert upheld in letter
    complaint.say("answer", {"accepts": False})

    moved = address()
    robin.does(complaint, "correct_contact", {"email": moved, "reason": WHY})
    settle(local_run)
    before = len(complaint.letters())
    ruth, vera = (Staff(local_run, f"{name}-{uuid4().hex[:6]}", "reviewer") for name in ("Ruth", "Vera"))
    decided(complaint, ruth, vera, MORE, earlier_decision="add")
    told = local_run.mails(moved)
    assert len(complaint.letters()) == before, "nothing more goes to the former address"
    assert upheld in " ".join(told[-1]["text"].split())

    person = Complaint(local_run, moved, complaint.receipt | {"access": access_in(told[-1]["text"])})
    assert person.say("answer", {"accepts": True})["stage"] == "closed"
    today = clock(local_run).date().isoformat()
    for line in ruth.case(complaint)["redress"]["lines"]:
        ruth.does(complaint, "remedied", {"remedy": line["id"], "done_on": today, "how": "Bank transfer"})
    page = Reading(local_run.call("GET", f"/status/{complaint.reference}?t={person.access}").text).words
    assert total in page

    data = person.call("GET", "/data").json
    assert data["complainant"]["email"] == moved
    assert [each["remedy"]["amount"] for each in data["redress"]["lines"]] == ["99.80", "20"]
    assert [each["state"] for each in data["redress"]["lines"]] == ["done", "done"]
    assert len(data["decisions"]) == 2
    happened = [each["event"] for each in data["happened"]]
    assert {"received", "contact_corrected", "responded", "refused", "accepted"} <= set(happened)
    audit = ruth.call("GET", f"/complaints/{complaint.reference}/audit").json
    assert (audit["verifies"], audit["flaws"]) == (True, [])
