"""A link that was lost: who may have it sent, what follows, and where nothing does."""

from collections.abc import Callable

import pytest

from complaints.case.correspondence.letter import LetterKind
from complaints.case.correspondence.letters import LinkAsked
from complaints.casework.correspondence.lost_link import AskLink, ChangeLink, ChangeOwnLink, is_address
from complaints.casework.people.contact_details import MOST_BY_PERSON
from complaints.handling.lifecycle import allowed_commands, decide
from complaints.values.errors import Forbidden, NotNow, StaysAnonymous, TooMany
from complaints.values.field_types import LinkChange
from complaints.values.people import COMPLAINANT, MACHINE, Actor
from tests.builders import ADA, TUESDAY, Story, a_complaint, context
from tests.stories import responded


def withdrawn() -> Story:
    return a_complaint().received().withdrawn()


@pytest.mark.parametrize("there", [lambda: a_complaint().received(), responded, withdrawn])
def test_the_link_is_sent_at_every_stage_and_nothing_else_changes(there: Callable[[], Story]) -> None:
    story = there()
    before = story.build()
    after = story.does(MACHINE, AskLink(), TUESDAY).build()
    letter = story.letter("link")
    assert (letter.to, letter.language, letter.reference) == ("complainant", "en", before.reference)
    assert (after.stage, after.version, after.clocks) == (before.stage, before.version, before.clocks)


def test_it_is_one_fact_on_the_chain() -> None:
    (fact,) = decide(a_complaint().received().build(), AskLink(), context(MACHINE, TUESDAY))
    assert fact == LinkAsked(at=TUESDAY, by=MACHINE)


@pytest.mark.parametrize("by", [COMPLAINANT, ADA])
def test_neither_complainants_nor_staff_ask_for_it(by: object) -> None:
    """It is for people who cannot show that the complaint is theirs: the address on record shows it."""
    asking = context(COMPLAINANT if by is COMPLAINANT else ADA)
    complaint = a_complaint().received().build()
    with pytest.raises(Forbidden):
        decide(complaint, AskLink(), asking)
    assert "ask_link" not in allowed_commands(complaint, asking)


def test_nothing_is_sent_to_where_mail_does_not_reach() -> None:
    complaint = a_complaint().received(email=None, post="1 Rain Street").build()
    with pytest.raises(NotNow):
        decide(complaint, AskLink(), context(MACHINE))


@pytest.mark.parametrize(
    ("named", "on_record", "is_it"),
    [
        ("Ngozi@Okafor.example", "ngozi@okafor.example", True),
        ("ngozi@okafor.example", "ngozi+shop@okafor.example", False),
        ("other@okafor.example", "ngozi@okafor.example", False),
        ("", "", False),
    ],
)
def test_only_the_address_on_record_counts(named: str, on_record: str, is_it: bool) -> None:
    assert is_address(named, on_record) is is_it


@pytest.mark.parametrize("by", [ADA, COMPLAINANT], ids=["staff", "the complainant"])
@pytest.mark.iso10002("4 confidentiality: link")
def test_a_renewed_link_ends_all_earlier_ones_and_goes_out(by: Actor) -> None:
    story = a_complaint().received()
    before = story.case.generation
    story.does(by, renewing(by))
    assert story.case.generation == before + 1
    assert (story.cases.letters[-1].kind, story.cases.letters[-1].is_renewed) == (LetterKind.LINK, True)


def test_of_a_withdrawn_link_nothing_is_sent_and_none_can_be_asked_for() -> None:
    story = a_complaint().received().does(ADA, ChangeLink(change=LinkChange.WITHDRAW, reason="Her brother."))
    letters = len(story.cases.letters)
    with pytest.raises(NotNow):
        decide(story.build(), AskLink(), context(MACHINE))
    story.does(ADA, ChangeLink(change=LinkChange.RENEW, reason="He moved out."))
    assert len(story.cases.letters) == letters + 1


def test_a_complainant_gets_another_link_so_often_and_can_always_end_it() -> None:
    story = a_complaint().received()
    for _ in range(MOST_BY_PERSON):
        story.does(COMPLAINANT, renewing(COMPLAINANT))
    with pytest.raises(TooMany):
        decide(story.build(), renewing(COMPLAINANT), context(COMPLAINANT))
    story.does(ADA, renewing(ADA))
    assert decide(story.build(), ChangeOwnLink(change=LinkChange.WITHDRAW), context(COMPLAINANT))


@pytest.mark.parametrize("change", LinkChange)
def test_staff_do_not_end_the_link_of_who_stays_anonymous(change: LinkChange) -> None:
    """Nobody could give the person another one: the case would have no way to them any more."""
    story = a_complaint().received(anonymous=True, name=None, email=None, phone=None, post=None)
    with pytest.raises(StaysAnonymous):
        decide(story.build(), ChangeLink(change=change, reason="She lost it."), context(ADA))
    assert "change_link" not in allowed_commands(story.build(), context(ADA))
    story.does(COMPLAINANT, renewing(COMPLAINANT))


def renewing(by: Actor) -> ChangeLink | ChangeOwnLink:
    if by is COMPLAINANT:
        return ChangeOwnLink(change=LinkChange.RENEW)
    return ChangeLink(change=LinkChange.RENEW, reason="Her brother has it.")
