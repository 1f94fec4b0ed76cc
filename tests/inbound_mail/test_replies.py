"""What a person writes in a reply is read, wherever it stands, and as far as can be nothing else."""

from collections import Counter

import pytest

from complaints.adapters.inbound_mail import mime_parser
from complaints.model.correspondence.inbound_mail import ParsedMail
from tests.inbound_mail.replies import BORDER, LAYOUTS, Reply, replies
from tests.inbound_mail.reply_languages import LANGUAGES, SECRET

REPLIES = list(replies())
LEAST_EXACT = 30
"""Layouts of the 31 that are read exactly in every language."""

each_reply = pytest.mark.parametrize("reply", REPLIES, ids=lambda reply: reply.id)


def read(reply: Reply) -> ParsedMail:
    return mime_parser.read(reply.raw, envelope="ada@example.org", own="us@answerable.example", border=BORDER)


def is_exact(reply: Reply) -> bool:
    return read(reply).text.split() == reply.own.split()


def test_there_are_thirty_layouts_in_six_languages() -> None:
    assert len(LAYOUTS) >= 30
    assert len(REPLIES) == len(LAYOUTS) * len(LANGUAGES) >= 180


@each_reply
def test_no_word_of_the_person_is_lost(reply: Reply) -> None:
    got = read(reply)
    assert Counter(reply.own.split()) - Counter(got.text.split()) == Counter()
    assert got.automatic is None


@each_reply
def test_what_is_taken_out_can_be_unfolded(reply: Reply) -> None:
    got = read(reply)
    whole = (got.full_text or got.text).split()
    assert Counter(whole) == Counter(got.text.split()) + Counter(got.quoted.split())


@each_reply
def test_the_secret_link_of_the_letter_is_in_no_text(reply: Reply) -> None:
    got = read(reply)
    assert SECRET not in f"{got.text}{got.quoted}{got.full_text}{got.subject}"


@pytest.mark.parametrize("language", LANGUAGES)
def test_almost_every_layout_is_read_exactly(language: str) -> None:
    exact = [reply.layout for reply in REPLIES if reply.language == language and is_exact(reply)]
    assert len(exact) >= LEAST_EXACT, sorted(set(LAYOUTS) - set(exact))
