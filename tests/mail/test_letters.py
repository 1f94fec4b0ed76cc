"""What letters say: the same in both parts, in every language, with nothing from elsewhere."""

import re
from itertools import chain

import pytest
from msgspec.structs import replace

from complaints.adapters.i18n.catalogues import Catalogues
from complaints.adapters.i18n.template_filters import direction
from complaints.adapters.inbound_mail.html_to_text import text_of
from complaints.case.correspondence.letter import NOT_TO_COMPLAINANT
from complaints.delivery.letter_digest import Wording, words_of
from complaints.delivery.rendered_letter import Rendered
from complaints.site.site import Site
from complaints.values.field_types import Feedback
from tests.each import each
from tests.html import Reading
from tests.mail.letters import (
    ISTANBUL,
    MAILROOM,
    OMBUDSMAN,
    READER,
    REFERENCE,
    SOUGHT,
    TEMPLATES,
    URL,
    WORDS,
    Sample,
    letter,
    resolution,
    samples,
)

SUBJECTS = {
    is_complaint: {f"{words} [{REFERENCE}]" for words in subjects}
    for is_complaint, subjects in {
        True: (
            "Your complaint", "Şikâyetiniz", "Ihre Beschwerde", "Votre réclamation", "Su reclamación",
            "شكواكم",
        ),
        False: ("Your message", "İletiniz", "Ihre Nachricht", "Votre message", "Su mensaje", "رسالتكم"),
    }.items()
}  # fmt: skip
"""Of letters to the complainant, whatever they say: mail programs keep what has one subject in one thread."""
LANGUAGES = ("ar", "de", "en", "es", "fr", "tr")
ALL = list(chain.from_iterable(samples(language) for language in Catalogues(TEMPLATES / "locale").languages))
every_letter = each("sample", ALL, lambda sample: f"{sample.letter.language}-{sample.name}")
SAID = {
    "ar": {
        "due": "الجمعة 3 أبريل 2026، الساعة 18:00",
        "by": "الجمعة 10 أبريل 2026",
        "refund": "49.90\N{NO-BREAK SPACE}UK£",
    },
    "de": {
        "due": "Freitag, 3. April 2026, 18:00 Uhr",
        "by": "Freitag, 10. April 2026",
        "refund": "49,90\N{NO-BREAK SPACE}£",
    },
    "en": {"due": "Friday 3 April 2026, 18:00", "by": "Friday 10 April 2026", "refund": "£49.90"},
    "es": {
        "due": "viernes 3 de abril de 2026 a las 18:00",
        "by": "viernes 10 de abril de 2026",
        "refund": "49,90\N{NO-BREAK SPACE}GBP",
    },
    "fr": {
        "due": "vendredi 3 avril 2026 à 18:00",
        "by": "vendredi 10 avril 2026",
        "refund": "49,90\N{NO-BREAK SPACE}£GB",
    },
    "tr": {"due": "3 Nisan 2026 Cuma, saat 18.00", "by": "10 Nisan 2026 Cuma", "refund": "£49,90"},
}


def sample_of(name: str, language: str = "en") -> Sample:
    """The letter of this name."""
    return next(each for each in ALL if (each.name, each.letter.language) == (name, language))


def both_parts(rendered: Rendered) -> list[set[str]]:
    """The words of the text and those of the HTML, without addresses."""
    return [
        set(re.findall(r"\w+", re.sub(r"https?://\S+|--------", "", part)))
        for part in (rendered.text, Reading(rendered.html).words)
    ]


@every_letter
def test_both_parts_say_the_same_words(sample: Sample) -> None:
    text, page = both_parts(sample.rendered())
    assert text == page


@every_letter
def test_a_letter_names_its_reference_and_links_whole_addresses(sample: Sample) -> None:
    rendered = sample.rendered()
    page = Reading(rendered.html)
    assert rendered.subject.endswith(f"[{REFERENCE}]")
    subjects = SUBJECTS[sample.letter.feedback is Feedback.COMPLAINT]
    assert (rendered.subject in subjects) is (sample.letter.kind not in NOT_TO_COMPLAINANT)
    for part in (rendered.text, page.words):
        assert REFERENCE in part
    for address in (*page.links, *re.findall(r"https?://\S+", rendered.text)):
        assert address.startswith(f"{URL}/") or address == OMBUDSMAN.url
    assert set(page.links) == set(re.findall(r"https?://\S+", rendered.text))
    assert (sample.link in page.links) is (sample.link is not None)


@every_letter
def test_a_letter_is_small_whole_and_accessible(sample: Sample) -> None:
    html = sample.rendered().html
    page = Reading(html)
    assert len(html.encode()) <= 20_000
    assert page.open == []
    language = sample.letter.language
    assert dict(page.elements)["html"] == {"lang": language, "dir": direction(language)}
    assert page.tags.count("h1") == page.tags.count("main") == page.tags.count("title") == 1
    assert not {"img", "script", "link", "iframe", "table"} & set(page.tags)


