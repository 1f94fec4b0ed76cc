"""A pack is confirmed only if its letters say what its rule asks for, in every language of letters."""

import re
from collections.abc import Callable
from datetime import datetime, timedelta
from functools import cache
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from msgspec.structs import replace

from complaints.adapters.config.shipped_data import packs_named
from complaints.case.correspondence.letter import Block, Enclosure, Letter
from complaints.casework.outcome.classification import Classify
from complaints.casework.process.closing import Close
from complaints.casework.process.holding_letter import ExplainDelay
from complaints.context.decision_context import RequestRefusal
from complaints.letters.content.blocks import FILES, PARAGRAPHS, TELEPHONE, text_of
from complaints.promise_packs.schema import ExternalBody, Pack, RequiredLetter
from complaints.promise_packs.validation import LETTER_PARTS
from complaints.settings.promise_packs.pack_coverage import (
    asked_of_site,
    is_of_requests,
    shortfalls,
    unmapped,
)
from complaints.site.pack_events import WRITTEN as BY_STAFF
from complaints.site.site import Site, Texts
from complaints.values.field_types import ClosingReason, Feedback, RefusalGround
from tests.builders import ADA, MONDAY, OMBUDSMAN, RUTH, Story
from tests.complaints.clocks.country_packs import under
from tests.complaints.clocks.test_promises_by_law import selling
from tests.complaints.promise_packs.test_shipped_packs import NAMES
from tests.mail.letters import Sample
from tests.mail.test_date_formats import CATALOGUES, SPOKEN
from tests.mail.test_letters import LANGUAGES
from tests.stories import by_telephone

CONFIRMED = [pack for name in NAMES for pack in packs_named(name) if pack.status == "confirmed"]
WRITTEN = [pack for name in NAMES for pack in packs_named(name) if pack.contents]
REASONS = "The courier left nine cups in the rain, and six of them broke."


LEAFLET = Enclosure(key="enclosures/demo.1", name="Leaflet.pdf", digest="ab" * 32, size=9)
HANDLED = Close(reason=ClosingReason.HANDLED)
ABOUT = "billing.double_charge"
A_DAY, A_WEEK = timedelta(days=1), timedelta(weeks=1)


AUTHORITY = ExternalBody(name="Data Protection Office", url="https://authority.example", address="2 Square")
OF_SITE: dict[str, Any] = {"external_body": OMBUDSMAN, "authority": AUTHORITY, "telephone": "+1 800 555 0100"}
"""What a site says where the letters of a pack must name it."""


def begin(pack: Pack) -> datetime:
    """A Monday on which the pack is in force."""
    weeks = max((pack.effective_from - MONDAY.date()).days // 7 + 1, 0)
    return MONDAY + weeks * A_WEEK


def acknowledged(story: Story) -> Story:
    return story


def classified(story: Story) -> Story:
    """It turns out to be about what the pack is for."""
    return story.does(ADA, Classify(category=ABOUT), story.now + A_DAY)


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


def left_waiting(story: Story) -> Story:
    clocks = story.build().clocks
    due = min(clock.due for clock in clocks if any(rung.to == "external_signpost" for rung in clock.rungs))
    return story.ticked(due + A_WEEK)


def answered(story: Story) -> Story:
    return story.does(ADA, HANDLED, story.now + A_DAY)


def refused(story: Story) -> Story:
    """A request of which its record says why nothing is done."""
    asked = story.context(ADA, story.now + A_DAY, None)
    refusal = RequestRefusal(RefusalGround.KEPT_BY_LAW, REASONS)
    story.casework.carry_out(story.case, HANDLED, replace(asked, refusal=refusal))
    return story


STEPS: dict[str, Callable[[Story], Story]] = {
    "acknowledgement": acknowledged,
    "reclassification": classified,
    "extension": extended,
    "holding": held,
    "resolution": resolved,
    "settlement": settled,
    "signpost": left_waiting,
    "answer": answered,
    "refusal": refused,
}
"""What happens until a letter of a kind is called for."""

KINDS = dict.fromkeys(("answer", "refusal"), "closing")
"""What letters are called whose kind is not their name."""


@cache
def written(name: str, version: int, kind: str) -> tuple[Letter, Site]:
    """The letter of a kind as a case under the pack calls for it, at a site that says no more than the pack
    cannot be switched on without, and has brought what letters enclose."""
    pack = next(each for each in packs_named(name) if each.version == version)
    texts = Texts(enclosures={block: {"en": LEAFLET} for block in FILES})
    insisted = {field: OF_SITE[field] for field in asked_of_site(pack)}
    if is_of_requests(pack):
        story = under(name, keeps="topic", texts=texts, **insisted)
        story.received(begin(pack), feedback=Feedback.PERSONAL_DATA)
    elif kind == "reclassification":
        product = next(each.value for each in pack.conditions if each.field == "product")
        assert isinstance(product, tuple)
        codes = selling(str(product[0]), ABOUT)
        story = under(name, keeps="product", texts=texts, codes=codes, **insisted).received(begin(pack))
    else:
        story = under(name, texts=texts, **insisted).received(begin(pack)).acknowledged().assessed()
        if kind == "holding" and any(clock.starts_on == BY_STAFF for clock in pack.clocks):
            story.told()
    return STEPS[kind](story).letter(KINDS.get(kind, kind)), story.terms.site


def day(at: datetime, language: str, site: Site) -> str:
    return SPOKEN.day(language, at.astimezone(ZoneInfo(site.zone)).date())


def paragraph(block: Block, site: Site, language: str) -> list[str]:
    """What must be read of a paragraph: its words, and the body outside with its address and last day."""
    body = block.body
    exact = list(block.prescribed.values())
    said = re.split(r"%\(\w+\)s", CATALOGUES.pattern(language, f"mail.block.{text_of(block.words)}"))
    own = [] if language in block.prescribed else [each.strip() for each in said]
    until = [SPOKEN.day(language, block.until)] if block.until else []
    return own + exact + until + ([body.name, *([body.url] if body.url else [])] if body else [])


def expected(part: str, letter: Letter, site: Site, language: str) -> list[str]:
    """The texts that the letter must hold for one part of the required contents."""
    if part not in LETTER_PARTS:
        block = next(block for block in letter.blocks if block.words.removesuffix(".unnamed") == part)
        assert block.body or not PARAGRAPHS[part].names_a_body or PARAGRAPHS[part].any_body
        if part == TELEPHONE:
            assert site.telephone
            return [*paragraph(block, site, language), site.telephone]
        if part in FILES:
            sign = CATALOGUES.text(language, "words.format.colon")
            return [f"{CATALOGUES.text(language, 'mail.enclosed')}{sign} {LEAFLET.name}"]
        return paragraph(block, site, language)
    match part:
        case "reasons":
            return [REASONS]
        case "ground":
            return [CATALOGUES.text(language, f"mail.closing.ground.{letter.ground}")]
        case "outcome":
            return [CATALOGUES.text(language, f"words.decided.{letter.outcome}")]
        case "received":
            return [day(letter.received_at, language, site)]
        case "last_day":
            assert letter.outside_until
            return [SPOKEN.day(language, letter.outside_until)]
        case "due" | "new_date":
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
    last = "answer" if is_of_requests(pack) else "resolution"
    assert any(required.letter == last for required in pack.contents)
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
    letter, site = written(pack.id, pack.version, required.letter)
    found = Sample(required.letter, replace(letter, language=language), REASONS).rendered(site=site)
    text = " ".join(found.text.split())
    missing = [
        words
        for part in required.says
        for words in expected(part, letter, site, language)
        if " ".join(words.split()) not in text
    ]
    assert missing == []
