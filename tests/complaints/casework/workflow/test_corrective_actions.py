"""Corrective actions (clause 8.7): planned by a date, done, and checked by somebody else than the owner."""

from datetime import date, timedelta
from typing import Any

import pytest
from msgspec.structs import replace

from complaints.case.correspondence.letter import LetterKind
from complaints.case.workflow.corrective_actions import (
    ActionChecked,
    ActionDone,
    ActionPlanned,
    ActionRaised,
    ActionState,
    ActionTaken,
)
from complaints.casework.people.conflicts_of_interest import Recuse
from complaints.casework.workflow.corrective_actions import MOST_ACTIONS, Act, Acted
from complaints.handling.lifecycle import allowed_commands, decide
from complaints.values.codes import CodeList, Codes
from complaints.values.errors import ActionsFull, Forbidden, Invalid, NotNow, OwnersCheck, Wrong
from complaints.values.field_types import Cause, CorrectiveAction
from complaints.values.people import Actor, Role
from tests.builders import (
    ADA,
    ADAM,
    FRIDAY,
    GRACE,
    QUINN,
    RUTH,
    THURSDAY,
    TUESDAY,
    WEDNESDAY,
    Story,
    a_complaint,
    a_member,
    context,
)

ON_WEDNESDAY = date(2026, 2, 4)


def act(**fields: Any) -> Act:
    """Grace is to be seen to have trained the packers by Wednesday."""
    usual: dict[str, Any] = {"action": "training_given", "owner": "grace", "due": ON_WEDNESDAY}
    return Act(**usual | fields)


def planned(*commands: Act) -> Story:
    """A case whose cause was found, with these actions, or with one of Grace's."""
    story = a_complaint().received().acknowledged().assessed().found()
    for command in commands or (act(),):
        story.does(QUINN, command, colleague=a_member(command.owner))
    return story


def actions(story: Story) -> tuple[ActionTaken, ...]:
    return story.build().actions


def wrong(story: Story, command: Act | Acted, by: Actor = ADA, **colleague: Any) -> list[Wrong]:
    """What is wrong with a command; Grace is its colleague, with what is said of her."""
    with pytest.raises(Invalid) as refusal:
        decide(story.build(), command, story.context(by, colleague=a_member("grace", **colleague)))
    return list(refusal.value.errors)


def test_an_action_has_the_cause_that_was_found() -> None:
    [action] = actions(planned())
    assert (action.id, action.action, action.owner) == ("1", "training_given", "grace")
    assert action.cause == Cause.SUPPLIER
    assert action.state is ActionState.PLANNED


def test_what_is_done_and_how_its_effect_is_measured_stand_in_words_beside_the_chain() -> None:
    words = {
        "text": "Packers learn to wrap.",
        "measure": "Broken lamps in a month",
        "target": "Fewer than two",
    }
    story = planned(act(**words), act())
    fact = next(each for each in story.facts if isinstance(each, ActionPlanned))
    assert {name: getattr(fact, name) for name in ActionPlanned.PRIVATE} == words
    entry = next(
        each
        for each in story.cases.entries(story.build().reference)
        if each.number == actions(story)[0].entry
    )
    assert not any(value.encode() in entry.data for value in words.values())
    assert {value for _, value in entry.private.values()} == set(words.values())
    assert actions(story)[1].entry is None


def test_it_can_be_planned_before_anything_was_found() -> None:
    story = a_complaint().received().does(ADA, act(), colleague=a_member("grace"))
    assert actions(story)[0].cause is None


def test_what_is_done_is_checked_by_somebody_else() -> None:
    story = planned().does(GRACE, Acted(), TUESDAY)
    assert actions(story)[0].done_on == date(2026, 2, 3)
    assert actions(story)[0].state is ActionState.DONE
    story.does(QUINN, Acted(effective=True), FRIDAY)
    assert actions(story)[0].state is ActionState.EFFECTIVE
    assert "acted" not in allowed_commands(story.build(), story.context(ADA))