@every_letter
def test_a_letter_says_nothing_that_mail_programs_do_not_know(sample: Sample) -> None:
    """Many drop `bdi` with its direction, and sizes in `rem`."""
    page = Reading(sample.rendered().html)
    styles = [str(attributes.get("style")) for _, attributes in page.elements]
    assert "bdi" not in page.tags
    assert not [style for style in styles if re.search(r"[\d.]rem\b", style)]


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_date_is_in_words_and_in_the_zone_of_the_site(language: str) -> None:
    rendered = Sample("", letter(language=language)).rendered()
    assert SAID[language]["due"] in rendered.text
    assert f'<time datetime="2026-04-03T18:00:00+03:00">{SAID[language]["due"]}</time>' in rendered.html


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_decision_repeats_what_was_sought_and_nothing_where_nothing_was(language: str) -> None:
    label = Catalogues(TEMPLATES / "locale").text(language, "mail.point.sought")
    asked = sample_of("resolution-sought", language).rendered()
    words = Reading(asked.html).words
    for part in (asked.text, words):
        assert part.index(label) < part.index(SOUGHT) < part.index(WORDS[:10])
    assert label not in sample_of("resolution-upheld", language).rendered().text


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.iso10002("7.8 communicating the decision: remedies")
def test_a_resolution_says_the_remedies_with_money_and_date(language: str) -> None:
    rendered = Sample("", resolution(language=language), WORDS).rendered()
    for part in (rendered.text, Reading(rendered.html).words):
        assert SAID[language]["refund"] in part
        assert SAID[language]["by"] in part


def test_money_without_a_currency_is_in_that_of_the_site() -> None:
    decided = resolution()
    bare = replace(decided.remedies[0], currency=None)
    rendered = Sample("", replace(decided, remedies=(bare,)), WORDS).rendered()
    assert "€49.90" in rendered.text


def test_the_time_of_a_site_elsewhere_is_its_own() -> None:
    london = replace(ISTANBUL, zone="Europe/London")
    rendered = Sample("", letter()).rendered(site=london)
    assert "Friday 3 April 2026, 16:00" in rendered.text
    assert "London" in rendered.text


@pytest.mark.parametrize(
    ("text", "own", "spoken"),
    [("tlh", "tr", "tr"), ("tlh", "tlh", "en"), ("tr-CY", "en", "tr"), ("../tr", "en", "en")],
)
def test_a_missing_locale_still_acknowledges(text: str, own: str, spoken: str) -> None:
    site: Site = replace(ISTANBUL, language=own, languages=(own, text))
    rendered = Sample("", letter(language=text)).rendered(site=site)
    assert rendered.language == spoken
    assert SAID[spoken]["due"] in rendered.text


def test_a_promise_that_was_missed_is_said_so() -> None:
    late = sample_of("message-late").rendered().text
    assert "we said Friday 3 April 2026, 18:00 and missed it. We are sorry." in late


def test_a_question_says_that_the_time_stands_still_only_where_it_does() -> None:
    running, paused = (sample_of(name).rendered().text for name in ("question", "question-paused"))
    assert "is paused" not in running
    assert "is paused since Wednesday 4 March 2026, 10:15" in paused


def test_what_staff_wrote_is_text_and_no_markup() -> None:
    rendered = sample_of("question").rendered()
    assert WORDS in rendered.text
    assert "A picture &lt;helps&gt; &amp; is welcome." in rendered.html


@pytest.mark.parametrize(
    ("name", "greeting"),
    [
        ("Ada Yılmaz", "Hello Ada Yılmaz,"),
        ("J.-P. O’Neill Jr.", "Hello J.-P. O’Neill Jr.,"),
        ("buy at evil.example", "Hello,"),
        ("https://evil.example", "Hello,"),
        ("<b>Ada</b>", "Hello,"),
        (None, "Hello,"),
        ("", "Hello,"),
    ],
)
def test_a_greeting_carries_no_link(name: str | None, greeting: str) -> None:
    assert greeting in sample_of("question").rendered(replace(READER, name=name)).text.splitlines()


def test_s27_the_acknowledgement_repeats_nothing_that_was_typed() -> None:
    rendered = Sample("", letter()).rendered(replace(READER, name="Zebra"))
    assert not any("Zebra" in part for part in (rendered.subject, rendered.text, rendered.html))


def test_a_letter_to_staff_names_nobody() -> None:
    for sample in ALL:
        if sample.name.startswith(("escalation", "action")):
            rendered = sample.rendered()
            assert not any("Ada" in part for part in (rendered.subject, rendered.text, rendered.html))


@pytest.mark.parametrize("language", ["en", "tr", "de", "fr", "es", "ar"])
def test_both_parts_of_a_letter_have_one_wording(language: str) -> None:
    """An answer quotes either, and our letter is known in it by its words."""
    for sample in samples(language):
        if sample.letter.to == "complainant" and sample.link:
            rendered = MAILROOM.render(
                sample.letter, READER, ISTANBUL, text=sample.text, link=sample.link, replies=True
            )
            plain, page = (text.partition("\n")[2] for text in (rendered.text, text_of(rendered.html)))
            assert Wording.of(words_of(plain)) == Wording.of(words_of(page)), sample.name
