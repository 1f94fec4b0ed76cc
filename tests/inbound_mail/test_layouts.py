"""Whatever the language and the program: no word of the person is lost, and our letter is recognised."""

from collections import Counter

import pytest

from complaints.adapters.i18n.template_filters import TemplateFilters
from complaints.adapters.inbound_mail import mime_parser
from complaints.case.correspondence.mail import ParsedMail
from complaints.delivery.letter_digest import Wording, words_of
from tests.inbound_mail.hostile_mails import mail
from tests.inbound_mail.layouts import (
    LANGUAGES,
    LETTER,
    LINK,
    NAME,
    OUR_ADDRESS,
    Layout,
    above,
    below,
    block,
    html,
    page,
    plain,
    quoted,
)

BELOW, ABOVE = list(below()), list(above())
NAMED_ONLY = {"gnus", "Horde", "Horde, de"}
"""They say no time: nothing tells their line from what a person writes, so that it stays."""


def read(raw: bytes) -> ParsedMail:
    return mime_parser.read(raw, envelope="ada@example.org", own=OUR_ADDRESS, border="##-", names=(NAME,))


def unthreaded(raw: bytes) -> bytes:
    """The reply of a program that keeps no thread, or to a letter of before threads named its words."""
    return b"\r\n".join(line for line in raw.split(b"\r\n") if not line.startswith(b"References"))


def test_there_are_layouts_of_22_languages_below_and_above() -> None:
    assert (len(LANGUAGES), len(BELOW), len(ABOVE)) == (22, 54, 114)


@pytest.mark.parametrize("is_threaded", [True, False])
@pytest.mark.parametrize("layout", [*BELOW, *ABOVE], ids=lambda layout: layout.id)
def test_no_word_of_the_person_is_lost(layout: Layout, is_threaded: bool) -> None:
    got = read(layout.raw if is_threaded else unthreaded(layout.raw))
    assert Counter(layout.own.split()) - Counter(got.text.split()) == Counter()


@pytest.mark.parametrize("layout", [*BELOW, *ABOVE], ids=lambda layout: layout.id)
def test_nothing_of_our_letter_is_left(layout: Layout) -> None:
    got = read(layout.raw)
    assert "##-" not in got.text
    assert not set(LETTER).intersection(got.text.split("\n")) - {""}
    assert (got.text.split() == layout.own.split()) == (layout.id not in NAMED_ONLY)


@pytest.mark.parametrize("layout", [*BELOW, *ABOVE], ids=lambda layout: layout.id)
def test_what_is_not_known_to_be_ours_is_unfolded_on_the_page(layout: Layout) -> None:
    shown = TemplateFilters.folds(read(unthreaded(layout.raw)).text)
    plain_words = "\n".join(words for fold, words in shown if not fold)
    assert Counter(layout.own.split()) - Counter(plain_words.split()) == Counter()


@pytest.mark.parametrize("said", LANGUAGES.values(), ids=LANGUAGES)
def test_a_list_with_the_labels_of_headers_is_the_person_s(said: tuple[str, ...]) -> None:
    """C-AA9NG-RPN9K-W."""
    labels = said[-1].split("|")
    places = zip(labels, ("Ankara", "3 March", "Istanbul", "Lamp"), strict=True)
    own = "Hello, this was my journey:\n" + "\n".join(f"{label}: {place}" for label, place in places)
    raw = plain(f"{own}\nI never arrived.\n\n{said[2].format(NAME)}\n{quoted()}")
    assert f"{own}\nI never arrived." in read(raw).text


@pytest.mark.parametrize(
    "own",
    [
        pytest.param("My parcel never came.\n--\nOrder 4711\nI want 40 EUR back", id="C-NJHR5-CY3DR-5"),
        pytest.param(
            "Your driver texted me.\nOn 3 March 2026 your agent bob@shop.example wrote:\nWe do not care.\n\n"
            "That is no answer.",
            id="C-JD2J3-3S1BZ-Z",
        ),
        "I want:\n> a new lamp\n> an apology",
        "See what your shop answered:\n-----Original Message-----\nFrom: Bob <bob@shop.example>\n"
        "Sent: 3 March 2026\nTo: Ada\nSubject: No\n\nNo.\n\nIs that kind?",
        "My order is 12/345, the time was 10:00:",
        "I wrote on 3.3.2026, 10:00 to you:",
        "-- my order, 4711 --",
    ],
)
@pytest.mark.parametrize("letter", [quoted(), "\n".join(LETTER), ""], ids=["marked", "unmarked", "none"])
def test_words_of_a_person_that_look_like_a_program_s_stay(own: str, letter: str) -> None:
    assert read(plain(f"{own}\n\n{letter}")).text == own


def test_an_answer_below_a_quotation_without_attribution_is_kept() -> None:
    """C-XY3SN-TN8KN-3."""
    assert read(plain(f"Hello,\n\n{quoted()}\n\nMy number is 4711")).text == "Hello,\n\nMy number is 4711"


def test_a_dutch_answer_below_thunderbird_s_quotation_is_kept() -> None:
    """C-N3EJH-MSXD3-H."""
    raw = plain(f"Op 28-11-2026 om 03:30 schreef {NAME}:\n{quoted()}\n\nBEACON7781")
    assert read(raw).text == "BEACON7781"


@pytest.mark.parametrize("answer", ["The green one.", "https://photos.example/lamp", "ada@work.example"])
@pytest.mark.parametrize("place", range(2, len(LETTER) + 1))
def test_an_answer_written_into_our_unmarked_letter_is_kept(answer: str, place: int) -> None:
    lines = (*LETTER[:place], answer, *LETTER[place:])
    head = block("From|Sent|To|Subject")
    for raw in (plain(f"Hello,\n\n{head}\n\n" + "\n".join(lines)), html(f"<p>Hello,</p>{page(lines)}")):
        got = read(raw).text
        assert answer in got
        assert answer in "\n".join(words for fold, words in TemplateFilters.folds(got) if fold != "closed")


def test_an_answer_that_repeats_the_question_is_kept() -> None:
    assert read(plain("Which lamp is it?\n\n" + "\n".join(LETTER))).text == "Which lamp is it?"


def test_answers_between_the_parts_of_a_marked_letter_leave_nothing_of_it() -> None:
    raw = plain(f"{quoted(LETTER[:7])}\n\nThe green one.\n\n{quoted(LETTER[7:])}\n\nRegards")
    assert read(raw).text == "The green one.\n\nRegards"


def test_a_letter_that_programs_wrote_anew_is_known_by_its_words() -> None:
    """Links are replaced, and lines are broken elsewhere."""
    anew = " ".join(LETTER[1:]).replace(LINK, f"page<https://safe.example/?url={LINK}>").replace("page<", "<")
    assert read(plain(f"Green.\n\n{LETTER[0]}\n{anew}")).text == "Green."


def test_the_words_of_somebody_else_s_letter_are_not_ours() -> None:
    raw = mail(f"{LETTER[0]}\nI complain.", References=f"<C-1.{Wording.of(words_of('I agree.'))}@x.example>")
    assert "I complain." in read(raw).text