@pytest.mark.iso10002("8.7 continual improvement: effect")
def test_the_owner_does_not_check_the_effect() -> None:
    story = planned().does(GRACE, Acted())
    with pytest.raises(OwnersCheck):
        decide(story.build(), Acted(effective=True), story.context(GRACE))
    assert "acted" not in allowed_commands(story.build(), story.context(GRACE))
    assert "acted" in allowed_commands(story.build(), story.context(ADA))


def test_the_owner_of_one_of_several_checks_only_the_others() -> None:
    story = planned(act(), act(owner="ada"))
    with pytest.raises(OwnersCheck):
        decide(story.build(), Acted(action="1", effective=True), story.context(GRACE))
    story.does(GRACE, Acted(action="2", effective=True))
    assert [action.state for action in actions(story)] == [ActionState.PLANNED, ActionState.EFFECTIVE]


def test_done_and_checked_can_be_said_at_once() -> None:
    story = planned()
    facts = decide(
        story.build(), Acted(effective=True, done_on=date(2026, 2, 2)), story.context(ADA, WEDNESDAY)
    )
    assert [type(fact) for fact in facts] == [ActionDone, ActionChecked]
    assert isinstance(facts[0], ActionDone)
    assert facts[0].done_on == date(2026, 2, 2)


def test_what_did_not_help_asks_for_another_action() -> None:
    story = planned().does(ADA, Acted(effective=False))
    assert actions(story)[0].needs_another
    story.does(ADA, act(action="process_change"), colleague=a_member("grace"))
    first, second = actions(story)
    assert (first.state, first.followed_by) == (ActionState.NOT_EFFECTIVE, second.id)
    assert not first.needs_another


def test_nothing_is_done_only_for_a_reason_and_counts_as_done() -> None:
    story = planned()
    nothing = act(action=CorrectiveAction.NO_ACTION)
    assert wrong(story, nothing) == [Wrong("/note", "no-action-needs-note")]
    story.does(QUINN, replace(nothing, note="It cannot happen again."), colleague=a_member("grace"))
    assert actions(story)[1].state is ActionState.DONE
    assert actions(story)[1].next_moment is None


@pytest.mark.parametrize(
    ("changed", "expected"),
    [
        ({"action": "dance"}, Wrong("/action", "unknown-value")),
        ({"due": date(2026, 2, 1)}, Wrong("/due", "past")),
        ({"due": date(2032, 1, 1)}, Wrong("/due", "too-far")),
        ({"due": date.max}, Wrong("/due", "too-far")),
        ({"owner": "nobody"}, Wrong("/owner", "not-a-colleague")),
        ({"measure": "Broken lamps in a month"}, Wrong("/target", "missing")),
        ({"target": "Fewer than two"}, Wrong("/measure", "missing")),
    ],
)
def test_a_wrong_action_is_pointed_at(changed: dict[str, Any], expected: Wrong) -> None:
    assert wrong(planned(), act(**changed)) == [expected]


@pytest.mark.parametrize(
    "colleague",
    [{"active": False}, {"sites": ("other",)}, {"roles": (Role.ADMIN,)}, {"roles": (Role.AUDITOR,)}],
)
def test_an_owner_is_an_active_member_who_may_own_actions(colleague: dict[str, Any]) -> None:
    assert wrong(planned(), act(), **colleague) == [Wrong("/owner", "not-a-colleague")]


def test_quality_owns_actions_and_an_action_of_a_retired_code_is_not_planned() -> None:
    standard = Codes()
    retired = tuple(
        replace(code, state="retired") if code.code == "coaching" else code
        for code in standard.of(CodeList.ACTIONS)
    )
    story = a_complaint(codes=replace(standard, actions=retired)).received()
    story.does(ADA, act(), colleague=a_member("grace", roles=(Role.QUALITY,)))
    assert len(actions(story)) == 1
    assert wrong(story, act(action="coaching")) == [Wrong("/action", "unknown-value")]


def test_who_has_an_interest_in_the_case_owns_none_of_its_actions() -> None:
    story = planned().does(GRACE, Recuse(reason="My brother drives for the courier."))
    assert wrong(story, act()) == [Wrong("/owner", "not-independent")]
    with pytest.raises(NotNow):
        decide(story.build(), Acted(), story.context(GRACE))


