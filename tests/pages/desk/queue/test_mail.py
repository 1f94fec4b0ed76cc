"""Mail that came in, as pages of the desk: nothing that waits for somebody is out of sight."""

from uuid import uuid4

import pytest

from tests.attachments.steps import request
from tests.html import Reading
from tests.http import Answer
from tests.inbound_mail.hostile_mails import OF_MACHINES, WORDS, mail, multipart, part
from tests.journeys.steps import Complaint, complain, settle
from tests.local_run import LocalRun
from tests.pages.desk_client import Desk, form_of, signed_in

MAIL, STRAYS = "/desk/mail?site=demo", "/desk/stray-mail"


@pytest.fixture
def complaint(local_run: LocalRun) -> Complaint:
    return complain(local_run)


def arrives(complaint: Complaint, raw: bytes) -> str:
    """A mail to the address of the case comes in; its subject, which no other has."""
    subject = uuid4().hex
    states = {
        b"answers@in.example.org": str(complaint.letters()[-1]["headers"]["Reply-To"]).encode(),
        b"Re: Your complaint": subject.encode(),
        b"<1@example.org>": f"<{subject}@example.org>".encode(),
    }
    for old, new in states.items():
        raw = raw.replace(old, new)
    complaint.run.call("POST", "/_local/inbound", raw, Content_Type="message/rfc822")
    settle(complaint.run)
    return subject


def section(desk: Desk, listed: str, subject: str) -> str:
    """What a list says of one mail, on whichever page: those of one second stand in no order of ours."""
    page = desk.get(listed)
    assert page.status == 200, page.text
    _, found, text = page.text.partition(f">{subject}</h2>")
    if found:
        return text.partition("</section>")[0]
    (onwards,) = (link for link in Reading(page.text).links if "cursor=" in link)
    return section(desk, onwards, subject)


def test_what_another_wrote_to_a_case_is_shown_with_its_words(complaint: Complaint) -> None:
    subject = arrives(complaint, mail(f"{WORDS} <b>Really</b>"))
    shown = section(signed_in(complaint.run, "Kim", "agent"), MAIL, subject)
    assert "not come from the complainant" in shown
    assert f"/desk/cases/{complaint.reference}" in shown
    assert f"{WORDS} &lt;b&gt;Really" in shown


def test_what_joined_a_case_is_read_there(complaint: Complaint) -> None:
    subject = arrives(complaint, mail(From=complaint.email))
    shown = section(signed_in(complaint.run, "Kim", "agent"), MAIL, subject)
    assert "Added to the case" in shown
    assert WORDS not in shown


def test_a_bounce_is_said_to_be_one(complaint: Complaint) -> None:
    subject = arrives(complaint, OF_MACHINES["a bounce (RFC 3464)"][1])
    assert "One of our emails came back." in section(signed_in(complaint.run, "Kim", "agent"), MAIL, subject)


def test_mail_of_no_site_is_for_administrators(local_run: LocalRun) -> None:
    subject = uuid4().hex
    raw = mail(To="nobody@in.answerable.example", Subject=subject, Message_ID=f"<{subject}>")
    local_run.call("POST", "/_local/inbound", raw, Content_Type="message/rfc822")
    settle(local_run)
    shown = section(signed_in(local_run, "Sam", "admin"), STRAYS, subject)
    assert "It belongs to no case." in shown
    assert WORDS in shown


def test_a_long_list_goes_on(complaint: Complaint) -> None:
    for _ in range(11):
        arrives(complaint, mail())
    first = Reading(signed_in(complaint.run, "Kim", "agent").get(MAIL).text)
    (onwards,) = (link for link in first.links if "cursor=" in link)
    assert signed_in(complaint.run, "Kim", "agent").get(onwards).status == 200


def test_mail_of_a_site_that_is_not_ones_own_is_not_there(local_run: LocalRun) -> None:
    desk = Desk(local_run)
    desk.sign_in("Newcomer", "agent", sites=["demo-tr"])
    assert desk.get(MAIL).status == 404
    assert desk.get("/desk/mail").status == 200


def page_of(desk: Desk, subject: str, listed: str = MAIL) -> Answer:
    """The page of one mail, by the link in the list."""
    shown = section(desk, listed, subject)
    (address,) = (link for link in Reading(shown).links if "/desk/mail/" in link)
    page = desk.get(address)
    assert page.status == 200, page.text
    return page


