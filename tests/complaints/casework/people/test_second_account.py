"""A second person is a second human: another account of the same person is none (abuse case 15)."""

from datetime import date

import pytest
from msgspec.structs import replace

from complaints.casework.command import Command
from complaints.casework.outcome.decision import Approve, Return, needs_approval
from complaints.casework.people.conflicts_of_interest import Recuse, nobody_is_independent
from complaints.casework.process.closing import Close, Reopen
from complaints.casework.workflow.corrective_actions import Act, Acted
from complaints.context.decision_context import Context
from complaints.handling.lifecycle import decide
from complaints.values.errors import OwnersCheck, SecondPersonNeeded
from complaints.values.field_types import ClosingReason
from complaints.values.people import Actor, Role
from tests.builders import ADA, DEMO, RUTH, Story, a_complaint, a_member, context, decide_to, refund

ON_FRIDAY = date(2026, 2, 6)
ABUSIVE = Close(reason=ClosingReason.ABUSIVE)


def as_ruth(*accounts: Actor) -> Context:
    """Ruth asks, who has these accounts besides."""
    return replace(context(RUTH), accounts=frozenset(each.id for each in accounts))


def assessed() -> Story:
    return a_complaint().received().acknowledged().assessed()


def reviewed() -> Story:
    return assessed().decided().responded().disagreed()


def barred() -> Story:
    return assessed().does(ADA, Recuse(reason="My cousin."))


@pytest.mark.parametrize(
    ("story", "command"),
    [
        (assessed().decided(refund("900")), Approve()),
        (assessed().decided(refund("900")), Return(reasons="Too little.")),
        (assessed().does(ADA, ABUSIVE), ABUSIVE),
        (reviewed(), decide_to()),
        (reviewed(), ABUSIVE),
        (barred(), decide_to()),
    ],
)
def test_s15_nobody_is_their_own_second_person_by_another_account(story: Story, command: Command) -> None:
    assert decide(story.build(), command, as_ruth())
    with pytest.raises(SecondPersonNeeded):
        decide(story.build(), command, as_ruth(ADA))


def test_s15_a_limit_is_not_kept_by_deciding_with_two_accounts() -> None:
    story = a_complaint().received().assessed().found().decided(refund("400")).responded().accepted()
    story.does(RUTH, Reopen(reason="A third cup."))
    more = (refund("101"),)
    assert not needs_approval(story.build(), more, None, as_ruth())
    assert needs_approval(story.build(), more, None, as_ruth(ADA))


def test_s15_the_owner_of_an_action_does_not_check_it_by_another_account() -> None:
    story = assessed().found()
    story.does(RUTH, Act(action="training_given", owner="ada", due=ON_FRIDAY), colleague=a_member("ada"))
    story.does(ADA, Acted())
    assert decide(story.build(), Acted(effective=True), as_ruth())
    with pytest.raises(OwnersCheck):
        decide(story.build(), Acted(effective=True), as_ruth(ADA))


def test_a_second_account_of_who_decided_is_nobody_who_could_review() -> None:
    decider = a_member("ada", email="ada@demo.example")
    second = a_member("ruth", roles=(Role.REVIEWER,), email="ada+2@demo.example")
    complaint = reviewed().build()
    assert nobody_is_independent(complaint, [decider, second], DEMO)
    assert not nobody_is_independent(complaint, [decider, replace(second, email="r@demo.example")], DEMO)
