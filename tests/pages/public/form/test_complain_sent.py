"""The form of a website without JavaScript, sent: one complaint, and a page of its own that says so."""

from concurrent.futures import ThreadPoolExecutor
from typing import Any
from urllib.parse import urlsplit

import pytest

from tests.html import Reading
from tests.http import Answer
from tests.journeys.steps import Complaint, Staff, settle
from tests.local_run import LocalRun
from tests.pages.form_client import Sender, words

ABUSE = "You <b>thieves</b>, damn all of you. DROP TABLE complaints; 🤬"


@pytest.fixture
def sender(local_run: LocalRun) -> Sender:
    return Sender(local_run)


def complaint_of(sender: Sender, answer: Answer) -> Complaint:
    """The complaint that an answer leads to."""
    reference = urlsplit(answer.headers["Location"]).path.removeprefix("/status/")
    access = str(answer.headers["Set-Cookie"]).partition(";")[0].partition("=")[2]
    return Complaint(sender.run, sender.email, {"reference": reference, "access": access})


def case_of(sender: Sender, answer: Answer) -> dict[str, Any]:
    """The same as staff see it."""
    return Staff(sender.run).case(complaint_of(sender, answer))


def received(case: dict[str, Any]) -> dict[str, Any]:
    """What staff see of how it came in."""
    return next(each for each in case["facts"] if each["fact"] == "Received")


@pytest.mark.iso10002("4 accessibility: no-script")
def test_a_complaint_is_made_without_a_script(sender: Sender) -> None:
    sent = sender.send(subject="Lamp <i>broken</i>")
    complaint = complaint_of(sender, sent)
    assert complaint.view()["subject"] == "Lamp <i>broken</i>"
    letters = complaint.letters()
    assert [mail["subject"] for mail in letters] == [f"Your complaint [{complaint.reference}]"]
    assert "We have received your complaint" in letters[0]["text"]


def test_the_success_is_a_page_of_its_own_with_all_that_counts(sender: Sender) -> None:
    sent = sender.send()
    settle(sender.run)
    got = sender.follow(sent)
    page, complaint = Reading(got.text), complaint_of(sender, sent)
    assert page.open == []
    assert page.tags.count("h1") == page.tags.count("main") == 1
    for text in ("We have your complaint", complaint.reference, "10 business days", "30 calendar days"):
        assert text in words(got)
    assert page.tags.count("time") == 2
    assert all("datetime" in attributes for tag, attributes in page.elements if tag == "time")
    link = next(each for each in page.links if each.startswith("/status/"))
    assert complaint.reference in words(sender.look(link))


def test_the_success_is_kept_by_nobody_and_tells_nobody(sender: Sender) -> None:
    sent = sender.send()
    access = complaint_of(sender, sent).access
    for answer in (sent, sender.follow(sent)):
        headers = answer.headers
        assert (headers["Cache-Control"], headers["Referrer-Policy"]) == ("no-store", "no-referrer")
        assert headers["X-Robots-Tag"] == "noindex"
        assert access not in str(headers["Location"])
    got = sender.follow(sent)
    assert got.headers["Set-Cookie"] is None
    assert access not in got.text.partition("<title>")[2].partition("</title>")[0]
    assert all(link.startswith(("/", "#", "tel:")) for link in Reading(got.text).links)


def test_refresh_and_double_click_make_one_complaint(sender: Sender) -> None:
    stamp = sender.stamp()
    with ThreadPoolExecutor(3) as clicks:
        sent = list(clicks.map(lambda _: sender.send(**stamp), range(3)))
    sent.append(sender.send(**stamp))
    assert {(each.status, each.headers["Location"]) for each in sent} == {(303, sent[0].headers["Location"])}
    # Once the acknowledgement has left, its promise is kept, and the page says it no more.
    settle(sender.run)
    assert len({sender.follow(sent[0]).text for _ in range(3)}) == 1
    assert len(complaint_of(sender, sent[0]).letters()) == 1


def test_s24_opening_the_success_changes_nothing(sender: Sender) -> None:
    sent = sender.send()
    before = case_of(sender, sent)["version"]
    sender.follow(sent)
    assert case_of(sender, sent)["version"] == before


