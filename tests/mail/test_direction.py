"""Letters run in the direction of their language, and what runs otherwise in them stands apart."""

import re
from collections.abc import Iterator

import pytest
from markupsafe import escape
from msgspec.structs import replace

from tests.html import Reading
from tests.mail.letters import ISTANBUL, LINK, OMBUDSMAN, READER, REFERENCE, WORDS, Sample
from tests.mail.test_letters import ALL, every_letter, sample_of

RIGHT_TO_LEFT = {"ar"}
MARKS_OF_DIRECTION = re.compile("[\u200e\u202a-\u202e\u2066-\u2069]")
SPOKEN = sorted({sample.letter.language for sample in ALL})
in_every_language = pytest.mark.parametrize("language", SPOKEN)


def apart(value: str) -> re.Pattern[str]:
    """A value that its surroundings cannot turn round."""
    return re.compile(f'<span dir="(?:ltr|auto)">{re.escape(escape(value))}</span>')


def shown(html: str) -> str:
    """What of a page is in its text: no title, and no address that a link opens."""
    return re.sub(r'<title>.*?</title>|href="[^"]*"', "", html, flags=re.DOTALL)


def elements_of(sample: Sample) -> Iterator[dict[str, str | None]]:
    yield from (attributes for _, attributes in Reading(sample.rendered().html).elements)


@every_letter
def test_a_letter_runs_in_the_direction_of_its_language(sample: Sample) -> None:
    language = sample.letter.language
    expected = "rtl" if language in RIGHT_TO_LEFT else "ltr"
    assert next(elements_of(sample)) == {"lang": language, "dir": expected}


@every_letter
def test_a_reference_and_the_name_of_the_site_stand_apart(sample: Sample) -> None:
    html = shown(sample.rendered().html)
    assert html.count(REFERENCE) == len(apart(REFERENCE).findall(html)) > 0
    name = str(escape(ISTANBUL.name))
    outside_contact = html.replace(str(escape(ISTANBUL.contact)), "")
    assert outside_contact.count(name) == len(apart(ISTANBUL.name).findall(html)) > 0


@in_every_language
def test_the_name_of_the_reader_stands_apart(language: str) -> None:
    html = sample_of("message", language).rendered().html
    assert apart(READER.called or "").search(html)


@in_every_language
def test_all_that_is_known_of_a_body_outside_stands_apart(language: str) -> None:
    html = shown(sample_of("referral", language).rendered().html)
    for value in (OMBUDSMAN.name, OMBUDSMAN.url, OMBUDSMAN.address, OMBUDSMAN.cost, OMBUDSMAN.note):
        assert value is not None
        assert html.count(str(escape(value))) == len(apart(value).findall(html)) == 1


@in_every_language
def test_a_body_that_a_paragraph_names_stands_apart(language: str) -> None:
    html = sample_of("acknowledgement-blocks", language).rendered().html
    assert apart(OMBUDSMAN.name).search(html)


@in_every_language
def test_what_somebody_wrote_has_its_own_direction_line_by_line(language: str) -> None:
    html = sample_of("question", language).rendered().html
    assert re.search(f'dir="auto" style="[^"]*unicode-bidi: plaintext">{re.escape(escape(WORDS))}<', html)


@in_every_language
def test_a_text_has_no_invisible_marks_and_its_link_a_line_of_its_own(language: str) -> None:
    text = sample_of("resolution-upheld", language).rendered().text
    assert not MARKS_OF_DIRECTION.search(text)
    assert LINK in text.splitlines()


def test_a_name_is_text_and_no_markup() -> None:
    named = replace(READER, name="<bdo dir='rtl'>Ada")
    assert "<bdo" not in sample_of("message").rendered(reader=named).html
