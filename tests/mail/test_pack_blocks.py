"""What promise packs ask of letters: each block is a paragraph, or what the letter says by itself."""

import pytest
from msgspec.structs import replace

from complaints.adapters.config.shipped_data import packs_named
from complaints.case.correspondence.letter import Block
from complaints.letters.content.blocks import (
    ENCLOSED,
    FILES,
    MAPPED_BLOCKS,
    PARAGRAPHS,
    SAID,
    UNNAMED,
    text_of,
)
from complaints.site.site import Texts
from tests.guards.test_catalogues import LOCALES, messages
from tests.mail.letters import ISTANBUL, OMBUDSMAN, REFERENCE, URL, WORDS, Sample, blocks, resolution
from tests.mail.test_date_formats import CATALOGUES
from tests.mail.test_letters import LANGUAGES, sample_of
from tests.mail.test_levels import LATER, said

WHOLLY_MAPPED = (
    "iso10002-default",
    "tr-kvkk",
    "tr-insurance",
    "uk-fca-disp",
    "eu-psd2",
    "us-cfpb",
    "au-rg271",
    "br-sac",
    "ca-bank",
    "eu-dsa-complaint",
    "eu-gdpr-dsr",
    "eu-rail",
    "ie-cpc",
    "in-rbi",
    "tr-bank",
    "tr-consumer",
    "uk-dp-complaint",
    "uk-fca-psd",
    "uk-gdpr-dsr",
    "uk-ofcom",
    "uk-ofgem",
    "us-regx",
    "uk-housing-ombudsman",
)
LAST_DAY = {
    "ar": "الاثنين 20 أبريل 2026",
    "es": "lunes 20 de abril de 2026",
    "de": "Montag, 20. April 2026",
    "en": "Monday 20 April 2026",
    "fr": "lundi 20 avril 2026",
    "tr": "20 Nisan 2026 Pazartesi",
}
FINAL = {
    "ar": "الأربعاء 29 أبريل 2026، الساعة 18:00",
    "es": "miércoles 29 de abril de 2026 a las 18:00",
    "de": "Mittwoch, 29. April 2026, 18:00 Uhr",
    "en": "Wednesday 29 April 2026, 18:00",
    "fr": "mercredi 29 avril 2026 à 18:00",
    "tr": "29 Nisan 2026 Çarşamba, saat 18.00",
}
FAMILY = "mail.block."
NAMING_A_BODY = {name for name, each in PARAGRAPHS.items() if each.names_a_body}
NO_BLOCKS = ("until", "prescribed")
HELD = {
    "ack.reference": ("acknowledgement", (REFERENCE,)),
    "ack.dates": ("acknowledgement", ("Response: by Friday 3 April 2026, 18:00 (30 calendar days)",)),
    "ack.contact": ("acknowledgement", (f"the complaints team of {ISTANBUL.name}", "/status/")),
    "ack.procedure_link": ("acknowledgement", (f"{URL}/procedure?site=demo",)),
    "decision.outcome": ("resolution-upheld", ("You are right, and we uphold your complaint.",)),
    "decision.reasons": ("resolution-upheld", ("Why we decided so", *WORDS.split())),
    "decision.reasons_if_refused": ("resolution-not_upheld", ("Why we decided so", *WORDS.split())),
    "decision.remedies": ("resolution-upheld", ("Refund: £49.90, by Friday 10 April 2026", "Apology")),
    "decision.how_to_disagree": (
        "resolution-upheld",
        ("A colleague who had no part in this decision", LATER["en"]),
    ),
    "decision.external_body": (
        "resolution-outside",
        (OMBUDSMAN.name, OMBUDSMAN.address, OMBUDSMAN.cost, OMBUDSMAN.time),
    ),
    "decision.outstanding_actions": ("resolution-upheld", ("Refund: £49.90, by Friday 10 April 2026",)),
    "eu.dsa_reasons": ("resolution-not_upheld", ("Why we decided so", *WORDS.split())),
    "uk.housing_stage2": ("resolution-upheld", ("A colleague who had no part in this decision",)),
    "us.regx_reasons": ("resolution-not_upheld", ("Why we decided so", *WORDS.split())),
    "extension.reason": ("extension", ("Why, and what we have done so far", *WORDS.split())),
    "extension.new_date": ("extension", (f"New date: {LATER['en']}",)),
}


