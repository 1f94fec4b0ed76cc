"""Approval: what is grave or dear is agreed to by a second person."""

from typing import Any

import pytest
from msgspec.structs import replace

from complaints.case.outcome.decision import DecisionApproved, DecisionReturned
from complaints.casework.outcome.decision import Approve, Respond, Return
from complaints.casework.process.closing import Reopen
from complaints.handling.lifecycle import allowed_commands, decide
from complaints.values.errors import Forbidden, NotNow, SecondPersonNeeded
from complaints.values.field_types import Remedy
from complaints.values.people import Actor, Role
from tests.builders import ADA, APOLOGY, MONDAY, RUTH, Story, a_complaint, context, decide_to, refund

TOO_SMALL = Return(reasons="Nine cups were broken, not six.")


def assessed(**scales: Any) -> Story:
    return a_complaint().received().acknowledged().assessed(**scales)


def proposed() -> Story:
    """A decision of Ada's that needs a second person."""
    return assessed().decided(refund("900"))


def needs_approval(story: Story) -> bool:
    decision = story.build().decision
    assert decision is not None
    return decision.needs_approval


@pytest.mark.parametrize(
    ("remedies", "needed"),
    [
        ([APOLOGY], False),
        ([refund("500")], False),
        ([refund("500.01")], True),
        ([refund("250"), refund("250")], False),
        ([refund("250"), refund("250.01")], True),
        ([refund("500"), APOLOGY], False),
    ],
)
def test_remedies_that_cost_more_than_the_limit_in_all_need_approval(
    remedies: list[Remedy], needed: bool
) -> None:
    assert needs_approval(assessed().decided(*remedies)) is needed


@pytest.mark.parametrize(
    ("by", "amount", "needed"),
    [(ADA, "100", False), (ADA, "100.01", True), (RUTH, "800", False), (RUTH, "801", True)],
)
def test_each_role_has_its_own_authority(by: Actor, amount: str, needed: bool) -> None:
    story = a_complaint(agent_limit="100", reviewer_limit="800").received().assessed().found()
    assert needs_approval(story.decided(refund(amount), by=by)) is needed


def test_a_limit_is_not_kept_by_deciding_in_parts() -> None:
    story = a_complaint().received().assessed().found().decided(refund("400")).responded().accepted()
    again = story.does(RUTH, Reopen(reason="A third cup."))
    assert needs_approval(again.decided(refund("101")))
    assert not needs_approval(again.decided(refund("101"), by=RUTH))


@pytest.mark.parametrize("remedies", [[refund("1", "TRY")], [refund("1"), refund("1", "USD")]])
def test_money_of_another_currency_needs_approval(remedies: list[Remedy]) -> None:
    """It cannot be compared with the limit."""
    assert needs_approval(assessed().decided(*remedies))


@pytest.mark.parametrize("scale", ["severity", "safety"])
def test_a_grave_case_needs_approval_whatever_it_costs(scale: str) -> None:
    assert needs_approval(assessed(**{scale: 3, "immediate_action": 3}).decided())


@pytest.mark.parametrize("scale", ["complexity", "impact", "urgency", "immediate_action"])
def test_other_scales_need_no_approval(scale: str) -> None:
    assert not needs_approval(assessed(**{scale: 3}).decided())


def test_a_site_may_ask_for_a_second_person_always() -> None:
    story = a_complaint(always_approve=True).received().assessed().decided()
    assert needs_approval(story)


def test_a_site_sets_its_own_limit_in_its_own_currency() -> None:
    site = a_complaint(approval_limit="20000", currency="TRY").received().assessed()
    assert not needs_approval(site.decided(refund("20000", "TRY")))


def test_what_needs_approval_is_not_told_without_it() -> None:
    with pytest.raises(SecondPersonNeeded):
        decide(proposed().build(), Respond(), context())


def test_a_second_person_approves() -> None:
    facts = decide(proposed().build(), Approve(), context(RUTH))
    assert facts == [DecisionApproved(at=MONDAY, by=RUTH)]
    assert decide(proposed().approved().build(), Respond(), context())


def test_s15_who_decided_does_not_approve() -> None:
    complaint = assessed().decided(refund("900"), by=RUTH).build()
    for command in (Approve(), TOO_SMALL):
        with pytest.raises(SecondPersonNeeded):
            decide(complaint, command, context(RUTH))
    assert not {"approve", "return"} & set(allowed_commands(complaint, context(RUTH)))


def test_s15_a_new_role_makes_no_second_person() -> None:
    """Ada was an agent when she decided, and is a reviewer now: she is still Ada."""
    promoted = Actor("staff", ADA.id, (Role.REVIEWER, Role.AGENT))
    with pytest.raises(SecondPersonNeeded):
        decide(proposed().build(), Approve(), context(promoted))


def test_an_agent_approves_nothing() -> None:
    with pytest.raises(Forbidden):
        decide(proposed().build(), Approve(), context(replace(ADA, id="grace")))


def test_a_decision_that_needs_no_approval_gets_none() -> None:
    for command in (Approve(), TOO_SMALL):
        with pytest.raises(NotNow):
            decide(assessed().decided().build(), command, context(RUTH))


def test_what_is_approved_is_not_approved_or_returned_again() -> None:
    for command in (Approve(), TOO_SMALL):
        with pytest.raises(NotNow):
            decide(proposed().approved().build(), command, context(Actor("staff", "rex", (Role.REVIEWER,))))


def test_a_decision_is_returned_with_reasons_and_made_anew() -> None:
    story = proposed()
    facts = decide(story.build(), TOO_SMALL, context(RUTH))
    assert facts == [DecisionReturned(at=MONDAY, by=RUTH, reasons=TOO_SMALL.reasons)]
    assert story.does(RUTH, TOO_SMALL).build().decision is None
    with pytest.raises(NotNow):
        decide(story.build(), Respond(), context())
    assert needs_approval(story.decided(refund("901")))


def test_a_case_that_turns_out_to_be_grave_needs_approval_of_what_was_decided() -> None:
    """Nobody decides first and assesses afterwards to do without a second person."""
    story = assessed().decided().assessed(severity=3, note="The cut got infected.")
    with pytest.raises(SecondPersonNeeded):
        decide(story.build(), Respond(), context())
    assert decide(story.approved().build(), Respond(), context())


def test_a_milder_assessment_takes_no_approval_away() -> None:
    story = assessed(severity=3).decided().assessed(severity=0, note="It was a scratch.")
    assert needs_approval(story)


def test_an_approval_holds_for_the_decision_that_was_approved() -> None:
    """Whoever changes the amount afterwards needs a new one."""
    story = proposed().approved().does(ADA, decide_to(remedies=(refund("9000"),)))
    with pytest.raises(SecondPersonNeeded):
        decide(story.build(), Respond(), context())
