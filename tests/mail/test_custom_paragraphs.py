"""A site's own words and look in every letter: the same in both parts and on paper, small, and no markup."""

from email import message_from_bytes, policy

import pytest
from msgspec.structs import replace

from complaints.case.correspondence.letter import MAILS, NOT_TO_COMPLAINANT, LetterKind
from complaints.case.correspondence.letterhead import Letterhead
from complaints.delivery.rendered_letter import Reader
from complaints.letters.content.examples import KINDS, example, quotes
from complaints.site.site import Texts
from tests.html import Reading
from tests.mail.letters import ISTANBUL, LINK, MAILROOM, READER, RECEIVED, TEMPLATES, WORDS, Sample, letter
from tests.mail.test_letters import LANGUAGES, both_parts, sample_of

SIGNATURE = "Lamps & Co <care>\nDay and night"
SENDER = {"tr": "Lamps & Co Şikâyet"}
PRIVACY, CONTACT = "https://lamps.example/privacy", "https://lamps.example/contact?a=1&b=2"
OWN = "Quote {reference}, <b>please</b> & thank {site}.\nOne line.\n\nAnother paragraph: {{ok}}."
FILLED = ("Quote C-7K3M9-QX2HT-7, <b>please</b> & thank Lamps & Co.\nOne line.", "Another paragraph: {ok}.")
HEAD = Letterhead(
    accent="#2e7d32",
    accent_text="#fffffe",
    sender=SENDER,
    signature=dict.fromkeys(LANGUAGES, SIGNATURE),
    privacy=PRIVACY,
    contact=CONTACT,
)
TEXTS = Texts(letterhead=HEAD, letters={kind: dict.fromkeys(LANGUAGES, OWN) for kind in KINDS})
SITE = replace(ISTANBUL, texts=TEXTS)

every_kind = pytest.mark.parametrize("kind", KINDS)
every_language = pytest.mark.parametrize("language", LANGUAGES)


def of(kind: LetterKind, language: str = "en") -> Sample:
    """An example letter of a kind."""
    letter = example(kind, ISTANBUL.key, language, RECEIVED)
    return Sample(kind, letter, WORDS if quotes(kind) else None)


@every_kind
@every_language
def test_every_letter_says_the_words_of_the_site_in_both_parts(kind: LetterKind, language: str) -> None:
    rendered = of(kind, language).rendered(site=SITE)
    text, page = both_parts(rendered)
    assert text == page
    for expected in (*FILLED, SIGNATURE):
        assert expected in rendered.text
        assert expected in Reading(rendered.html).words
    for address in (PRIVACY, CONTACT):
        assert address in rendered.text
        assert address in Reading(rendered.html).links


@every_kind
@every_language
def test_the_longest_words_of_a_site_keep_a_letter_small(kind: LetterKind, language: str) -> None:
    texts = replace(
        TEXTS,
        letterhead=replace(HEAD, signature={language: "ğ" * 300}),
        letters={kind: {language: "ğ" * 1_000}},
    )
    html = of(kind, language).rendered(site=replace(SITE, texts=texts)).html
    assert len(html.encode()) <= 20_000
    assert Reading(html).open == []


@every_kind
def test_the_words_of_a_site_stand_on_paper_too(kind: LetterKind) -> None:
    sample = of(kind)
    on_paper = replace(sample.letter, on_paper=True)
    html = MAILROOM.printed(on_paper, Reader(name="Ada"), SITE, text=sample.text, style=("", ""))
    words = Reading(html).words
    assert all(text in words for text in (*FILLED, SIGNATURE))
    assert "style=" not in html


def test_a_button_has_the_colours_of_the_site() -> None:
    button = of(LetterKind.QUESTION).rendered(site=SITE).html
    assert "background: #2e7d32; color: #fffffe" in button


def test_a_moment_is_said_in_the_words_and_the_zone_of_the_letter() -> None:
    own = {"question": {"tr": "Yanıt: {due}"}}
    rendered = sample_of("question", "tr").rendered(site=replace(SITE, texts=Texts(letters=own)))
    assert "Yanıt: 3 Nisan 2026 Cuma, saat 18.00" in rendered.text
    assert 'Yanıt: <span dir="auto"><time datetime="2026-04-03T18:00:00+03:00">' in rendered.html


def test_a_paragraph_for_somebody_whose_name_is_not_known_is_left_out() -> None:
    site = replace(SITE, texts=Texts(letters={"question": {"en": "For {name}.\n\nFor all."}}))
    for name, greeted in (("Ada", True), (None, False), ("buy at evil.example", False)):
        text = sample_of("question").rendered(replace(READER, name=name), site).text
        assert ("For " in text.replace("For all.", "")) is greeted
        assert "For all." in text


@pytest.mark.parametrize(("language", "name"), [("en", "Lamps & Co"), ("tr", "Lamps & Co Şikâyet")])
def test_mail_is_from_the_name_that_the_site_has_in_the_language_of_the_letter(
    language: str, name: str
) -> None:
    message = MAILROOM.message(
        letter(language=language), READER, SITE, sender="complaints@example.org", text=None, link=LINK
    )
    sender = message_from_bytes(message, policy=policy.default)["From"].addresses[0]
    assert (sender.display_name, sender.addr_spec) == (name, "complaints@example.org")


@pytest.mark.parametrize("kind", MAILS)
def test_the_letters_with_own_words_are_those_to_complainants(kind: LetterKind) -> None:
    template = (TEMPLATES / "mail" / kind / "body.txt").read_text("utf-8")
    assert ("mail/_base/complainant.txt" in template) is (kind not in NOT_TO_COMPLAINANT)
