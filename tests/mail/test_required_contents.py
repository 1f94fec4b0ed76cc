"""A pack is confirmed only if its letters say what its rule asks for, in every language of letters."""

from collections.abc import Callable
from datetime import datetime, timedelta
from functools import cache
from zoneinfo import ZoneInfo

import pytest
from msgspec.structs import replace

from complaints.adapters.config.shipped_data import packs_named
from complaints.case.correspondence.letter import Block, Enclosure, Letter
from complaints.casework.process.holding_letter import ExplainDelay
from complaints.letters.content.blocks import FILES, PARAGRAPHS
from complaints.promise_packs.schema import Pack, RequiredLetter
from complaints.promise_packs.validation import LETTER_PARTS
from complaints.settings.promise_packs.pack_coverage import shortfalls, unmapped
from complaints.site.site import Site, Texts
from tests.builders import ADA, MONDAY, OMBUDSMAN, RUTH, Story
from tests.complaints.clocks.country_packs import under
from tests.complaints.promise_packs.test_shipped_packs import NAMES
from tests.mail.letters import Sample
from tests.mail.test_date_formats import CATALOGUES, SPOKEN
from tests.mail.test_letters import LANGUAGES
from tests.stories import by_telephone

CONFIRMED = [pack for name in NAMES for pack in packs_named(name) if pack.status == "confirmed"]
WRITTEN = [pack for name in NAMES for pack in packs_named(name) if pack.contents]
REASONS = "The courier left nine cups in the rain, and six of them broke."


LEAFLET = Enclosure(key="enclosures/demo.1", name="Leaflet.pdf", digest="ab" * 32, size=9)
A_DAY, A_WEEK = timedelta(days=1), timedelta(weeks=1)


def begin(pack: Pack) -> datetime:
    """A Monday on which the pack is in force."""
    weeks = max((pack.effective_from - MONDAY.date()).days // 7 + 1, 0)
    return MONDAY + weeks * A_WEEK


def acknowledged(story: Story) -> Story:
    return story


def held(story: Story) -> Story:
    due = min(clock.due for clock in story.build().clocks if clock.is_running and clock.holding_letter)
    expected_on = due.date() + timedelta(days=20)
    return story.does(ADA, ExplainDelay(text=REASONS, expected_on=expected_on), due - timedelta(days=2))


def extended(story: Story) -> Story:
    return story.extended(by=RUTH, at=story.now + A_DAY)


def resolved(story: Story) -> Story:
    return story.decided(at=story.now + A_DAY).issued()


def settled(story: Story) -> Story:
    found = story.now + A_DAY
    return story.decided(at=found).does(ADA, by_telephone(found)).closed()


STEPS: dict[str, Callable[[Story], Story]] = {
    "acknowledgement": acknowledged,
    "extension": extended,
    "holding": held,
    "resolution": resolved,
    "settlement": settled,
}
"""What happens until a letter of a kind is called for."""


@cache
def written(pack: str, kind: str, received_at: datetime) -> tuple[Letter, Site]:
    """The letter of a kind as a case under the pack calls for it, at a site that names a body outside and has
    brought what letters enclose."""
    texts = Texts(enclosures={block: {"en": LEAFLET} for block in FILES})
    story = under(pack, external_body=OMBUDSMAN, texts=texts).received(received_at).acknowledged().assessed()
    return STEPS[kind](story).letter(kind), story.terms.site


def day(at: datetime, language: str, site: Site) -> str:
    return SPOKEN.day(language, at.astimezone(ZoneInfo(site.zone)).date())


def paragraph(block: Block, site: Site, language: str) -> list[str]:
    """What must be read of a paragraph: its exact words, and the body outside with its address."""
    body = block.body
    exact = list(block.prescribed.values())
    return exact + ([body.name, *([body.url] if body.url else [])] if body else [])


def expected(part: str, letter: Letter, site: Site, language: str) -> list[str]:
    """The texts that the letter must hold for one part of the required contents."""
    if part not in LETTER_PARTS:
        block = next(block for block in letter.blocks if block.words.removesuffix(".unnamed") == part)
        assert not PARAGRAPHS[part].names_a_body or block.body is not None
        if part in FILES:
            sign = CATALOGUES.text(language, "words.format.colon")
            return [f"{CATALOGUES.text(language, 'mail.enclosed')}{sign} {LEAFLET.name}"]
        return paragraph(block, site, language)
    match part:
        case "reasons":
            return [REASONS]
        case "outcome":
            return [CATALOGUES.text(language, f"words.decided.{letter.outcome}")]
        case "received":
            return [day(letter.received_at, language, site)]
        case "new_date":
            assert letter.due
            return [day(letter.due, language, site)]
        case "expected_on":
            assert letter.due_on
            return [SPOKEN.day(language, letter.due_on)]
        case "external_body":
            assert letter.external_body
            return [letter.external_body.name, *filter(None, [letter.external_body.url])]
    raise ValueError(part)


@pytest.mark.parametrize("pack", CONFIRMED, ids=lambda pack: f"{pack.id}-{pack.version}")
def test_a_confirmed_pack_says_what_its_rule_asks_letters_to_say(pack: Pack) -> None:
    assert any(required.letter == "resolution" for required in pack.contents)
    assert not unmapped(pack)
    assert shortfalls(pack.id) == ()


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    ("pack", "required"),
    [
        pytest.param(pack, required, id=f"{pack.id}-{pack.version}-{required.letter}")
        for pack in WRITTEN
        for required in pack.contents
    ],
)
def test_the_letters_of_a_pack_say_it_in_every_language(
    pack: Pack, required: RequiredLetter, language: str
) -> None:
    letter, site = written(pack.id, required.letter, begin(pack))
    found = Sample(required.letter, replace(letter, language=language), REASONS).rendered(site=site)
    text = " ".join(found.text.split())
    missing = [
        words
        for part in required.says
        for words in expected(part, letter, site, language)
        if " ".join(words.split()) not in text
    ]
    assert missing == []
