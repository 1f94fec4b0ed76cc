"""Whoever is named as the author wrote it only if the mail service vouches for that."""

from datetime import UTC, datetime
from typing import Any

import pytest
from msgspec.structs import replace

from complaints.adapters.inbound_mail import mime_parser
from complaints.case.correspondence.mail import MailEnvelope
from complaints.delivery.sender_authentication import is_authentic
from tests.inbound_mail.hostile_mails import ADA, mail

NOON = datetime(2026, 3, 4, 12, tzinfo=UTC)
ARRIVAL = MailEnvelope(key="k-1", received_at=NOON, envelope="ada@example.org", recipients=())


def authentic(raw: bytes = mail(), **arrived: Any) -> bool:
    arrival = replace(ARRIVAL, **arrived)
    return is_authentic(arrival, mime_parser.read(raw, envelope=arrival.envelope, own="", border="##-"))


def results(said: str, by: str = "amazonses.com", **headers: str) -> bytes:
    return f"Authentication-Results: {by}; {said}\r\n".encode() + mail(**headers)


def test_nobody_is_believed_for_nothing() -> None:
    assert not authentic()


def test_dmarc_is_enough() -> None:
    assert authentic(passes_dmarc=True)


@pytest.mark.parametrize(
    ("envelope", "aligned"),
    [
        ("ada@example.org", True),
        ("bounces+7@mail.Example.org", True),
        ("ada@org", False),
        ("ada@notexample.org", False),
        ("mallory@example.com", False),
        ("", False),
    ],
)
def test_spf_counts_for_the_domain_of_the_author(envelope: str, aligned: bool) -> None:
    assert authentic(passes_spf=True, envelope=envelope) is aligned


@pytest.mark.parametrize(
    ("text", "aligned"),
    [
        ("spf=pass; dkim=pass header.i=@example.org; dmarc=none", True),
        ("dkim=pass header.d=mail.example.org", True),
        ("dkim=pass (2048-bit key; insecure) header.i=ada@example.org", True),
        ("dkim=fail header.i=@example.org", False),
        ("dkim=pass header.i=@example.com", False),
        ("dkim=pass header.i=@org", False),
        ('spf=pass envelope-from="a; dkim=pass header.i=@example.org; x"@evil.example', False),
    ],
)
def test_a_signature_counts_for_the_domain_of_the_author(text: str, aligned: bool) -> None:
    assert authentic(results(text), passes_dkim=True, envelope="x@relay.example") is aligned
    assert not authentic(results(text), passes_dkim=False, envelope="x@relay.example")


def test_only_the_mail_services_own_results_count() -> None:
    """Anybody may write such a header: the service writes its own above it."""
    signed = "dkim=pass header.i=@example.org"
    forged = results("dkim=pass header.i=@evil.example") + b""
    assert not authentic(results(signed, by="mx.evil.example"), passes_dkim=True, envelope="")
    below = forged.replace(b"From:", f"Authentication-Results: amazonses.com; {signed}\r\nFrom:".encode(), 1)
    assert not authentic(below, passes_dkim=True, envelope="")


@pytest.mark.parametrize(
    "author",
    [
        "ada@example.org, mallory@evil.example",
        "mallory@evil.example, Ada <ada@example.org>",
        "Yilmaz, Ada <ada@example.org>",
        "ada@example.org <mallory@evil.example>",
        "Ada <ada@example.org> mallory@evil.example",
        "Friends: ada@example.org;",
        "Ada <>",
        "",
        "nobody",
    ],
)
def test_an_author_who_is_not_one_mailbox_is_not_believed(author: str) -> None:
    assert not authentic(mail(From=author), passes_dmarc=True)


def test_two_headers_name_nobody() -> None:
    raw = b"From: Ada <ada@example.org>\r\n" + mail(From="mallory@evil.example")
    assert not authentic(raw, passes_dmarc=True)


def test_a_sender_is_no_author() -> None:
    raw = mail(From=None, Sender=ADA)
    assert not authentic(raw, passes_dmarc=True)
    assert mime_parser.read(raw, envelope=None, own="", border="##-").sender == ""


@pytest.mark.parametrize(
    "author",
    [
        "ada@example.org",
        "<ada@example.org>",
        "Ada Yilmaz <ada@example.org>",
        '"Yilmaz, Ada (home)" <Ada@Example.org>',
        "Ada (at work) <ada@example.org>",
        "ada@example.org (Ada)",
        "=?utf-8?q?Y=C4=B1lmaz=2C_Ada?= <ada@example.org>",
        "Yılmaz <ada@example.org>",
        '"\\"ada@evil.example\\"" <ada@example.org>',
    ],
)
def test_one_mailbox_is_read_however_it_is_written(author: str) -> None:
    raw = mail(From=author)
    assert authentic(raw, passes_dmarc=True)
    assert mime_parser.read(raw, envelope=None, own="", border="##-").sender == "ada@example.org"
