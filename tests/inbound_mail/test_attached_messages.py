"""Mails within a mail: what each says, as much as is shown, and no secret of ours."""

import base64

import pytest

from complaints.adapters.inbound_mail.mime_parser import read
from complaints.case.correspondence.mail import MOST_ATTACHED, MOST_SHOWN, AttachedMessage, ParsedMail
from tests.inbound_mail.hostile_mails import DEEP, WORDS, mail, multipart, part
from tests.inbound_mail.test_masked_mail import LINK, SECRET


def read_in(*parts: str) -> ParsedMail:
    return read(multipart(part(WORDS), *parts), envelope=None, own="us@example.org", border="##-")


def attached(body: str, kind: str = "message/rfc822", **headers: str) -> str:
    return part(mail(body, **headers).decode(), kind)


@pytest.mark.parametrize("kind", ["message/rfc822", "message/global"])
@pytest.mark.parametrize("subject", ["=?utf-8?q?Pok=C3=A1l?=", "Pokál"])
def test_each_says_who_wrote_what(kind: str, subject: str) -> None:
    got = read_in(attached("Inner words.", kind, From="Shop <Shop@example.org>", Subject=subject))
    assert got.text == WORDS
    assert got.attached == (AttachedMessage(sender="shop@example.org", subject="Pokál", text="Inner words."),)


@pytest.mark.parametrize("encoding", ["8bit", "base64"])
def test_a_mail_within_is_a_file_byte_for_byte(encoding: str) -> None:
    inner = mail("Inner words.", Subject="A  long\r\n\tsubject")
    written = base64.encodebytes(inner).decode() if encoding == "base64" else inner.decode()
    got = read_in(part(written, "message/rfc822", Content_Transfer_Encoding=encoding))
    assert got.enclosures[0].content == inner
    assert [(each.subject, each.text) for each in got.attached] == [("A long subject", "Inner words.")]


def test_the_link_of_the_complainant_is_masked_in_it() -> None:
    """People forward our own letters as well."""
    got = read_in(attached(f"Dear Ada, {LINK}", Subject=LINK))
    assert SECRET not in repr(got.attached)
    assert "/status/" in got.attached[0].text


def test_a_file_of_text_is_masked_too() -> None:
    got = read_in(
        part(f"Our letter: {LINK}", "text/plain; name=letter.txt", Content_Disposition="attachment")
    )
    assert SECRET.encode() not in got.enclosures[0].content
    assert b"Our letter" in got.enclosures[0].content


def test_no_more_is_kept_than_is_shown() -> None:
    got = read_in(*[attached("lamp " * 3_000) for _ in range(MOST_ATTACHED + 2)])
    assert len(got.attached) == MOST_ATTACHED
    assert sum(len(each.text) for each in got.attached) == MOST_SHOWN


@pytest.mark.parametrize("inner", ["", "no headers", "From: \r\nSubject:", *DEEP], ids=range(5))
def test_what_cannot_be_read_says_nothing_and_harms_nothing(inner: str) -> None:
    got = read_in(part(inner, "message/rfc822"))
    assert all(each.sender == "" for each in got.attached)
