"""Somebody complains without saying who it is: a receipt opens the page, where all letters are read."""

import re
from typing import Any
from urllib.parse import urlencode

import pytest

from tests.html import Reading
from tests.http import Answer
from tests.journeys.steps import Complaint, Staff, complain, form, settle, submit
from tests.local_run import LocalRun
from tests.pages.form_client import FORM, Sender, words
from tests.pages.public.form.test_complain_form import settled

SITE = "demo-gb"
NOBODY: dict[str, Any] = {"site": SITE, "complainant": {}, "anonymous": True}
CODE = re.compile(r"\b(?:[0-9A-HJKMNP-TV-Z]{4}-){3}[0-9A-HJKMNP-TV-Z]{4}\b")


def anonymous(run: LocalRun, **changes: Any) -> Complaint:
    with settled(run, anonymous=True):
        return complain(run, **NOBODY | changes)


def opened(run: LocalRun, language: str = "en", **typed: str) -> Answer:
    """The page as a browser that keeps no cookies gets it."""
    body = urlencode({"action": "open", **typed}).encode()
    return run.call("POST", f"/status/open?lang={language}", body, Content_Type=FORM)


def hidden_of(page: Answer, action: str) -> dict[str, str]:
    """The fields that the form for `action` brings along."""
    forms: list[dict[str, str]] = []
    for tag, attributes in Reading(page.text).elements:
        if tag == "form":
            forms.append({})
        elif tag == "input" and "name" in attributes:
            forms[-1][attributes["name"] or ""] = attributes["value"] or ""
    return next(each for each in forms if each.get("action") == action)


def sent(run: LocalRun, complaint: Complaint, page: Answer, action: str, **typed: str) -> Answer:
    body = urlencode(hidden_of(page, action) | typed).encode()
    return run.call("POST", f"/status/{complaint.reference}", body, Content_Type=FORM)


@pytest.mark.parametrize(
    ("language", "letters"), [("en", "Our letters to you"), ("tr", "Size mektuplarımız")]
)
@pytest.mark.iso10002("4 accessibility: anonymous")
def test_both_sides_write_and_the_decision_is_read_by_reference_and_code_alone(
    local_run: LocalRun, language: str, letters: str
) -> None:
    mails = len(local_run.mails())
    complaint = anonymous(local_run, language=language)
    kim = Staff(local_run, "Kim")
    case = kim.case(complaint)
    assert case["stage"] == "acknowledged"
    assert [each["way"] for each in case["facts"] if each["fact"] == "Acknowledged"] == ["page"]
    assert case["letters_to_post"] == []
    kim.does(complaint, "message", {"text": "Which warehouse do you mean?"})
    kim.decides(complaint)
    kim.does(complaint, "respond")
    settle(local_run)
    assert kim.case(complaint)["stage"] == "responded"
    code = complaint.receipt["receipt_code"]
    typed = {"reference": complaint.reference, "code": code.lower().replace("-", " ")}
    page = opened(local_run, language, **typed)
    assert page.status == 200
    assert letters in Reading(page.text).words
    assert "Which warehouse do you mean?" in page.text
    links = [each for each in Reading(page.text).links if "/letters/" in each]
    assert len(links) == 3, "that it came, the message and the decision"
    cookie = str(page.headers["Set-Cookie"]).partition(";")[0]
    letter = local_run.call("GET", links[-1], Cookie=cookie)
    assert letter.status == 200
    assert complaint.reference in letter.text
    assert local_run.call("GET", links[-1]).status == 404
    kim.does(complaint, "correct_contact", {"phone": "+44 20 7946 0000", "reason": "Called us."})
    assert letters in Reading(opened(local_run, language, **typed).text).words, "also with an address"
    assert local_run.call("GET", links[-1], Cookie=cookie).status == 200
    assert [mail for mail in local_run.mails()[mails:] if complaint.receipt["access"] in mail["text"]] == []


def test_who_keeps_no_cookies_writes_on_the_page_all_the_same(local_run: LocalRun) -> None:
    complaint = complain(local_run)
    link = f"https://complaints.example/status/{complaint.reference}?t={complaint.access}"
    page = opened(local_run, reference="", code=link)
    answer = sent(local_run, complaint, page, "add", text="The box was wet.")
    assert answer.status == 200
    assert "The box was wet." in answer.text
    again = sent(local_run, complaint, answer, "add", text="And torn.")
    assert (again.status, "And torn." in again.text) == (200, True)


def test_who_keeps_no_cookies_gets_the_new_link_at_once(local_run: LocalRun) -> None:
    complaint = complain(local_run)
    former = complaint.receipt["receipt_code"]
    typed = former.lower().replace("-", "\u00a0", 1).replace("-", "\t", 1)
    page = opened(local_run, reference=complaint.reference, code=typed)
    normal = former.replace("-", "")
    assert str(page.headers["Set-Cookie"]).startswith(f"__Secure-link={normal}; ")
    asked = hidden_of(page, "add") | {"action": "renew_link"}
    assert asked["t"] == normal
    body = urlencode(asked).encode()
    got, again = (
        local_run.call("POST", f"/status/{complaint.reference}", body, Content_Type=FORM) for _ in range(2)
    )
    assert (got.status, again.status) == (200, 200), "an answer that was lost is given once more"
    assert "?t=" in got.text
    assert complaint.call("GET").status == 404
    (code,) = CODE.findall(words(got))
    assert CODE.findall(words(again)) == [code]
    assert opened(local_run, reference=complaint.reference, code=code).status == 200
    assert opened(local_run, reference=complaint.reference, code=former).status == 404


