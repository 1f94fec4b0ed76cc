"""Every letter in every language that there is a catalogue of: no word lacks, and the facts are the same."""

from pathlib import Path

import pytest

from complaints.adapters.i18n.catalogues import Catalogues
from complaints.adapters.i18n.templates import Templates
from complaints.adapters.mail.letter_renderer import LetterRenderer
from tests.html import Reading
from tests.mail.letters import ISTANBUL, TEMPLATES, URL, Sample, samples
from tests.mail.test_date_formats import CATALOGUES, every_language
from tests.mail.test_letters import every_letter, sample_of

OTHERS = [language for language in CATALOGUES.languages if language != "en"]


def facts(sample: Sample) -> tuple[list[str | None], list[str]]:
    """The instants and the addresses of a letter, in the order of the alphabet."""
    page = Reading(sample.rendered().html)
    times = [attributes["datetime"] for tag, attributes in page.elements if tag == "time"]
    return sorted(times, key=str), sorted(page.links)


@every_language
def test_a_language_that_stands_alone_has_words_for_every_letter(language: str, tmp_path: Path) -> None:
    (tmp_path / language).symlink_to(TEMPLATES / "locale" / language)
    alone = LetterRenderer(Templates(TEMPLATES, Catalogues(tmp_path)), URL)
    for sample in samples(language):
        text = alone.render(sample.letter, sample.reader, ISTANBUL, text=sample.text, link=sample.link)
        assert text == sample.rendered(), sample.name


@every_letter
@pytest.mark.iso10002("4 accessibility: languages")
def test_a_letter_is_in_its_own_language(sample: Sample) -> None:
    rendered = sample.rendered()
    assert rendered.language == sample.letter.language
    assert CATALOGUES.text(rendered.language, "mail.footer.sender", site=ISTANBUL.name) in rendered.text


@pytest.mark.parametrize("language", OTHERS)
def test_a_letter_has_the_same_dates_and_links_as_in_english(language: str) -> None:
    for sample in samples(language):
        assert facts(sample) == facts(sample_of(sample.name)), sample.name
