"""Mail that came in, as pages of the desk: nothing that waits for somebody is out of sight."""

from uuid import uuid4

import pytest

from tests.http import Answer
from tests.inbox.nasty import OF_MACHINES, WORDS, mail
from tests.journeys.steps import Complaint, complain, settle
from tests.local_run import LocalRun
from tests.markup import Reading
from tests.pages.desk import Desk, signed_in

MAIL, STRAYS = "/desk/mail?site=demo", "/desk/stray-mail"


@pytest.fixture
def complaint(local_run: LocalRun) -> Complaint:
    return complain(local_run)


def arrives(complaint: Complaint, raw: bytes) -> str:
    """A mail to the address of the case comes in; its subject, which no other has."""
    subject = uuid4().hex
    said = {
        b"answers@in.example.org": str(complaint.letters()[-1]["headers"]["Reply-To"]).encode(),
        b"Re: Your complaint": subject.encode(),
        b"<1@example.org>": f"<{subject}@example.org>".encode(),
    }
    for old, new in said.items():
        raw = raw.replace(old, new)
    complaint.run.call("POST", "/_local/inbound", raw, Content_Type="message/rfc822")
    settle(complaint.run)
    return subject


def section(page: Answer, subject: str) -> str:
    """What the page says of one mail."""
    assert page.status == 200, page.text
    return page.text.split(f">{subject}</h2>")[1].split("</section>")[0]


def test_what_another_wrote_to_a_case_is_shown_with_its_words(complaint: Complaint) -> None:
    subject = arrives(complaint, mail(f"{WORDS} <b>Really</b>"))
    shown = section(signed_in(complaint.run, "Kim", "agent").get(MAIL), subject)
    assert "not come from the complainant" in shown
    assert f"/desk/cases/{complaint.reference}" in shown
    assert f"{WORDS} &lt;b&gt;Really" in shown


def test_what_joined_a_case_is_read_there(complaint: Complaint) -> None:
    subject = arrives(complaint, mail(From=complaint.email))
    shown = section(signed_in(complaint.run, "Kim", "agent").get(MAIL), subject)
    assert "Joined the case" in shown
    assert WORDS not in shown


def test_a_bounce_is_said_to_be_one(complaint: Complaint) -> None:
    subject = arrives(complaint, OF_MACHINES["a bounce (RFC 3464)"][1])
    assert "A mail of ours came back." in section(signed_in(complaint.run, "Kim", "agent").get(MAIL), subject)


def test_mail_of_no_site_is_for_administrators(local_run: LocalRun) -> None:
    subject = uuid4().hex
    raw = mail(To="nobody@in.answerable.example", Subject=subject, Message_ID=f"<{subject}>")
    local_run.call("POST", "/_local/inbound", raw, Content_Type="message/rfc822")
    settle(local_run)
    shown = section(signed_in(local_run, "Sam", "admin").get(STRAYS), subject)
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
