"""What is not surely our own letter is the person's."""

import pytest

from complaints.adapters.inbound_mail.quoted_text import Known, apart, without_letters
from tests.inbound_mail.replies import BORDER

KNOWN = Known(BORDER, names=("shop",), addresses=("us@shop.example",))


@pytest.mark.parametrize(
    "words",
    [
        "My answers are below:",
        "Sent from my desk, which is easier than from my mobile phone.",
        "This message has been on my mind. Avast found nothing.",
        "From: the shop\nnever came anything.",
        "The label says -- this side up -- and it was down.",
        "Original Message: your lamp is fine",
        "I bought it in your shop on 2/3, at 10:",
        "On Monday I was away.",
        ">From Monday on it was broken.",
        "--\nAda\n+90 555 000",
    ],
)
@pytest.mark.parametrize("below", ["", "\n\n> Dear Ada,\n> which lamp?", "\n\nOn 3/2/26 10:00, Shop wrote:"])
def test_whatever_has_no_border_stays(words: str, below: str) -> None:
    assert apart(words + below, KNOWN) == (words + below, "", False)


@pytest.mark.parametrize(
    "words", ["I told the shop on 2/3 at 10:", "Tell us@shop.example on 2/3, 10:", "#4711 ##-"]
)
def test_what_stands_above_our_letter_stays(words: str) -> None:
    assert apart(f"{words}\n> {BORDER} Please write above this line\n> Dear Ada", KNOWN).text == words


def test_where_nothing_would_remain_all_is_kept() -> None:
    whole = f"On 3/2/26 10:00, Shop wrote:\n> {BORDER} Please write above\n> Dear Ada"
    assert apart(whole, KNOWN) == (whole, "", True)


def test_an_answer_below_an_unmarked_letter_is_kept_with_it() -> None:
    """Nothing tells the two apart: better too much than an answer too little."""
    whole = f"{BORDER} Please write above this line\nDear Ada,\nwhich lamp?\nThe green one."
    assert apart(whole, KNOWN) == (whole, "", False)


def test_of_nothing_there_is_nothing() -> None:
    assert apart("", KNOWN) == ("", "", False)


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("I saw it.\n\n> Dear Ada,\n> we look into it.\n\nOn Friday.", "I saw it.\n\nOn Friday."),
        (f"I saw it.\n\n{BORDER} -##\nDear Ada,\nwe look into it.", "I saw it."),
        ("> I saw it.", "> I saw it."),
    ],
)
def test_where_it_is_sealed_who_complains_nothing_quoted_is_left(text: str, left: str) -> None:
    assert without_letters(text, BORDER) == left
