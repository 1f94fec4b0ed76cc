"""A machine is known by what it says of itself, and a person is never taken for one."""

import pytest

from complaints.adapters.inbound_mail import mime_parser
from complaints.case.correspondence.mail import AutomaticKind
from tests.inbound_mail.hostile_mails import mail, multipart, part
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


TITLES = [
    *("Automatisch antwoord", "Afwezigheidsbericht", "Risposta automatica", "RESPOSTA AUTOMÁTICA"),
    *("Odpowiedź automatyczna", "Automatyczna odpowiedź", "Автоматический ответ", "Автоответ"),
    *(
        "自動応答",
        "自動返信",
        "自动答复",
        "自动回复",
        "自動回覆",
        "자동 회신",
        "Automatiskt svar",
        "Autosvar",
    ),
    *("Automatisk svar", "Automaattinen vastaus", "Automatická odpověď", "Αυτόματη απάντηση"),
    *("תשובה אוטומטית", "מענה אוטומטי", "Automatikus válasz", "Răspuns automat", "Автоматична відповідь"),
]
AWAY = ["Fuori ufficio", "Poza biurem", "Вне офиса", "Mimo kancelář", "不在通知", "부재중", "Afwezig"]


@pytest.mark.parametrize("title", TITLES)
@pytest.mark.parametrize("rest", [": Your complaint", " : Re: lamp", "：请帮助", ":灯坏了"])
def test_what_programs_write_before_a_subject_is_known_in_many_languages(title: str, rest: str) -> None:
    assert kind(mail(Subject=title + rest)) is AutomaticKind.REPLY
    assert kind(mail(Subject=f"Re: {title}{rest}")) is None


@pytest.mark.parametrize("title", TITLES)
def test_such_words_without_a_colon_are_a_program_s_in_an_answer_alone(title: str) -> None:
    assert kind(mail(Subject=title)) is None
    assert kind(mail(Subject=title, In_Reply_To="<1@answerable.example>")) is AutomaticKind.REPLY


@pytest.mark.parametrize("title", [*TITLES, *AWAY])
@pytest.mark.parametrize("more", [" again", "について", "-4711", "! Help"])
def test_a_sentence_that_begins_with_such_words_is_a_person_s(title: str, more: str) -> None:
    assert kind(mail(Subject=title + more, In_Reply_To="<1@answerable.example>")) is None


@pytest.mark.parametrize("title", AWAY)
def test_who_is_away_is_a_program_in_an_answer_and_may_be_a_person_s_parcel_else(title: str) -> None:
    assert kind(mail(Subject=f"{title}: lamp")) is None
    assert kind(mail(Subject=f"{title}: lamp", References="<1@answerable.example>")) is AutomaticKind.REPLY


@pytest.mark.parametrize("name", ["X_Autoreply", "X_Autorespond"])
def test_a_program_may_say_that_it_is_none(name: str) -> None:
    assert kind(mail(**{name: "no"})) is None
    assert kind(mail(**{name: "yes"})) is AutomaticKind.REPLY


@pytest.mark.parametrize(
    ("report", "expected"),
    [
        ("message/delivery-status", AutomaticKind.BOUNCE),
        ("message/feedback-report", AutomaticKind.BOUNCE),
        ("message/disposition-notification", AutomaticKind.RECEIPT),
        ("message/global-delivery-status", AutomaticKind.BOUNCE),
        ("message/global-disposition-notification", AutomaticKind.RECEIPT),
    ],
)
def test_a_report_that_names_no_type_is_known_by_its_part(report: str, expected: AutomaticKind) -> None:
    said = part("Action: failed", report)
    assert kind(multipart(part("It failed."), said, kind="report")) is expected
    assert kind(multipart(part("I got this. Where is my parcel?"), said)) is None


@pytest.mark.parametrize(
    ("sender", "subject"),
    [
        ("postmaster@example.org", "failure notice"),
        ("postmaster@example.org", "Delivery failure"),
        ("postmaster@example.org", "DELIVERY FAILURE: Maximum hop count exceeded."),
        ("postmaster@example.org", "Undeliverable: Your complaint"),
        ("Postmaster@Example.org", 'Undeliverable Mail: "Your complaint"'),
        ("postmaster@example.org", "Undelivered Mail Returned to Sender"),
        ("postmaster@example.org", "Returned mail: Service unavailable"),
        ("postmaster@example.org", "Mail could not be delivered"),
        ("postmaster@example.org", "Mail System Error - Returned Mail"),
        ("postmaster@example.org", "Delivery Status Notification (Failure)"),
        ("postmaster@example.org", "メッセージを配信できません。"),
        ("staff@hotmail.com", "complaint about message from 192.0.2.222"),
    ],
)
def test_a_bounce_of_a_postmaster_is_known_by_its_subject(sender: str, subject: str) -> None:
    """Its return path is its own, and its report has no type that says so."""
    assert kind(mail(From=sender, Subject=subject), sender) is AutomaticKind.BOUNCE
    assert kind(mail(Subject=subject)) is None
    assert kind(mail(From=sender, Subject=f"Re: {subject}"), sender) is None


@pytest.mark.parametrize("subject", ["Undeliverable parcel", "Failure notices", "Returned: my lamp"])
def test_a_postmaster_may_write_of_what_does_not_arrive(subject: str) -> None:
    assert kind(mail(From="postmaster@example.org", Subject=subject), "postmaster@example.org") is None


def test_a_person_who_writes_from_postmaster_is_a_person() -> None:
    assert kind(mail(From="postmaster@example.org"), "postmaster@example.org") is None
    assert kind(mail(From="postmaster@example.org"), "") is AutomaticKind.BOUNCE


@pytest.mark.parametrize(
    "envelope", ["", "MAILER-DAEMON", "MAILER-DAEMON@example.org", "mailer-daemon@mx.example.org"]
)
def test_what_a_daemon_sent_is_a_bounce(envelope: str) -> None:
    assert kind(mail(), envelope) is AutomaticKind.BOUNCE


def test_no_word_of_a_text_makes_a_bounce() -> None:
    words = (
        "I wrote to your people, support@shop.example, and nobody answered me.\n\n"
        "This is the mail system at host mx.example.org. I'm sorry to have to inform you that your message "
        "could not be delivered to one or more recipients.\n\n<support@shop.example>: user unknown"
    )
    assert kind(mail(words)) is None
