"""Whose link somebody else has gets another one, or none: all that there were open nothing any more."""

import uuid
from urllib.parse import urlencode

import pytest

from tests.html import Reading
from tests.http import Answer
from tests.journeys.linked_cases.duplicates import merge, twins
from tests.journeys.steps import Complaint, Staff, complain, settle
from tests.local_run import LocalRun
from tests.pages.form_client import FORM
from tests.pages.page_client import Page

UNREAL = "C-ZZZZZ-ZZZZZ-A"
WORDS = {
    "en": ("Somebody else has my link", "You have a new link", "All links have ended"),
    "tr": ("Bağlantım başkasının elinde", "Yeni bir bağlantınız var", "Bütün bağlantılar sona erdi"),
}


def seen(answer: Answer) -> tuple[int, str]:
    return answer.status, answer.text


def is_dead(complaint: Complaint) -> bool:
    """Page and API answer with this token as they do about a reference that is not."""
    run, token = complaint.run, {"Authorization": f"Bearer {complaint.access}"}
    pages = [run.open_link(f"/status/{name}?t={complaint.access}") for name in (complaint.reference, UNREAL)]
    cookies = {"Cookie": f"__Secure-link={complaint.access}"}
    pages += [run.call("GET", f"/status/{name}", **cookies) for name in (complaint.reference, UNREAL)]
    calls = [run.call("GET", f"/v1/complaints/{name}", **token) for name in (complaint.reference, UNREAL)]
    return len({*map(seen, pages)}) == len({*map(seen, calls)}) == 1 and pages[0].status == 404


def with_link_of(complaint: Complaint, mail: dict[str, str]) -> Complaint:
    access = mail["text"].partition(f"/status/{complaint.reference}?t=")[2].split()[0]
    return Complaint(complaint.run, complaint.email, complaint.receipt | {"access": access})


def change(complaint: Complaint, change: str, key: str = "") -> Answer:
    return complaint.call("POST", "/link", {"change": change}, Idempotency_Key=key or str(uuid.uuid4()))


@pytest.mark.parametrize("language", WORDS)
def test_the_complainant_gets_another_link_on_the_page_and_by_mail(
    local_run: LocalRun, language: str
) -> None:
    complaint = complain(local_run, language=language)
    title, renewed, _ = WORDS[language]
    page = Page(local_run, complaint.receipt)
    assert title in page.open().text
    form = page.hidden("renew_link", page.open(ask="link"))
    got = page.send(form)
    assert got.status == 303
    shown = local_run.follow(got)
    assert renewed in Reading(shown.text).words
    assert is_dead(complaint)
    settle(local_run)
    new = with_link_of(complaint, complaint.letters()[-1])
    assert new.call("GET").status == 200
    assert new.access in shown.text
    again = page.send(form)
    assert again.headers["Set-Cookie"] == got.headers["Set-Cookie"], "a second press is the same change"
    assert new.call("GET").status == 200


@pytest.mark.parametrize("language", WORDS)
def test_the_complainant_ends_all_links(local_run: LocalRun, language: str) -> None:
    complaint = complain(local_run, language=language)
    page = Page(local_run, complaint.receipt)
    letters = len(complaint.letters())
    got = page.send(page.hidden("withdraw_link", page.open(ask="link")))
    assert (got.status, WORDS[language][2] in got.text) == (200, True)
    assert str(got.headers["Set-Cookie"]).startswith("__Secure-link=; Max-Age=0; ")
    assert is_dead(complaint)
    lost = urlencode({"reference": complaint.reference, "email": complaint.email}).encode()
    assert local_run.call("POST", "/status", lost, Content_Type=FORM).status == 303
    settle(local_run)
    assert len(complaint.letters()) == letters, "who reads the mails may be whom it was withdrawn from"
    Staff(local_run).does(complaint, "message", {"text": "We go on."})
    settle(local_run)
    assert "/status/" not in complaint.letters()[-1]["text"]


def test_staff_withdraw_a_link_and_give_another_one_later(local_run: LocalRun) -> None:
    complaint, deniz = complain(local_run), Staff(local_run)
    deniz.does(complaint, "change_link", {"change": "withdraw", "reason": "Her brother reads it."})
    assert is_dead(complaint)
    deniz.does(complaint, "change_link", {"change": "renew", "reason": "He moved out."})
    settle(local_run)
    assert is_dead(complaint)
    assert with_link_of(complaint, complaint.letters()[-1]).call("GET").status == 200
    assert "brother" not in complaint.letters()[-1]["text"]


def test_by_the_api_the_answer_has_the_new_token_also_if_it_is_asked_for_again(local_run: LocalRun) -> None:
    complaint, key = complain(local_run), str(uuid.uuid4())
    got = change(complaint, "renew", key)
    assert got.status == 200, got.text
    assert got.json["status_url"].endswith(f"/status/{complaint.reference}?t={got.json['access']}")
    again = change(complaint, "renew", key)
    assert (again.status, again.json) == (200, got.json)
    assert again.headers["Idempotent-Replayed"] == "true"
    for other in (change(complaint, "renew"), change(complaint, "withdraw")):
        assert other.status == 404, "the old token alone gets nothing"
    new = Complaint(local_run, complaint.email, complaint.receipt | got.json)
    assert new.call("GET").status == 200


def test_who_came_by_the_receipt_code_gets_a_lost_answer_once_more(local_run: LocalRun) -> None:
    complaint, key = complain(local_run), str(uuid.uuid4())
    by_code = Complaint(
        local_run, complaint.email, complaint.receipt | {"access": complaint.receipt["receipt_code"]}
    )
    got = change(by_code, "renew", key)
    again = change(by_code, "renew", key)
    assert (got.status, again.status, again.json) == (200, 200, got.json)
    assert change(by_code, "renew").status == 404, "the old code alone gets nothing"


def test_who_renewed_once_gets_nothing_by_the_same_request_after_a_later_change(local_run: LocalRun) -> None:
    complaint, key = complain(local_run), str(uuid.uuid4())
    got = change(complaint, "renew", key)
    former = Complaint(local_run, complaint.email, complaint.receipt | got.json)
    Staff(local_run).does(complaint, "change_link", {"change": "renew", "reason": "Another one has it."})
    assert is_dead(former)
    assert change(former, "renew", key).status == 404
    assert change(complaint, "renew", key).status == 404


def test_a_lost_answer_is_given_again_to_who_has_the_link_of_a_part_until_the_next_change(
    local_run: LocalRun,
) -> None:
    source, target = twins(local_run)
    deniz, key = Staff(local_run), str(uuid.uuid4())
    merge(deniz, source, target)
    got = change(source, "renew", key)
    assert (got.status, got.json["reference"]) == (200, target.reference)
    again = change(source, "renew", key)
    assert (again.status, again.json) == (200, got.json)
    assert change(source, "renew").status == 404
    deniz.does(target, "change_link", {"change": "renew", "reason": "Another one has it."})
    assert change(source, "renew", key).status == 404