@pytest.mark.parametrize(
    ("command", "expected"),
    [
        (Acted(), Wrong("/action", "several-wait")),
        (Acted(effective=True), Wrong("/action", "several-wait")),
        (Acted(action="9"), Wrong("/action", "not-waiting")),
        (Acted(action="1"), Wrong("/effective", "missing")),
        (Acted(action="1", effective=True, done_on=date(2026, 2, 2)), Wrong("/done_on", "done-already")),
        (Acted(action="2", done_on=date(2026, 2, 3)), Wrong("/done_on", "future")),
        (Acted(action="2", done_on=date(2026, 2, 1)), Wrong("/done_on", "before-receipt")),
    ],
)
def test_it_must_be_plain_what_was_done(command: Acted, expected: Wrong) -> None:
    """The first of three is done already, the others are planned."""
    story = planned(act(), act(), act()).does(ADA, Acted(action="1"))
    assert wrong(story, command) == [expected]


def test_the_only_one_that_is_not_done_need_not_be_named() -> None:
    story = planned(act(), act()).does(ADA, Acted(action="1")).does(ADA, Acted())
    assert [action.state for action in actions(story)] == [ActionState.DONE, ActionState.DONE]


def test_the_owner_is_told_on_the_day_and_the_manager_after_a_business_day_more_each_once() -> None:
    """On Wednesday when work begins, and on Friday."""
    story, opens = planned(), WEDNESDAY.replace(hour=6)
    assert actions(story)[0].next_moment == opens
    story.ticked(opens).ticked(opens + timedelta(minutes=1))
    assert actions(story)[0].next_moment == FRIDAY.replace(hour=6)
    story.ticked(THURSDAY.replace(hour=15)).ticked(FRIDAY).ticked(FRIDAY)
    raised = [fact.to for fact in story.facts if isinstance(fact, ActionRaised)]
    assert raised == ["owner", "manager"]
    assert actions(story)[0].next_moment is None


def test_what_is_due_on_a_day_without_work_is_told_on_the_day_of_work_before() -> None:
    sunday = date(2026, 2, 8)
    assert actions(planned(act(due=sunday)))[0].next_moment == FRIDAY.replace(hour=6)


def test_each_of_them_gets_a_letter_that_names_the_action_and_its_date() -> None:
    story = planned().ticked(WEDNESDAY).ticked(FRIDAY)
    owner, manager = [letter for letter in story.cases.letters if letter.kind == LetterKind.ACTION]
    assert (owner.to, owner.member, owner.late) == ("owner", "grace", False)
    assert (manager.to, manager.member, manager.late) == ("manager", None, True)
    assert (owner.action, owner.due_on) == ("training_given", ON_WEDNESDAY)


def test_nobody_is_told_of_what_is_done() -> None:
    story = planned().does(GRACE, Acted(), TUESDAY).ticked(FRIDAY)
    assert not any(isinstance(fact, ActionRaised) for fact in story.facts)


def test_one_is_overdue_once_its_date_has_passed() -> None:
    [action] = actions(planned())
    assert not action.is_overdue(ON_WEDNESDAY)
    assert action.is_overdue(ON_WEDNESDAY + timedelta(days=1))
    assert not replace(action, done_on=FRIDAY.date()).is_overdue(FRIDAY.date())


def test_a_case_holds_so_many_actions_and_no_more() -> None:
    story = planned(*[act()] * MOST_ACTIONS)
    with pytest.raises(ActionsFull):
        decide(story.build(), act(), story.context(ADA, colleague=a_member("grace")))
    assert "act" not in allowed_commands(story.build(), story.context(ADA))


def test_an_administrator_has_no_part_in_it() -> None:
    with pytest.raises(Forbidden):
        decide(planned().build(), act(), context(ADAM, colleague=a_member("grace")))


def test_the_schedule_looks_when_the_next_one_is_due() -> None:
    story = planned().does(RUTH, act(due=TUESDAY.date()), colleague=a_member("grace"))
    assert story.build().next_at == TUESDAY.replace(hour=6)
