"""Joint complaints: who is added, which copies each gets, and that nothing hangs on a copy."""

from typing import Any

import pytest

from complaints.case.correspondence.letter import COPY
from complaints.case.people.parties import LettersWanted
from complaints.casework.correspondence.letters import LetterRefused, LetterTaken
from complaints.casework.correspondence.messages import Message
from complaints.casework.people.joint_complaints import MOST_JOINT, AddComplainant, RemoveComplainant
from complaints.casework.record.redaction import Redact
from complaints.handling.lifecycle import decide
from complaints.letters.notices.staff import failure
from complaints.values.errors import Invalid, NotNow, Wrong
from complaints.values.people import MACHINE
from tests.builders import ADA, RUTH, TERMS, Story, a_complaint, context
from tests.complaints.clocks.country_packs import under
from tests.stories import by_telephone


def bob(**fields: Any) -> AddComplainant:
    usual: dict[str, Any] = {"name": "Bob", "email": "bob@okafor.example", "letters": LettersWanted.ALL}
    return AddComplainant(**usual | fields)


def copies(story: Story) -> list[str]:
    return [letter.kind for letter in story.cases.letters if letter.to == "joint"]


def test_each_gets_a_copy_of_every_letter_from_then_on() -> None:
    story = a_complaint().received().does(ADA, bob()).does(ADA, bob(email="eve@okafor.example"))
    story.does(ADA, Message(text="We looked."))
    sent = [letter for letter in story.cases.letters if letter.kind == "message"]
    assert [(letter.id[-2:], letter.to, letter.address_entry) for letter in sent] == [
        (".1", "complainant", None),
        (".2", "joint", 2),
        (".3", "joint", 3),
    ]


def test_who_wants_the_decision_alone_gets_no_other_letter() -> None:
    story = a_complaint().received().does(ADA, bob(letters=LettersWanted.DECISION))
    story.acknowledged().assessed().found().decided().responded()
    assert copies(story) == ["resolution"]


def test_who_wants_the_decision_alone_gets_the_letter_that_settles_it_early() -> None:
    story = under("uk-fca-disp").received().does(ADA, bob(letters=LettersWanted.DECISION))
    story.acknowledged().assessed().decided().does(ADA, by_telephone()).closed()
    assert copies(story) == ["settlement"]


def test_who_wants_none_or_left_gets_none() -> None:
    story = a_complaint().received().does(ADA, bob(letters=LettersWanted.NONE, email=None)).does(ADA, bob())
    story.does(ADA, RemoveComplainant(complainant=story.build().joint[1].id))
    story.does(ADA, Message(text="We looked."))
    assert copies(story) == []


def test_a_copy_that_left_tells_the_complainant_nothing() -> None:
    story = a_complaint().received().does(ADA, bob()).acknowledged().assessed().found().decided().issued()
    copy = next(
        letter for letter in story.cases.letters if letter.to == "joint" and letter.kind == "resolution"
    )
    assert copy.recorded_as == COPY
    taken = LetterTaken(letter=copy.id, kind=copy.recorded_as, message_id="m-1")
    assert [type(fact).__name__ for fact in decide(story.build(), taken, context(MACHINE))] == ["LetterSent"]


def test_a_copy_that_failed_leaves_the_decision_on_its_way_and_tells_the_owner_nothing() -> None:
    story = a_complaint().received().does(ADA, bob()).acknowledged().assessed().found().decided().issued()
    refused = LetterRefused(letter="000009.2", kind=COPY, reason="no such user")
    (fact,) = decide(story.build(), refused, context(MACHINE))
    story.does(MACHINE, refused)
    decision = story.build().decision
    assert decision is not None
    assert decision.is_on_its_way
    assert failure(story.build(), fact, TERMS, "000010.1") is None  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("fields", "wrong"),
    [
        ({"email": "nowhere"}, Wrong("/email", "not-a-mail-address")),
        ({"email": None}, Wrong("/email", "missing")),
    ],
)
def test_letters_need_an_address(fields: dict[str, Any], wrong: Wrong) -> None:
    with pytest.raises(Invalid) as refused:
        decide(a_complaint().received().build(), bob(**fields), context())
    assert refused.value.errors == (wrong,)


def test_ten_can_join_and_only_who_joined_can_leave() -> None:
    story = a_complaint().received()
    with pytest.raises(NotNow):
        decide(story.build(), RemoveComplainant(complainant="j1"), context())
    for _ in range(MOST_JOINT):
        story.does(ADA, bob())
    for command, wrong in (
        (bob(), Wrong("/name", "too-many", MOST_JOINT)),
        (RemoveComplainant(complainant="j1"), Wrong("/complainant", "unknown-value")),
    ):
        with pytest.raises(Invalid) as refused:
            decide(story.build(), command, context())
        assert refused.value.errors == (wrong,)


def test_who_left_can_be_forgotten_and_who_is_there_cannot() -> None:
    story = a_complaint().received().does(ADA, bob())
    with pytest.raises(Invalid):
        story.does(RUTH, Redact(message=2, reason="Bob asked for it."))
    story.does(ADA, RemoveComplainant(complainant="j2"))
    story.does(RUTH, Redact(message=2, reason="Bob asked for it."))
    assert story.cases.entries(story.reference)[1].private == {}
