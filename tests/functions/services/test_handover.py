"""Whoever leaves leaves no case behind, also when the run that hands them over dies."""

from collections.abc import Iterator
from datetime import timedelta

import pytest

from complaints.adapters.dynamodb.key_schema import setting_key
from complaints.adapters.dynamodb.models import SettingItem
from complaints.context.context import Given
from complaints.rules.handover import Release
from complaints.settings.setting import Kind
from complaints.values.people import MACHINE
from functions.api.admin import settings
from functions.services import handover
from tests.builders import MONDAY
from tests.contracts.store_failures import THROTTLED, troubled
from tests.installation import House, opened


@pytest.fixture
def house(table: str) -> Iterator[House]:
    with opened(table) as house:
        yield house


def test_a_run_that_died_right_after_the_fact_is_gone_on_with(house: House) -> None:
    cases = [house.take(f"k-{number}") for number in range(3)]
    house.deactivate()
    house.run_schedule()
    assert [house.owner(reference) for reference in cases] == [None, None, None]
    assert house.unfinished()
    house.run_schedule(handover.GRACE)
    assert not house.unfinished()


def test_a_run_that_died_in_the_middle_is_gone_on_with(house: House) -> None:
    first, second = house.take("k-1"), house.take("k-2")
    house.deactivate()
    case = house.world.cases.load(first)
    assert case is not None
    given = Given(now=MONDAY, by=MACHINE, terms=house.world.sites.terms("demo"))
    house.world.casework.carry_out(case, Release(member="Deniz"), given)
    house.run_schedule()
    assert (house.owner(first), house.owner(second)) == (None, None)
    assert len(house.world.cases.entries(first)) == 3


def test_a_case_that_was_given_away_in_the_same_moment_is_found(house: House) -> None:
    house.deactivate()
    house.run_schedule()
    late = house.take("k-1")
    house.run_schedule(handover.GRACE)
    assert house.owner(late) is None
    assert house.unfinished()
    house.run_schedule(timedelta(minutes=1))
    assert not house.unfinished()


def test_a_store_that_fails_right_after_the_change_leaves_all_to_the_schedule(house: House) -> None:
    case = house.take("k-1")
    house.deactivate()
    with troubled(THROTTLED, "Query"):
        assert settings.begun(house.world.registry.load(Kind.MEMBER, "Deniz")) == {}
    house.run_schedule()
    assert house.owner(case) is None


def test_a_case_of_somebody_else_is_left_alone(house: House) -> None:
    theirs = house.take("k-1", owner="Robin")
    house.deactivate()
    house.run_schedule(handover.GRACE)
    assert house.owner(theirs) == "Robin"


def test_one_case_that_cannot_be_worked_stops_no_other_and_is_not_forgotten(house: House) -> None:
    broken, sound = house.take("k-1", site="demo-tr"), house.take("k-2")
    SettingItem.get(*setting_key("packs", "demo-tr")).delete()
    house.world.sites.forget("demo-tr")
    house.deactivate()
    house.run_schedule(handover.GRACE)
    assert (house.owner(broken), house.owner(sound)) == ("Deniz", None)
    assert house.unfinished()


def test_a_schedule_without_a_handover_does_nothing(house: House) -> None:
    house.take("k-1")
    assert house.run_schedule() == {"done": 0, "failed": 0, "left": 0}