def stray(run: LocalRun, to: str = "demo", **headers: str) -> str:
    subject = uuid4().hex
    raw = mail(To=f"{to}@in.answerable.example", Subject=subject, Message_ID=f"<{subject}>", **headers)
    run.call("POST", "/_local/inbound", raw, Content_Type="message/rfc822")
    settle(run)
    return subject


def test_the_whole_mail_is_read_whatever_became_of_it(complaint: Complaint) -> None:
    """Quoted parts as well."""
    subject = arrives(complaint, mail(f"{WORDS}\n\n> ##- Write above\n> we wrote", From=complaint.email))
    page = page_of(signed_in(complaint.run, "Kim", "agent"), subject)
    assert WORDS in page.text
    assert "&gt; we wrote" in page.text
    assert "The whole text in its original order" in page.text
    assert "<form" not in page.text.split("<main")[1]


def test_the_mail_as_it_came_is_fetched_from_its_page(complaint: Complaint) -> None:
    desk = signed_in(complaint.run, "Kim", "agent")
    page = page_of(desk, arrives(complaint, mail()))
    (address,) = (link for link in Reading(page.text).links if "/raw" in link)
    got = desk.get(address)
    assert got.status == 303
    assert WORDS.encode() in request(got.headers["Location"], "GET").body


def test_a_mail_that_is_attached_is_read_with_it(complaint: Complaint) -> None:
    inner = mail("We never got your parcel. <b>Sorry</b>", From="shop@example.org", Subject="Your parcel")
    raw = multipart(part("See what they wrote."), part(inner.decode(), "message/rfc822"))
    page = page_of(signed_in(complaint.run, "Kim", "agent"), arrives(complaint, raw))
    shown = page.text.split("Emails attached to it")[1]
    for text in ("Your parcel", "shop@example.org", "We never got your parcel. &lt;b&gt;Sorry"):
        assert text in shown


def test_a_mail_of_another_address_joins_by_a_button(complaint: Complaint) -> None:
    desk = signed_in(complaint.run, "Kim", "agent")
    page = page_of(desk, arrives(complaint, mail()))
    hidden, action = form_of(page, "/join?site=demo")
    done = desk.post(action, hidden)
    assert (done.status, done.headers["Location"]) == (303, f"/desk/cases/{complaint.reference}")
    case = desk.get(done.headers["Location"]).text
    assert "Email from ada@example.org added to the case by staff" in case
    assert WORDS in case


def test_a_complaint_is_made_of_a_stray_mail_by_a_form(local_run: LocalRun) -> None:
    desk = signed_in(local_run, "Kim", "agent")
    page = page_of(desk, stray(local_run, Reply_To="ada.at.home@example.org"))
    assert "anybody can write anything there" in page.text
    hidden, action = form_of(page, "/complaint?site=demo")
    wrong = desk.post(action, [*hidden, ("email", "nobody"), ("subject", "My own words")])
    assert (wrong.status, "My own words" in wrong.text) == (422, True)
    done = desk.post(action, [*hidden, ("email", "ada.at.home@example.org"), ("description", "It broke.")])
    assert done.status == 303
    case = desk.get(done.headers["Location"])
    assert "ada.at.home@example.org" in case.text
    assert "It broke." in case.text


def test_a_reference_that_is_none_is_said_beside_its_input(local_run: LocalRun) -> None:
    desk = signed_in(local_run, "Kim", "agent")
    hidden, action = form_of(page_of(desk, stray(local_run)), "/join?site=demo")
    for typed in ("", "C-ZZZZZ-ZZZZZ-A", "lamp"):
        wrong = desk.post(action, [*hidden, ("reference", typed)])
        assert (wrong.status, 'id="reference-wrong"' in wrong.text) == (422, True), typed


def test_mail_of_no_site_is_given_to_one_by_an_administrator(local_run: LocalRun) -> None:
    subject = stray(local_run, "nobody")
    desk = signed_in(local_run, "Sam", "admin")
    hidden, action = form_of(page_of(desk, subject, STRAYS), "/move")
    assert desk.post(action, [*hidden, ("site", "demo")]).headers["Location"] == STRAYS
    assert WORDS in section(signed_in(local_run, "Kim", "agent"), MAIL, subject)
