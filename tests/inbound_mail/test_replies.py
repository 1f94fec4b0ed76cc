"""What a person writes in a reply is read, wherever it stands, and as far as can be nothing else."""

from collections import Counter

import pytest

from complaints.adapters.inbound_mail import mime_parser
from complaints.case.correspondence.mail import ParsedMail
from complaints.delivery.letter_digest import Wording, words_of
from tests.inbound_mail.replies import BORDER, LAYOUTS, Reply, letter, replies
from tests.inbound_mail.reply_languages import LANGUAGES, SECRET

REPLIES = list(replies())
TRIMMED = {"Gmail between, HTML", "Apple Mail between", "a greeting, then between"}
"""The person took away a part of our letter: nothing surely tells the rest from other quotations."""

each_reply = pytest.mark.parametrize("reply", REPLIES, ids=lambda reply: reply.id)


def read(reply: Reply) -> ParsedMail:
    words = Wording.of(words_of("\n".join(letter(LANGUAGES[reply.language])[1:])))
    thread = f"References: <C-7K3M9-QX2HT-7@x.example>\r\n <C-7K3M9-QX2HT-7.{words}@x.example>\r\n".encode()
    own = "complaints@answerable.example"
    raw = thread + reply.raw
    return mime_parser.read(raw, envelope="ada@example.org", own=own, border=BORDER, names=("Shop",))


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


@each_reply
def test_no_line_of_our_letter_is_left_but_of_one_that_was_cut(reply: Reply) -> None:
    lines = {line.lstrip(" >") for line in read(reply).text.split("\n")}
    ours = {line for line in letter(LANGUAGES[reply.language]) if line}
    assert bool(lines & ours) == (reply.layout in TRIMMED)
