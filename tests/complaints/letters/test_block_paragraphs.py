"""Which paragraphs of a country's pack stand in which letter, with whose name and until when."""

from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from msgspec.structs import replace

from complaints.case.correspondence.letter import Block, Enclosure, LetterKind
from complaints.site.site import Texts
from complaints.values.errors import Invalid, Wrong
from complaints.values.field_types import Channel, Outcome, Stage
from tests.builders import ADA, MONDAY, OMBUDSMAN, WEDNESDAY, Story, a_complaint
from tests.complaints.clocks.country_packs import under
from tests.stories import by_telephone

LONDON = ZoneInfo("Europe/London")
SIX_MONTHS_LATER = date(2026, 8, 2)


def blocks(story: Story, kind: LetterKind) -> dict[str, Block]:
    """The paragraphs of the last letter of a kind, by their words."""
    return {block.words: block for block in story.letter(kind).blocks}


def answered(pack: str, **site: Any) -> Story:
    return under(pack, **site).received().acknowledged().assessed().decided().issued()


def test_an_acknowledgement_holds_only_what_is_asked_for_there() -> None:
    story = under("uk-fca-disp").received()
    (limits,) = blocks(story, LetterKind.ACKNOWLEDGEMENT).values()
    assert limits.words == "uk.disp_time_limits"
    assert limits.body
    assert limits.body.name == "Financial Ombudsman Service"
    assert limits.due
    assert limits.due.astimezone(LONDON).date() == MONDAY.date() + timedelta(weeks=8)


def test_a_final_response_says_until_when_one_can_go_to_the_ombudsman() -> None:
    """By the last block about going there, and as a day of London: at the site it is past midnight."""
    found = blocks(answered("uk-fca-disp"), LetterKind.RESOLUTION)
    assert list(found) == [
        "uk.final_response_words",
        "uk.fos_reference",
        "uk.fos_six_months",
        "uk.fos_waiver_words",
        "uk.fos_leaflet",
    ]
    until = {words: block.until for words, block in found.items() if block.until}
    assert list(until) == ["uk.fos_six_months"]
    assert until["uk.fos_six_months"] == SIX_MONTHS_LATER


def test_of_two_time_limits_of_one_pack_the_first_is_named() -> None:
    """Thirty days from the answer, sixty from the request: an answer on the fortieth day leaves twenty."""
    story = under("tr-kvkk").received().acknowledged().assessed().decided()
    story.issued(MONDAY + timedelta(days=40))
    until = blocks(story, LetterKind.RESOLUTION)["tr.kvkk_kurul"].until
    assert until == MONDAY.date() + timedelta(days=60)


@pytest.mark.parametrize(
    ("pack", "block"),
    [
        ("tr-insurance", "tr.insurance_arbitration"),
        ("au-rg271", "au.afca"),
        ("tr-kvkk", "tr.kvkk_kurul"),
        ("ca-bank", "ca.ecb"),
        ("ie-cpc", "ie.fspo"),
        ("in-rbi", "in.rbi_ombudsman"),
        ("uk-ofgem", "uk.energy_ombudsman"),
    ],
)
def test_the_body_is_the_one_that_the_pack_names(pack: str, block: str) -> None:
    story = answered(pack, external_body=OMBUDSMAN)
    ((named, _),) = {(each.external_body, each.id) for each in story.terms.packs if each.id == pack}
    assert blocks(story, LetterKind.RESOLUTION)[block].body == named


def test_a_body_that_the_pack_can_only_describe_is_named_by_the_site() -> None:
    named = blocks(answered("eu-psd2", external_body=OMBUDSMAN), LetterKind.RESOLUTION)
    assert named["eu.adr_body"].body == OMBUDSMAN
    assert "eu.adr_body.unnamed" in blocks(answered("eu-psd2"), LetterKind.RESOLUTION)
    scheme = blocks(answered("uk-ofcom", external_body=OMBUDSMAN), LetterKind.RESOLUTION)["uk.telecom_adr"]
    assert scheme.body == OMBUDSMAN


def settled(pack: str, at: datetime) -> Story:
    """The decision was told on the telephone, and the person agreed to it."""
    story = under(pack).received().acknowledged().assessed().decided(at=at)
    return story.does(ADA, by_telephone(at)).closed()


@pytest.mark.parametrize(
    ("pack", "expected"),
    [
        ("uk-fca-disp", ["uk.fos_reference", "uk.fos_six_months", "uk.fos_waiver_words", "uk.fos_more"]),
        ("uk-fca-psd", ["uk.fos_reference", "uk.fos_six_months", "uk.fos_waiver_words", "uk.fos_more"]),
        ("au-rg271", ["au.written_on_request", "au.afca"]),
    ],
)
def test_a_case_that_is_settled_in_the_short_period_ends_with_the_letter_of_its_law(
    pack: str, expected: list[str]
) -> None:
    """DISP 1.5.4R: that it is considered resolved, and that one may go to the ombudsman all the same."""
    found = blocks(settled(pack, WEDNESDAY), LetterKind.SETTLEMENT)
    assert list(found) == expected
    assert not [letter for letter in settled(pack, WEDNESDAY).cases.letters if letter.kind == "closing"]


def test_six_months_to_go_to_the_ombudsman_begin_with_the_summary_resolution() -> None:
    """DISP 2.8.2R(1)."""
    found = blocks(settled("uk-fca-disp", WEDNESDAY), LetterKind.SETTLEMENT)
    assert found["uk.fos_six_months"].until == date(2026, 8, 4)
    assert "within six months of the date of this letter" in found["uk.fos_six_months"].prescribed["en"]


