"""Corrective actions of themes: planned, done, and checked by somebody else."""

from datetime import timedelta

import pytest
from msgspec.structs import replace

from complaints.case.workflow.corrective_actions import ActionState
from complaints.management.improvement.actions import Action, ChangeAction, CheckAction, Effect, FinishAction
from complaints.management.record import ManagementRecord, RecordCommand, RecordKind
from complaints.values.errors import Forbidden, Invalid, NotNow
from complaints.values.people import Actor
from tests.builders import ADA, QUINN, RUTH
from tests.complaints.management.improvement.builders import (
    TODAY,
    a_theme,
    after,
    an_action,
    begun,
    context,
    due,
    plan,
    told,
)

HELPED = CheckAction(effect=Effect.EFFECTIVE, result="One complaint in three months")


def action_of(record: ManagementRecord) -> Action:
    assert isinstance(record.content, Action)
    return record.content


def done_by_its_owner() -> ManagementRecord:
    return after(an_action(), FinishAction(), given=context(RUTH))


def by(actor: Actor, record: ManagementRecord, command: RecordCommand) -> Action:
    return action_of(after(record, command, given=context(actor)))


def test_an_action_is_planned_done_and_found_effective() -> None:
    planned = an_action()
    assert action_of(planned).state is ActionState.PLANNED
    assert action_of(planned).currency == "EUR"
    done = after(planned, FinishAction(cost="1350.50"), given=context(RUTH))
    assert (action_of(done).state, action_of(done).done_on, action_of(done).cost) == (
        ActionState.DONE,
        TODAY,
        "1350.50",
    )
    checked = by(QUINN, done, HELPED)
    assert (checked.state, checked.checked_by, checked.checked_on) == (
        ActionState.EFFECTIVE,
        "quinn",
        TODAY,
    )


@pytest.mark.iso10002("8.7 continual improvement: effect")
def test_its_owner_does_not_check_it() -> None:
    done = after(an_action(), FinishAction())
    with pytest.raises(NotNow):
        by(RUTH, done, HELPED)
    with pytest.raises(Invalid) as refused:
        an_action(checker="ruth")
    assert [each.pointer for each in refused.value.errors] == ["/checker"]


def test_who_said_that_it_was_done_does_not_check_it() -> None:
    done = after(an_action(), FinishAction(), given=context(QUINN))
    assert action_of(done).done_by == "quinn"
    with pytest.raises(NotNow):
        by(QUINN, done, HELPED)
    stored = replace(done, content=replace(action_of(done), done_by=None))
    assert by(QUINN, stored, HELPED).checked_by == "quinn"


def test_it_is_not_checked_before_it_is_done_nor_twice() -> None:
    with pytest.raises(NotNow):
        by(QUINN, an_action(), HELPED)
    checked = after(done_by_its_owner(), HELPED)
    with pytest.raises(NotNow):
        by(QUINN, checked, HELPED)


@pytest.mark.iso10002("8.7 continual improvement: again")
def test_one_that_did_not_help_is_followed_by_another() -> None:
    failed = after(done_by_its_owner(), CheckAction(effect=Effect.NOT_EFFECTIVE, result="As before"))
    assert action_of(failed).state is ActionState.NOT_EFFECTIVE
    given = context(records=(failed, a_theme()))
    second = after(
        begun(RecordKind.ACTION, "second"), plan(follows=failed.id, theme="demo.late-parcels"), given=given
    )
    assert (action_of(second).follows, action_of(second).theme) == (failed.code, "late-parcels")
    with pytest.raises(Invalid) as refused:
        after(begun(RecordKind.ACTION, "third"), plan(follows="unknown", theme="unknown"), given=given)
    assert {each.pointer for each in refused.value.errors} == {"/follows", "/theme"}


@pytest.mark.parametrize(
    ("changed", "pointer"),
    [
        ({"action": "no.such"}, "/action"),
        ({"cause": "none.such"}, "/cause"),
        ({"owner": "audrey"}, "/owner"),
        ({"checker": "nobody"}, "/checker"),
        ({"due": TODAY - timedelta(days=1)}, "/due"),
        ({"check_on": TODAY + timedelta(days=29)}, "/check_on"),
        ({"check_on": TODAY + timedelta(days=9_999)}, "/check_on"),
        ({"cost": None, "currency": "EUR"}, "/cost"),
        ({"action": "no_action"}, "/reason"),
    ],
)
def test_what_is_wrong_is_named(changed: dict[str, object], pointer: str) -> None:
    with pytest.raises(Invalid) as refused:
        an_action(**changed)
    assert [each.pointer for each in refused.value.errors] == [pointer]


def test_no_action_is_one_that_is_done_with_a_reason() -> None:
    nothing = action_of(an_action(action="no_action", reason="It happened once in ten years"))
    assert nothing.state is ActionState.DONE


def test_a_plan_changes_while_it_is_not_done() -> None:
    later = plan(due=TODAY + timedelta(days=60))
    changed = ChangeAction(**{name: getattr(later, name) for name in ChangeAction.__struct_fields__})
    assert action_of(after(an_action(), changed)).due == later.due
    with pytest.raises(NotNow):
        after(an_action(), FinishAction(), changed)
    with pytest.raises(Forbidden):
        by(ADA, an_action(), changed)


def test_it_is_not_done_in_the_days_to_come() -> None:
    with pytest.raises(Invalid):
        after(an_action(), FinishAction(done_on=TODAY + timedelta(days=1)))


def test_what_is_late_climbs() -> None:
    planned = an_action()
    first = due(planned)
    assert first is not None
    assert first.date() == action_of(planned).due
    second = due(planned, first)
    assert second is not None
    third = due(planned, second)
    assert third is not None
    assert due(planned, third) is None
    assert told(planned, first) == [("owner", "ruth", "do")]
    assert told(planned, second) == [("owner", "ruth", "do_late"), ("manager", None, "do_late")]
    assert told(planned, third)[-1] == ("quality", None, "do_late")


def test_so_does_a_check_that_nobody_makes_and_none_that_was_made() -> None:
    done = done_by_its_owner()
    first = due(done)
    assert first is not None
    assert first.date() == action_of(done).check_on
    assert told(done, first) == [("owner", "quinn", "check")]
    assert told(done, first + timedelta(days=1))[1] == ("manager", None, "check_late")
    assert due(after(done, HELPED)) is None


def test_when_it_is_overdue() -> None:
    planned, done = action_of(an_action()), action_of(after(an_action(), FinishAction()))
    assert not planned.is_overdue(planned.due)
    assert planned.is_overdue(planned.due + timedelta(days=1))
    assert not done.is_overdue(done.check_on)
    assert done.is_overdue(done.check_on + timedelta(days=1))
    assert not action_of(after(done_by_its_owner(), HELPED)).is_overdue(done.check_on + timedelta(days=1))
