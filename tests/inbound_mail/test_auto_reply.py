"""A machine is known by what it says of itself, and a person is never taken for one."""

import pytest

from complaints.adapters.inbound_mail import mime_parser
from complaints.model.correspondence.inbound_mail import AutomaticKind
from tests.inbound_mail.hostile_mails import mail
from tests.inbound_mail.reply_languages import LANGUAGES


def kind(raw: bytes, envelope: str | None = "ada@example.org") -> AutomaticKind | None:
    return mime_parser.read(raw, envelope=envelope, own="us@answerable.example", border="##-").automatic


@pytest.mark.parametrize(
    "subject",
    [
        *(said.away for said in LANGUAGES.values()),
        "AUTOMATIC REPLY: lamp",
        "Out of Office: lamp",
        "Abwesenheitsnotiz",
        "OTOMATİK YANIT: lamba",
        "=?utf-8?q?R=C3=A9ponse_automatique_=3A_lampe?=",
        "خارج المكتب: المصباح",
    ],
)
def test_an_automatic_answer_is_known_by_how_its_subject_begins(subject: str) -> None:
    assert kind(mail(Subject=subject)) is AutomaticKind.REPLY


@pytest.mark.parametrize(
    "subject",
    [
        "Re: Automatic reply: lamp",
        "Automatic reply never helps me",
        "Automatic replying machine is broken",
        "Abwesend war niemand außer mir",
        "Lamp (automatic reply: none)",
    ],
)
def test_a_person_may_write_about_automatic_answers(subject: str) -> None:
    assert kind(mail(Subject=subject)) is None


def test_an_answer_with_such_a_subject_is_automatic_whatever_follows() -> None:
    raw = mail(Subject="Automatic reply I am away until Monday", In_Reply_To="<1@answerable.example>")
    assert kind(raw) is AutomaticKind.REPLY


@pytest.mark.parametrize("name", ["X_Autoreply", "X_Autorespond"])
def test_a_program_may_say_that_it_is_none(name: str) -> None:
    assert kind(mail(**{name: "no"})) is None
    assert kind(mail(**{name: "yes"})) is AutomaticKind.REPLY


def test_a_person_who_writes_from_postmaster_is_a_person() -> None:
    assert kind(mail(From="postmaster@example.org"), "postmaster@example.org") is None
    assert kind(mail(From="postmaster@example.org"), "") is AutomaticKind.BOUNCE


@pytest.mark.parametrize("envelope", ["", "MAILER-DAEMON@example.org", "mailer-daemon@mx.example.org"])
def test_what_a_daemon_sent_is_a_bounce(envelope: str) -> None:
    assert kind(mail(), envelope) is AutomaticKind.BOUNCE


def test_no_word_of_a_text_makes_a_bounce() -> None:
    words = (
        "I wrote to your people, support@shop.example, and nobody answered me.\n\n"
        "This is the mail system at host mx.example.org. I'm sorry to have to inform you that your message "
        "could not be delivered to one or more recipients.\n\n<support@shop.example>: user unknown"
    )
    assert kind(mail(words)) is None
