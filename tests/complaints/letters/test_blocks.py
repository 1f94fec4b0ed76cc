"""Which blocks the packs of a case ask its letters to hold."""

from msgspec.structs import replace

from complaints.letters.content.blocks import blocks_of
from complaints.site.site import SiteTerms
from tests.builders import TERMS, a_complaint
from tests.stories import responded


def with_blocks(*blocks: str) -> SiteTerms:
    """The default pack, which also wants these in every letter."""
    (default,) = TERMS.packs
    return replace(TERMS, packs=(replace(default, letter_blocks=blocks),))


def test_a_new_case_asks_for_the_blocks_of_the_clocks_that_run() -> None:
    case = a_complaint().received().build()
    blocks = blocks_of(case, TERMS)
    assert {"ack.reference", "ack.dates", "decision.outcome", "decision.reasons"} <= set(blocks)
    assert len(blocks) == len(set(blocks))


def test_what_was_acknowledged_needs_no_blocks_of_an_acknowledgement() -> None:
    case = a_complaint().received().acknowledged().build()
    assert not [block for block in blocks_of(case, TERMS) if block.startswith("ack.")]


def test_a_review_tells_of_the_body_outside_and_not_of_another_review() -> None:
    review, first = responded().disagreed().build(), a_complaint().received().acknowledged().build()
    assert "decision.external_body" in blocks_of(review, TERMS)
    assert "decision.how_to_disagree" not in blocks_of(review, TERMS)
    assert "decision.how_to_disagree" in blocks_of(first, TERMS)


def test_the_blocks_of_a_pack_stay_while_the_case_has_a_clock_of_it() -> None:
    case = a_complaint().received().build()
    assert "tr.hakem_heyeti" in blocks_of(case, with_blocks("tr.hakem_heyeti"))
    assert "tr.hakem_heyeti" not in blocks_of(case, TERMS)


def test_another_version_of_a_pack_asks_for_nothing() -> None:
    case = a_complaint().received().build()
    (default,) = TERMS.packs
    later = replace(TERMS, packs=(replace(default, version=2, letter_blocks=("tr.hakem_heyeti",)),))
    assert blocks_of(case, later) == ()
