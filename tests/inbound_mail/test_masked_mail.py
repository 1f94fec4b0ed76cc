"""What staff are handed out of a mail: all but the secrets in links of ours, byte for byte."""

import base64
import quopri
import re
from email import message_from_bytes

import pytest

from complaints.adapters.inbound_mail.masked_copy import NotMasked, masked_mail
from tests.inbound_mail.hostile_mails import OF_MACHINES, OF_PEOPLE, WORDS, mail, multipart, part

SECRET = "Zm9vYmFyYmF6cXV4Zm9vYmFyYmF6cXV4"
LINK = f"https://desk.example.org/status/C-7K3M9-QX2HT-7?t={SECRET}"
SAID = f"<p>Thank you.</p>\r\n<blockquote><a href='{LINK}'>Your page</a></blockquote>\r\n"


def in_base64(content: bytes, kind: str = "text/html") -> str:
    return part(base64.encodebytes(content).decode(), kind, Content_Transfer_Encoding="base64")


WITH_SECRETS = {
    "as it is": mail(SAID),
    "base64": multipart(part(WORDS), in_base64(SAID.encode())),
    "quoted-printable": mail(
        quopri.encodestring(SAID.encode()), Content_Transfer_Encoding="quoted-printable"
    ),
    "two bytes a sign": multipart(in_base64(SAID.encode("utf-16-le"))),
    "UTF-7": mail(SAID.replace("=", "+AD0-"), Content_Type="text/html; charset=utf-7"),
    "UTF-7 with each mark encoded": mail(SAID.replace("=", "+AD0-").replace("?", "+AD8-")),
    "a mail within": multipart(part(mail(SAID).decode(), "message/rfc822")),
    "mails within mails": mail(
        mail(
            base64.encodebytes(SAID.encode()).decode(),
            Content_Type="text/html",
            Content_Transfer_Encoding="base64",
        ).decode(),
        Content_Type="message/rfc822",
    ),
    "a mail that is a file": multipart(
        in_base64(multipart(in_base64(SAID.encode())), "application/octet-stream")
    ),
    "twice": multipart(in_base64(SAID.encode()), in_base64(b"x" + SAID.encode())),
}


def decoded(raw: bytes) -> bytes:
    """All that can be read in a mail, and in what is encoded in it, without line breaks that mean nothing."""
    found = raw
    for leaf in message_from_bytes(raw).walk():
        content = leaf.get_payload(decode=True)
        if isinstance(content, bytes):
            found += content.replace(b"\0", b"")
            if re.match(rb"[\w-]+:", content):
                found += decoded(content)
    return found.replace(b"=\r\n", b"").replace(b"=\n", b"")


@pytest.mark.parametrize("name", WITH_SECRETS)
def test_no_secret_is_left_however_it_is_written(name: str) -> None:
    raw = WITH_SECRETS[name]
    assert SECRET.encode() in decoded(raw)
    assert SECRET.encode() not in decoded(masked_mail(raw))
    assert b"Thank you." in decoded(masked_mail(raw))


@pytest.mark.parametrize("name", [*OF_PEOPLE, *OF_MACHINES])
def test_a_mail_without_a_secret_stays_byte_for_byte(name: str) -> None:
    raw = OF_PEOPLE[name] if name in OF_PEOPLE else OF_MACHINES[name][1]
    try:
        assert masked_mail(raw) == raw
    except NotMasked:
        assert "within" in name


def test_what_surrounds_a_masked_part_stays_byte_for_byte() -> None:
    picture = in_base64(bytes(range(256)) * 9, "image/png")
    raw = multipart(picture, in_base64(SAID.encode()), picture)
    before, _, after = masked_mail(raw).partition(b"text/html")
    assert raw.startswith(before)
    assert raw.endswith(after[-len(picture) :])


def test_a_mail_whose_bytes_are_not_those_it_names_is_handed_out() -> None:
    raw = multipart(
        part("caf\udce9 =41", "text/plain; charset=latin-1", Content_Transfer_Encoding="quoted-printable"),
        part(mail("caf\udce9").decode(errors="surrogateescape"), "message/rfc822; charset=latin-1"),
    )
    assert masked_mail(raw) == raw


def test_a_mail_too_tangled_to_be_looked_through_is_not_handed_out() -> None:
    deep = in_base64(SAID.encode())
    for _ in range(10):
        deep = in_base64(multipart(deep), "application/octet-stream")
    with pytest.raises(NotMasked):
        masked_mail(multipart(deep))