def test_s67_a_form_is_good_for_one_complaint_however_often_a_robot_sends_it(sender: Sender) -> None:
    stamp = sender.stamp()
    assert sender.send(**stamp).status == 303
    others = [sender.send(**stamp, description=f"Another {number}") for number in range(3)]
    assert [each.status for each in others] == [422] * 3
    assert all("You sent this form before with different text" in words(each) for each in others)


def test_what_was_sent_before_can_be_followed_by_another_complaint(sender: Sender) -> None:
    stamp = sender.stamp()
    first = sender.send(**stamp)
    shown = sender.send(**stamp, description="zebra")
    second = sender.send_again(shown, **sender.stamp())
    assert complaint_of(sender, first).reference != complaint_of(sender, second).reference


def test_s70_abusive_text_is_still_a_complaint(sender: Sender) -> None:
    """It is taken whole and acknowledged like any other; staff can hide it, and it goes on."""
    sent = sender.send(description=ABUSE, subject=ABUSE)
    complaint = complaint_of(sender, sent)
    assert complaint.view()["subject"] == ABUSE
    assert len(complaint.letters()) == 1
    rana = Staff(sender.run, "Rana", "reviewer")
    assert received(rana.case(complaint))["description"] == ABUSE
    rana.does(complaint, "redact", {"message": 1, "reason": "It insults people."})
    assert "thieves" not in str(rana.case(complaint)["facts"])
    assert complaint.view()["stage"] == "acknowledged"


def test_everything_that_was_typed_reaches_staff(sender: Sender) -> None:
    typed = {
        "phone": "+90 555",
        "post": "Street 1\r\nIstanbul",
        "name": "Ada Yılmaz",
        "subject": "Lamp",
        "category": "delivery.damaged",
        "occurred_on": "2026-03-02",
        "remedy_sought": "A new lamp.",
        "preferred_way": "post",
        "product": "Desk lamp",
        "order_number": "4711-A",
        "place": "Kadıköy branch",
        "earlier_reference": "T-99",
        "taken_elsewhere": "The consumer ombudsman",
        "special_needs": "Large print",
        "danger_details": "The lamp smokes.",
    }
    behalf = {"behalf_name": "Ayşe", "behalf_relation": "daughter", "behalf_authority": "She asked me."}
    case = case_of(sender, sender.send(danger="yes", **typed, **behalf))
    expected = typed | {"post": "Street 1\nIstanbul", "email": sender.email, "channel": "web"}
    expected |= {"represented": "Ayşe", "relation": "daughter", "authority": "She asked me."}
    assert {name: received(case)[name] for name in expected} == expected
    assert received(case)["danger"] is True


def test_the_complaint_speaks_the_language_of_the_form(local_run: LocalRun) -> None:
    sender = Sender(local_run, language="tr")
    sent = sender.send()
    assert complaint_of(sender, sent).view()["language"] == "tr"
    assert "Şikâyetiniz bize ulaştı" in words(sender.follow(sent))


def test_who_gives_no_mail_address_is_told_to_keep_the_link(sender: Sender) -> None:
    got = sender.follow(sender.send(email="", phone="+90 555"))
    assert "keep this link" in words(got)
    assert "We call you at the number that you gave us." in words(got)
    assert f"{sender.run.url}/status/C-" in words(got)


def test_praise_is_thanked_for_and_promised_nothing(sender: Sender) -> None:
    got = sender.follow(sender.send(feedback="praise"))
    assert "We have your message" in words(got)
    assert "What we promised" not in words(got)


def test_s20_every_wrong_address_of_a_success_looks_the_same(sender: Sender) -> None:
    sent, other = sender.send(), Sender(sender.run)
    complaint = complaint_of(sender, sent)
    token = complaint_of(other, other.send()).access
    asked = [
        (complaint.reference, token),
        (complaint.reference, ""),
        ("C-ZZZZZ-ZZZZZ-A", token),
        ("x", token),
    ]
    got = [
        sender.run.call("GET", f"/complain/done?reference={reference}&t={token}")
        for reference, token in asked
    ]
    got.append(sender.run.call("GET", "/complain/done"))
    assert {(each.status, each.text) for each in got} == {(404, got[0].text)}


def test_a_complaint_that_became_part_of_another_is_shown_by_its_status_page(sender: Sender) -> None:
    sent = [sender.send(), sender.send()]
    first, second = (complaint_of(sender, each) for each in sent)
    Staff(sender.run).does(first, "merge", {"into": second.reference, "reason": "The same lamp."})
    assert first.reference in words(sender.follow(sent[0]))
