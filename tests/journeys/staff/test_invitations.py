"""Somebody is invited by mail, signs in with the address, and works; nobody else does by that mail."""

import uuid

import pytest

from infrastructure.local.aws.ses import SIMULATOR
from tests.journeys.settings.administration import Office, pointers
from tests.journeys.steps import Staff, settle
from tests.local_run import LocalRun
from tests.pages.case_page_client import words
from tests.pages.desk_client import Desk
from tests.pages.settings_client import OfficeDesk


@pytest.fixture
def who() -> str:
    """Somebody whom the provider knows, and who is no member: the name of the sign-in."""
    return f"new-{uuid.uuid4().hex[:12]}"


def invite(office: Office, who: str, **fields: object) -> str:
    """Invites somebody; the id of the invitation."""
    id = uuid.uuid4().hex
    body = {
        "name": "Şebnem Öz",
        "email": f"{who}@staff.example",
        "roles": ["agent"],
        "sites": ["demo", "demo-tr"],
        "letter_language": "tr",
    }
    office.does("invitation", id, body | fields, verb="send")
    return id


def test_whoever_is_invited_by_mail_signs_in_and_works_at_once(local_run: LocalRun, who: str) -> None:
    office = Office(local_run)
    id = invite(office, who)
    [mail] = local_run.mails(f"{who}@staff.example")
    text = mail["text"]
    for expected in ("Sam", "Şebnem Öz", "Orada yapabilecekleriniz", f"{local_run.url}/desk/sign-in"):
        assert expected in text, text
    assert "?" not in text.partition("/desk/sign-in")[2][:2]
    assert Staff(local_run, who, "agent").call("GET", "/me").status == 403
    assert Desk(local_run).sign_in(who, "agent").status == 303
    me = Staff(local_run, who, "agent").call("GET", "/me").json
    assert (me["name"], me["roles"], sorted(me["sites"])) == ("Şebnem Öz", ["agent"], ["demo", "demo-tr"])
    history = office.setting("invitation", id)["history"]
    assert [(each["fact"], each["by"]) for each in history] == [
        ("MemberInvited", "Sam"),
        ("InvitationAccepted", who),
    ]
    [joined] = office.setting("member", who)["history"]
    assert (joined["fact"], joined["by"]) == ("MemberJoined", who)


def test_nobody_signs_in_by_an_invitation_that_was_withdrawn_or_to_another_address(
    local_run: LocalRun, who: str
) -> None:
    office = Office(local_run)
    id = invite(office, who)
    assert pointers(
        office.tries(
            "invitation",
            uuid.uuid4().hex,
            {
                "name": "Twice",
                "email": f"{who.upper()}@staff.example",
                "roles": ["agent"],
                "sites": ["demo"],
                "letter_language": "en",
            },
            verb="send",
        )
    ) == ["/email"]
    office.does("invitation", id, {}, verb="send_again")
    assert len(local_run.mails(f"{who}@staff.example")) == 2
    office.does("invitation", id, {}, verb="withdraw")
    desk = Desk(local_run)
    desk.sign_in(who, "agent")
    assert desk.get("/desk").status == 403
    assert office.tries("invitation", id, {}, verb="send_again").status == 409


def test_a_letter_that_does_not_arrive_is_shown_until_it_is_sent_again(local_run: LocalRun, who: str) -> None:
    office = Office(local_run)
    id = invite(office, who, email=f"bounce+{who}@{SIMULATOR}")
    settle(local_run)
    assert office.setting("invitation", id)["record"]["is_undelivered"] is True
    page = OfficeDesk(local_run).setting("invitation", id)
    assert "The email did not arrive" in words(page)
    again = office.does("invitation", id, {}, verb="send_again")
    assert (again["record"]["is_undelivered"], again["record"]["letters_sent"]) == (False, 2)
