"""What is not surely quoted, or a program's, is the person's."""

import pytest

from complaints.adapters.inbound_mail.quoted_text import apart
from tests.inbound_mail.replies import BORDER


@pytest.mark.parametrize(
    "words",
    [
        "My answers are below:",
        "Sent from my desk, which is easier than from my mobile phone.",
        "I sent it from my iPhone yesterday.",
        "Fotoğraflar dün telefonumdan gönderildi.",
        "This message has been on my mind. Avast found nothing.",
        "From: the shop\nnever came anything.",
        "To: be clear",
        "The label says -- this side up -- and it was down.",
        "Subject: lamps. Date: never.",
        "Original Message: your lamp is fine",
        "My number is 12/345, the time was 10:00:",
        "On Monday I was away.",
    ],
)
@pytest.mark.parametrize("quotation", ["\n\n> Dear Ada,\n> which lamp?", ""])
def test_words_that_look_like_a_program_s_stay(words: str, quotation: str) -> None:
    assert apart(words + quotation, BORDER).text == words


def test_a_long_text_below_a_line_of_dashes_is_no_signature() -> None:
    """RFC 3676 asks for four lines; nobody signs with twenty."""
    below = "\n".join(f"Reason {number}" for number in range(20))
    assert apart(f"I complain.\n--\n{below}", BORDER).text == f"I complain.\n--\n{below}"


def test_a_word_that_a_mail_server_marked_is_no_quotation() -> None:
    assert apart(">From Monday on it was broken.", BORDER).text == ">From Monday on it was broken."


def test_where_nothing_would_remain_all_is_kept() -> None:
    whole = "On 3/2/26 10:00, Shop wrote:\n> Dear Ada\n\nSent from my iPhone"
    assert apart(whole, BORDER) == (whole, "", True)


def test_an_answer_below_an_unmarked_letter_is_kept_with_it() -> None:
    """Nothing tells the two apart: better too much than an answer too little."""
    whole = f"{BORDER} Please write above this line\nDear Ada,\nwhich lamp?\nThe green one."
    assert apart(whole, BORDER) == (whole, "", True)


def test_of_nothing_there_is_nothing() -> None:
    assert apart("", BORDER) == ("", "", False)
