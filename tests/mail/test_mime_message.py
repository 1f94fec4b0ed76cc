"""The message around a letter: whole headers, one receiver, one thread, the same bytes."""

from email import message_from_bytes, policy
from email.headerregistry import Address
from email.message import EmailMessage
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from complaints.adapters.mail.mime_message import compose, one_line, with_files
from complaints.case.correspondence.letter import Letter, LetterKind
from complaints.context.ports import SendingRefused
from complaints.delivery.message_id import message_id
from complaints.delivery.rendered_letter import Rendered
from tests.mail.letters import RECEIVED, REFERENCE, WORDS, Sample, escalation, letter

SENDER = "complaints@example.org"
THREAD = f"<{REFERENCE}@example.org>"
LINE_ENDS = "\r\n\x00\x0b\x0c\x1c\x85\u2028\u2029\u202e"
SHORT = Rendered("en", "Subject", "text", "<p>html</p>")


def composed(rendered: Rendered = SHORT, **changed: Any) -> bytes:
    usual: dict[str, Any] = {"sender": SENDER, "sender_name": "Lamps & Co", "to": "ada@example.org"}
    return compose(changed.pop("letter", letter()), rendered, **usual | changed)


def read(message: bytes) -> EmailMessage:
    return message_from_bytes(message, policy=policy.default)


def test_both_parts_arrive_as_they_were_rendered() -> None:
    rendered = Sample("", letter(LetterKind.QUESTION, language="tr"), WORDS).rendered()
    message = read(composed(rendered))
    parts = {kind: message.get_body((kind,)) for kind in ("plain", "html")}
    texts = {kind: part and part.get_content().replace("\r\n", "\n") for kind, part in parts.items()}
    assert texts == {"plain": rendered.text, "html": f"{rendered.html}\n"}
    assert message["Subject"] == rendered.subject
    assert message["Content-Language"] == "tr"


def test_a_mail_says_that_no_robot_need_answer() -> None:
    message = read(composed(letter=escalation()))
    assert message["Auto-Submitted"] == "auto-generated"
    assert message["X-Auto-Response-Suppress"] == "All"


def test_all_letters_of_a_case_stand_in_one_thread() -> None:
    first = read(composed(letter=letter()))
    later = read(composed(letter=letter(LetterKind.MESSAGE, id="000007.1")))
    assert first["References"] == later["References"] == later["In-Reply-To"] == THREAD
    assert first["In-Reply-To"] is None
    assert len({THREAD, first["Message-ID"], later["Message-ID"]}) == 3


def test_a_letter_names_the_mail_that_it_answers() -> None:
    """The one that opened the case, and the last; in the thread of the case, whatever the letter is."""
    first, last = "<first@mail.example>", "<last@mail.example>"
    message = read(composed(letter=letter(), answered=[first, last]))
    assert message["In-Reply-To"] == last
    assert message["References"] == f"{THREAD} {first} {last}"
    assert read(composed(answered=[first, first]))["References"] == f"{THREAD} {first}"


def test_a_long_id_stays_whole_and_no_line_is_longer_than_a_server_takes() -> None:
    """RFC 5322, 2.1.1: 998 signs. An encoded word would be another id."""
    ids = [f"<{name * 280}@mail.example>" for name in "ab"]
    raw = composed(answered=ids)
    assert max(map(len, raw.split(b"\r\n"))) <= 998
    assert all(each.encode() in raw for each in ids)
    assert read(raw)["In-Reply-To"] == ids[-1]


@pytest.mark.parametrize(
    "text",
    [
        "",
        "none",
        "<a@b",
        "<a b@c>",
        "<a@b>\r\nBcc: eve@x.example",
        "<a@b> <c@d>",
        "<ü@b>",
        f"<{'a' * 300}@b>",
    ],
)
def test_s26_what_is_no_message_id_stands_in_no_header(text: str) -> None:
    assert message_id(text) is None


def test_thanks_begin_a_thread_as_an_acknowledgement_does() -> None:
    assert read(composed(letter=letter(LetterKind.THANKS)))["In-Reply-To"] is None