@pytest.mark.parametrize(
    ("language", "said"),
    [("en", "your browser keeps no cookies"), ("tr", "tarayıcınız çerez saklamıyordur")],
)
def test_the_page_without_cookie_says_so_and_tells_no_case_from_another(
    local_run: LocalRun, language: str, said: str
) -> None:
    complaint = complain(local_run)
    names = (complaint.reference, "C-ZZZZZ-ZZZZZ-A")
    known, unknown = (local_run.call("GET", f"/status/{name}?lang={language}") for name in names)
    assert (known.status, known.text) == (unknown.status, unknown.text)
    assert (known.status, said in words(known)) == (404, True)
    wrong = [opened(local_run, reference=name, code="7K3M-9QX2-HT0A-C4D8") for name in names]
    assert wrong[0].text.replace(names[0], "") == wrong[1].text.replace(names[1], "")
    assert wrong[0].status == 404
    assert local_run.call("GET", f"/status/open?lang={language}").status == 200


def test_the_receipt_stands_in_the_answer_to_the_form_and_can_be_had_by_sending_it_again(
    local_run: LocalRun,
) -> None:
    with settled(local_run, anonymous=True):
        sender = Sender(local_run, SITE)
        fields = sender.stamp() | {"email": "", "anonymous": "yes"}
        got = sender.send(**fields)
        again = sender.send(**fields)
    assert got.status == again.status == 200
    (code,) = CODE.findall(words(got))
    assert CODE.findall(words(again)) == [code]
    assert "nobody can give it to you again" in words(got)
    reference = re.search(r"C-[0-9A-Z]{5}-[0-9A-Z]{5}-[0-9A-Z]", got.text)
    assert reference
    assert opened(local_run, reference=reference[0], code=code).status == 200


@pytest.mark.parametrize(
    ("language", "said"),
    [("en", "You stay anonymous as long as"), ("tr", "Burayı boş bıraktığınız sürece kimliğiniz")],
)
def test_the_pages_offer_to_who_stays_anonymous_nothing_that_shuts_them_out(
    local_run: LocalRun, language: str, said: str
) -> None:
    complaint = anonymous(local_run)
    cookie = f"__Secure-link={complaint.access}"
    path = f"/status/{complaint.reference}"
    asked = local_run.call("GET", f"{path}?lang={language}&ask=link", Cookie=cookie)
    assert (asked.status, "renew_link" in asked.text, "withdraw_link" in asked.text) == (200, True, False)
    contact = local_run.call("GET", f"{path}/contact?lang={language}", Cookie=cookie)
    assert said in words(contact)


@pytest.mark.parametrize(
    ("person", "takes", "wrong"),
    [
        ({}, False, "/anonymous"),
        ({"name": "Ada"}, True, "/complainant/name"),
        ({"phone": "1"}, True, "/complainant/phone"),
    ],
)
def test_it_is_refused_where_the_site_takes_none_and_with_a_name(
    local_run: LocalRun, person: dict[str, str], takes: bool, wrong: str
) -> None:
    with settled(local_run, anonymous=takes):
        got = submit(local_run, form(**NOBODY | {"complainant": person}))
    assert got.status == 422
    assert [each["pointer"] for each in got.json["errors"]] == [wrong]


def test_the_form_offers_it_where_the_site_takes_it(local_run: LocalRun) -> None:
    shown = local_run.call("GET", f"/complain?site={SITE}&lang=tr").text
    assert 'name="anonymous"' not in shown
    with settled(local_run, anonymous=True):
        assert "Kimliğimi vermeden" in local_run.call("GET", f"/complain?site={SITE}&lang=tr").text
        asked = local_run.call("GET", f"/v1/form?site={SITE}").json
    assert asked["anonymous"] is True
    assert asked["stay_anonymous"]["text"] == "I stay anonymous"


def test_the_receipt_says_that_it_must_be_kept_to_who_stays_anonymous(local_run: LocalRun) -> None:
    assert "Keep this receipt now" in anonymous(local_run, language="en").receipt["keep"]
    assert complain(local_run).receipt["keep"] is None


def test_the_receipt_says_how_whoever_has_no_mail_is_reached(local_run: LocalRun) -> None:
    by_phone = complain(local_run, complainant={"phone": "+90 212 555 01 23"}, language="en").receipt["keep"]
    by_post = complain(local_run, complainant={"post": "1 Mill Lane"}, language="en").receipt["keep"]
    for said, how in ((by_phone, "We call you at the number"), (by_post, "We write to the postal address")):
        assert "keep this link" in said
        assert how in said
        assert said.endswith("Your receipt code:")