def test_a_case_that_is_settled_under_no_such_law_ends_with_the_usual_letter() -> None:
    kinds = {letter.kind for letter in settled("tr-insurance", WEDNESDAY).cases.letters}
    assert (LetterKind.CLOSING in kinds, LetterKind.SETTLEMENT in kinds) == (True, False)


@pytest.mark.parametrize(
    ("pack", "days"),
    [
        ("uk-fca-disp", 10),
        ("uk-fca-psd", 10),
        ("au-rg271", 10),
        ("eu-psd2", 2),
        ("ca-bank", 2),
        ("us-regx", 2),
    ],
)
def test_a_decision_that_a_law_wants_in_writing_is_not_told_in_a_talk_alone(pack: str, days: int) -> None:
    """DISP 1.6.2R, PSD2 article 101(2), RG 271.53, SOR/2021-181, 12 CFR 1024.35(e)(1)."""
    with pytest.raises(Invalid) as refused:
        settled(pack, MONDAY + timedelta(days=days))
    assert refused.value.errors == (Wrong("/by", "in-writing"),)


def test_whom_no_letter_reaches_is_told_in_a_talk_whatever_the_law() -> None:
    told = MONDAY + timedelta(days=10)
    story = under("uk-fca-disp")
    story.received(by=ADA, email=None, phone="+44 20 7946 0000", channel=Channel.TELEPHONE)
    story.assessed().decided(at=told).does(ADA, by_telephone(told))
    assert story.build().stage is Stage.RESPONDED


def test_an_acknowledgement_of_a_payment_complaint_names_the_business_days() -> None:
    """DISP 1.6.1R(1)(b)(i), in force from 1 June 2026."""
    (limits,) = blocks(under("uk-fca-psd").received(), LetterKind.ACKNOWLEDGEMENT).values()
    assert limits.words == "uk.psd_time_limits"
    assert limits.due


def test_a_response_on_housing_says_at_which_stage_it_is_given() -> None:
    """Housing Ombudsman, Complaint Handling Code 6.9: the stage stands in the letter."""
    found = blocks(answered("uk-housing-ombudsman"), LetterKind.RESOLUTION)
    assert found["uk.housing_stage"].stage == 1


def test_a_referral_says_until_when_one_can_go_there() -> None:
    """The referral itself ends the pack's clock, and not the person's time."""
    story = answered("uk-fca-disp").taken("resolution").disagreed()
    assert story.letter(LetterKind.REFERRAL).outside_until == SIX_MONTHS_LATER


def test_the_default_promises_need_no_paragraphs() -> None:
    story = a_complaint().received().acknowledged().assessed().decided().issued()
    assert [letter.blocks for letter in story.cases.letters] == [(), ()]


ENGLISH, TURKISH = (
    Enclosure(key=f"enclosures/demo/{tag}", name="Leaflet.pdf", digest=tag * 32, size=9)
    for tag in ("en", "tr")
)


@pytest.mark.parametrize(
    ("files", "language", "enclosed"),
    [
        ({"en": ENGLISH, "tr": TURKISH}, "tr", TURKISH),
        ({"en": ENGLISH, "tr": TURKISH}, "de", ENGLISH),
        ({"tr": TURKISH}, "en", TURKISH),
    ],
    ids=["in the language of the letter", "else in that of the site", "else in any"],
)
def test_the_leaflet_that_a_site_has_goes_with_the_letters_that_ask_for_it(
    files: dict[str, Enclosure], language: str, enclosed: Enclosure
) -> None:
    """And with no others: an acknowledgement speaks of none."""
    texts = Texts(enclosures={"uk.fos_leaflet": files, "uk.ico": files})
    story = answered("uk-fca-disp", texts=texts, language="en")
    letter = replace(story.letter(LetterKind.RESOLUTION), language=language)
    assert letter.enclosures == (enclosed,)
    assert story.letter(LetterKind.ACKNOWLEDGEMENT).enclosures == ()


def test_after_the_period_of_an_ombudsman_whoever_was_answered_is_not_told_that_no_answer_came() -> None:
    """SI 2008/1898, regulation 6: the letter goes out while a complaint is not resolved."""
    waiting = under("uk-ofgem").received().acknowledged()
    told = MONDAY + timedelta(days=40)
    answered_late = under("uk-ofgem").received().acknowledged().assessed().decided(at=told)
    answered_late.does(ADA, by_telephone(told))
    found = {
        letter.outcome
        for story in (waiting, answered_late)
        for letter in story.ticked(MONDAY + timedelta(days=60)).cases.letters
        if letter.kind is LetterKind.SIGNPOST
    }
    assert found == {None, Outcome.UPHELD}


@pytest.mark.parametrize("pack", ["in-rbi", "tr-bank"])
def test_a_last_day_that_nobody_confirmed_is_not_told(pack: str) -> None:
    story = answered(pack)
    assert [block.until for block in story.letter(LetterKind.RESOLUTION).blocks] == [None]


def test_the_first_answer_of_two_names_no_last_day_of_the_ombudsman() -> None:
    """DISP 2.8.2R: the six months begin with the final response."""
    story = answered("uk-fca-disp", two_stages=True)
    assert {block.until for block in story.letter(LetterKind.RESOLUTION).blocks} == {None}