def by_the_library(letter: Letter, rendered: Rendered, sender: Address, to: str, reply_to: str) -> bytes:
    """A letter that answers no mail as `email` composes it, which takes eight times as long."""
    message = EmailMessage(policy=policy.SMTP)
    message["From"] = sender
    message["To"] = Address(addr_spec=to)
    message["Reply-To"] = Address(addr_spec=reply_to)
    message["Subject"] = one_line(rendered.subject)
    message["Date"] = letter.called_for
    message["Message-ID"] = f"<{letter.reference}.{letter.id}@{sender.domain}>"
    message["References"] = f"<{letter.reference}@{sender.domain}>"
    message["Auto-Submitted"] = "auto-generated"
    message["X-Auto-Response-Suppress"] = "All"
    message.set_content(rendered.text, cte="quoted-printable")
    message.add_alternative(rendered.html, subtype="html", cte="quoted-printable")
    message["Content-Language"] = rendered.language
    message.set_boundary(f"=_{letter.reference}.{letter.id}")
    return message.as_bytes()


@given(
    st.builds(Rendered, st.sampled_from(["en", "tr"]), st.text().map(one_line), st.text(), st.text()),
    st.text().map(one_line),
    st.sampled_from(["ada@example.org", "a.b+c_d@mail.x.example", f"{60 * 'a'}@example.org"]),
    st.sampled_from(["000001.1", "000017.12"]),
)
def test_a_letter_is_what_the_library_would_compose(rendered: Rendered, name: str, to: str, id: str) -> None:
    rendered = replace(rendered, text=f"{rendered.text}\n", subject=f"{rendered.subject} .")
    expected = by_the_library(letter(id=id), rendered, Address(name, addr_spec=SENDER), to, f"answer+{to}")
    assert (
        composed(rendered, letter=letter(id=id), sender_name=name, to=to, reply_to=f"answer+{to}") == expected
    )


def test_the_same_letter_has_the_same_bytes() -> None:
    assert composed() == composed()
    assert read(composed())["Date"].datetime == RECEIVED


def test_files_come_with_a_letter_whole_and_change_neither_its_words_nor_its_headers() -> None:
    """Twice the same bytes; long ids, addresses and words stay as they were composed."""
    rendered = Sample("", letter(LetterKind.QUESTION, language="tr"), WORDS).rendered()
    alone = composed(rendered, answered=[f"<{'a' * 280}@mail.example>"])
    files = [("Brošura.pdf", b"%PDF-1.7 \x00\xff" * 999), ("Leaflet.pdf", b"%PDF-1.4")]
    whole = with_files(alone, letter(), files)
    assert whole == with_files(alone, letter(), files)
    assert max(map(len, whole.split(b"\r\n"))) <= 998
    before, after = read(alone), read(whole)
    assert after.get_content_type() == "multipart/mixed"
    assert [(part.get_filename(), part.get_content()) for part in after.iter_attachments()] == files
    for kind in ("plain", "html"):
        inside, outside = (message.get_body((kind,)) for message in (after, before))
        assert inside is not None
        assert outside is not None
        assert inside.get_content() == outside.get_content()
    said = {name: value for name, value in before.items() if not name.startswith("Content-")}
    assert {name: value for name, value in after.items() if name in said} == said


def test_the_boundary_stands_in_no_part() -> None:
    boundary = f"--=_{REFERENCE}.000001.1"
    message = composed(Rendered("en", "Subject", boundary, boundary))
    assert message.count(boundary.encode()) == 3


@given(site=st.text(), subject=st.text())
def test_s26_no_line_end_reaches_a_header(site: str, subject: str) -> None:
    rendered = Rendered("en", f"x{subject}", "text", "html")
    message = read(composed(rendered, sender_name=f"{site}\r\nBcc: eve@example.org"))
    assert sorted(message.keys()) == sorted(read(composed()).keys())
    assert [address.addr_spec for address in message["To"].addresses] == ["ada@example.org"]
    assert [address.addr_spec for address in message["From"].addresses] == [SENDER]
    assert not message.defects


@given(st.text(alphabet=st.sampled_from(LINE_ENDS) | st.characters()))
def test_s26_a_header_value_is_one_line(value: str) -> None:
    assert not set(one_line(value)) & set(LINE_ENDS)
    assert len(one_line(value).splitlines()) <= 1


@pytest.mark.parametrize(
    "address",
    [
        "",
        "ada",
        "ada@example.org, eve@example.org",
        "ada\r\n@example.org",
        "ü@example.org",
        "=?utf-8?q?eve=40evil.example=2C?=@example.org",
    ],
)
def test_s26_an_address_that_is_none_is_refused(address: str) -> None:
    """Nor may one read as another where encoded words are decoded (RFC 2047)."""
    with pytest.raises(SendingRefused):
        composed(to=address)