def block_words(language: str) -> set[str]:
    """The ends of the msgids of all paragraphs that the catalogue has words for."""
    known = messages(LOCALES / language / "LC_MESSAGES/mail.po")
    return {name.removeprefix(FAMILY) for name in known if name.startswith(FAMILY)}


@pytest.mark.parametrize("name", sorted(SAID))
def test_what_a_letter_says_by_itself_it_really_says(name: str) -> None:
    sample, held = HELD[name]
    assert sample_of(sample).letter.kind is SAID[name]
    assert not [words for words in held if words not in said(sample, "en")]


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_paragraph_has_words_and_no_words_are_for_none(language: str) -> None:
    words = {name.removesuffix(".unnamed") for name in block_words(language)}
    enclosed = {f"{name}{ENCLOSED}" for name in FILES}
    assert words.difference(NO_BLOCKS) == {text_of(name) for name in PARAGRAPHS} | enclosed


@pytest.mark.parametrize("name", WHOLLY_MAPPED)
def test_letters_hold_all_that_these_packs_ask_for(name: str) -> None:
    for pack in packs_named(name):
        clocks = [block for clock in pack.clocks for block in clock.letter_blocks]
        notices = [
            block for clock in pack.clocks if clock.extension for block in clock.extension.notice_blocks
        ]
        assert {*pack.letter_blocks, *clocks, *notices} <= MAPPED_BLOCKS


@pytest.mark.parametrize("name", WHOLLY_MAPPED)
def test_a_body_that_a_pack_cannot_name_has_other_words(name: str) -> None:
    for pack in packs_named(name):
        if pack.external_body and not pack.external_body.url:
            asked = {*pack.letter_blocks, *(block for clock in pack.clocks for block in clock.letter_blocks)}
            unnamed = {text_of(f"{block}{UNNAMED}") for block in asked if block in NAMING_A_BODY}
            assert unnamed <= block_words("en")


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", ["acknowledgement-blocks", "resolution-blocks"])
def test_each_paragraph_about_going_outside_names_the_body_and_the_last_day(name: str, language: str) -> None:
    text = said(name, language)
    asked_for = blocks(sample_of(name).letter.kind)
    named = [block for block in asked_for if block.words in NAMING_A_BODY]
    pair = CATALOGUES.text(language, "words.format.pair", first=OMBUDSMAN.name, then=OMBUDSMAN.url)
    assert text.count(pair) == len(named)
    assert text.count(LAST_DAY[language]) >= len(asked_for)


def test_a_sites_own_words_stand_in_place_of_ours_in_their_language_only() -> None:
    own = {"uk.fos_leaflet": {"en": "The <leaflet> is enclosed."}, "eu.adr_body": {"en": "Go to Fair & Co."}}
    site = replace(ISTANBUL, texts=Texts(blocks=own))
    found, untold = (sample_of("resolution-blocks", tag).rendered(site=site) for tag in ("en", "tr"))
    assert found.text.count("Go to Fair & Co.") == 2
    assert "The <leaflet> is enclosed." in found.text
    assert "The &lt;leaflet&gt; is enclosed." in found.html
    assert "Their leaflet" not in found.text
    assert "Broşürü onlardan ya da bizden isteyebilirsiniz." in untold.text


EXACT = "You must do so within six months of the date of this letter."


@pytest.mark.parametrize("language", LANGUAGES)
def test_words_that_a_rule_prescribes_stand_as_they_are_or_after_the_translation(language: str) -> None:
    block = Block(words="uk.fos_six_months", prescribed={"en": EXACT})
    found = Sample("prescribed", resolution(language=language, blocks=(block,)), WORDS)
    text = " ".join(found.rendered().text.split())
    translated = CATALOGUES.text(language, "mail.block.uk.fos_six_months")
    assert EXACT in text
    assert (translated in text) == (language != "en")


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_time_limit_of_a_final_response_is_a_date(language: str) -> None:
    assert FINAL[language] in said("acknowledgement-blocks", language)
    assert FINAL[language] not in said("acknowledgement", language)
