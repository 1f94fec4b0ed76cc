"""Mails of any size and any signs are kept: what is too much is cut from what is shown, and said to be."""

import random
from datetime import UTC, datetime

import msgspec
import pytest

from complaints.adapters.inbound_mail import mime_parser
from complaints.adapters.stores.correspondence.inbound_mail import DynamoInboundMail
from complaints.case.correspondence.mail import MailEnvelope, ReceivedMail
from functions.workers import inbound_routing
from functions.workers.inbound_routing import Addressee
from tests.inbound_mail.hostile_mails import OF_MACHINES, OF_PEOPLE, WORDS, mail, multipart, part

NOON = datetime(2026, 3, 4, 12, tzinfo=UTC)
ARRIVAL = MailEnvelope(key="k-1", received_at=NOON, envelope="ada@example.org", recipients=())
WIDE = "".join(random.Random(1).choices([chr(sign) for sign in range(0x20000, 0x2A000)], k=60_000))
"""Signs of four bytes each, in no order: nothing deflates them."""


def as_it_came(raw: bytes) -> ReceivedMail:
    read = mime_parser.read(raw, envelope="ada@example.org", own="us@answerable.example", border="##-")
    return inbound_routing._as_it_came(read, ARRIVAL, Addressee(), 0, "")


@pytest.mark.usefixtures("table")
def test_the_largest_mail_fits_into_an_item() -> None:
    """An item of the table holds 400 KB; the mail as it came lies in the bucket."""
    files = [
        part("x", f"image/png; name={WIDE[place : place + 1_000]}", Content_Disposition="attachment")
        for place in range(200)
    ]
    raw = multipart(part(f"{WIDE}\n\n> {WIDE}"), *files, Subject=WIDE, From=f'"{WIDE}" <{WIDE}@example.org>')
    stored = as_it_came(raw)
    DynamoInboundMail().keep(stored)
    (found,), _ = DynamoInboundMail().page("", after=None, limit=9)
    assert found == stored
    assert found.is_cut
    assert WIDE.startswith(found.text)


def test_what_is_kept_whole_is_not_said_to_be_cut() -> None:
    assert not as_it_came(mail()).is_cut


@pytest.mark.parametrize("name", [*OF_PEOPLE, *OF_MACHINES])
def test_whatever_was_sent_can_be_written_down(name: str) -> None:
    raw = OF_PEOPLE[name] if name in OF_PEOPLE else OF_MACHINES[name][1]
    assert msgspec.json.encode(as_it_came(raw))


HALF = r"\ud800 \x07"


@pytest.mark.parametrize("charset", ["raw-unicode-escape", "unicode-escape", "RAW_UNICODE_ESCAPE", "u7"])
def test_half_a_sign_is_left_out_wherever_it_stands(charset: str) -> None:
    """No file can hold one, nor can an answer of the desk."""
    odd = f"=?{charset}?q?=5Cud800_lamp?="
    picture = part("x", f'image/png; name="{odd}"', Content_Disposition="attachment")
    text = part(f"{WORDS} {HALF}", f"text/plain; charset={charset}")
    stored = as_it_came(multipart(text, picture, Subject=odd, From=f"{odd} <ada@example.org>"))
    assert msgspec.json.encode(stored)
    assert WORDS in stored.text


def test_an_address_of_raw_bytes_can_be_written_down() -> None:
    assert msgspec.json.encode(as_it_came(mail().replace(b"ada@", b"a\xffda@")))
