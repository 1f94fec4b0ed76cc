"""Whoever leaves leaves no case behind, also when the run that hands them over dies."""

from collections.abc import Iterator
from datetime import timedelta

import pytest

from complaints.adapters.container import container
from complaints.adapters.dynamodb.key_schema import setting_key
from complaints.adapters.dynamodb.models import SettingItem
from complaints.casework.workflow.assignment import Release
from complaints.context.decision_context import Context
from complaints.settings.setting import SettingKind
from complaints.values.people import MACHINE
from functions.desk.settings import settings
from functions.desk.settings.settings_serializer import NOTHING_FOLLOWS
from functions.use_cases.cases import handover
from tests.builders import MONDAY
from tests.contracts.store_failures import THROTTLED, troubled
from tests.installation import Installation, opened


@pytest.fixture
def installation(table: str) -> Iterator[Installation]:
    with opened(table) as installation:
        yield installation


def test_a_run_that_died_right_after_the_fact_is_gone_on_with(installation: Installation) -> None:
    cases = [installation.take(f"k-{number}") for number in range(3)]
    installation.deactivate()
    installation.run_schedule()
    assert [installation.owner(reference) for reference in cases] == [None, None, None]
    assert installation.unfinished()
    installation.run_schedule(handover.GRACE)
    assert not installation.unfinished()


def test_a_run_that_died_in_the_middle_is_gone_on_with(installation: Installation) -> None:
    first, second = installation.take("k-1"), installation.take("k-2")
    installation.deactivate()
    case = installation.world.cases.load(first)
    assert case is not None
    context = Context(now=MONDAY, by=MACHINE, terms=installation.world.sites.terms("demo"))
    installation.world.casework.carry_out(case, Release(member="Deniz"), context)
    installation.run_schedule()
    assert (installation.owner(first), installation.owner(second)) == (None, None)
    assert len(installation.world.cases.entries(first)) == 3


def test_a_case_that_was_given_away_in_the_same_moment_is_found(installation: Installation) -> None:
    installation.deactivate()
    installation.run_schedule()
    late = installation.take("k-1")
    installation.run_schedule(handover.GRACE)
    assert installation.owner(late) is None
    assert installation.unfinished()
    installation.run_schedule(timedelta(minutes=1))
    assert not installation.unfinished()


def test_a_store_that_fails_right_after_the_change_leaves_all_to_the_schedule(
    installation: Installation,
) -> None:
    case = installation.take("k-1")
    installation.deactivate()
    with troubled(THROTTLED, "Query"):
        member = installation.world.settings_store.load(SettingKind.MEMBER, "Deniz")
        assert settings.with_follow_up(container(), member) == NOTHING_FOLLOWS
    installation.run_schedule()
    assert installation.owner(case) is None


def test_tasks_of_whoever_leaves_go_back_to_the_team_and_are_listed_there(
    installation: Installation,
) -> None:
    stored, theirs = installation.take("k-1", owner="Robin"), installation.take("k-2")
    for reference in (stored, theirs):
        installation.asks(reference, to="Deniz")
        installation.asks(reference, to="Robin")
    installation.deactivate()
    installation.run_schedule()
    installation.run_schedule(handover.GRACE)
    assert not installation.unfinished()
    for reference in (stored, theirs):
        assert [task.to for task in installation.complaint(reference).tasks] == [None, "Robin"]
    listed = installation.world.task_lists.of_teams(["demo"], after=None, limit=10)
    assert {each.task.reference for each in listed.items} == {stored, theirs}
    assert installation.owner(stored) == "Robin"


def test_a_case_of_somebody_else_is_left_alone(installation: Installation) -> None:
    theirs = installation.take("k-1", owner="Robin")
    installation.deactivate()
    installation.run_schedule(handover.GRACE)
    assert installation.owner(theirs) == "Robin"


def test_one_case_that_cannot_be_worked_stops_no_other_and_is_not_forgotten(
    installation: Installation,
) -> None:
    broken, sound = installation.take("k-1", site="demo-tr"), installation.take("k-2")
    SettingItem.get(*setting_key("packs", "demo-tr")).delete()
    installation.world.sites.forget("demo-tr")
    installation.deactivate()
    installation.run_schedule(handover.GRACE)
    assert (installation.owner(broken), installation.owner(sound)) == ("Deniz", None)
    assert installation.unfinished()


def test_a_schedule_without_a_handover_does_nothing(installation: Installation) -> None:
    installation.take("k-1")
    assert installation.run_schedule() == {"done": 0, "failed": 0, "left": 0}
