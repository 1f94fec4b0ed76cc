"""A changed calendar reaches every open case of its site, also when the run that goes through them dies."""

from collections.abc import Iterator
from datetime import date, timedelta
from functools import partial
from typing import Any

import pytest

from complaints.adapters.dynamodb.key_schema import head_key
from complaints.adapters.dynamodb.models import Head
from complaints.calendars.opening_hours import WEEKDAYS, Window
from complaints.calendars.site_holidays import DecreedDay
from complaints.commands.case import Answer
from complaints.commands.command import Command
from complaints.context.context import Given
from complaints.settings.commands import Change, ChangeCalendar, ChangeSite
from complaints.settings.setting import Kind, Setting
from complaints.values.errors import Unavailable
from complaints.values.people import COMPLAINANT, Actor
from complaints.values.values import Stage
from functions.api.admin import settings
from functions.services import recalculation
from infrastructure.local.seed import surroundings
from tests.builders import ACKNOWLEDGE, ADA, MONDAY, REMEDY, TUESDAY, assess, decide_to
from tests.contracts.store_failures import THROTTLED, troubled
from tests.installation import House, opened
from tests.stories import by_telephone

NOON = TUESDAY + timedelta(hours=2)
CLOSES_EARLY: dict[str, tuple[Window, ...]] = {"tue": (("09:00", "12:00"),)}


@pytest.fixture
def house(table: str) -> Iterator[House]:
    with opened(table) as house:
        yield house


def change(house: House, command: Change, name: str = "demo") -> Setting:
    """The fact alone, as if the process had died right after it."""
    setting = house.world.registry.load(command.kind, name)
    after = house.world.office.carry_out(setting, command, surroundings(house.world))
    house.world.sites.forget(name)
    return after


def close_early(
    house: House, windows: dict[str, tuple[Window, ...]] | None = CLOSES_EARLY, **more: Any
) -> Setting:
    """Tuesdays end at noon, from now on; or other windows are other ones."""
    terms = house.world.sites.terms("demo")
    told = {name: getattr(terms.site, name) for name in ChangeSite.__struct_fields__ if name != "reason"}
    if windows:
        told["windows"] = terms.calendar("iso10002-default").windows | windows
    return change(house, ChangeSite(**told | {"reason": "It was agreed."} | more))


def does(house: House, reference: str, by: Actor, command: Command) -> None:
    case = house.world.cases.load(reference)
    assert case is not None
    given = Given(now=MONDAY, by=by, terms=house.world.sites.terms("demo"))
    house.world.casework.carry_out(case, command, given)


def brought_forward(house: House, reference: str) -> list[bytes]:
    """The entries that say so."""
    entries = house.world.cases.entries(reference)
    return [entry.data for entry in entries if b"DueBroughtForward" in entry.data]


def due_at_noon(house: House, references: list[str]) -> list[bool]:
    return [house.complaint(name).clock(ACKNOWLEDGE).due == NOON for name in references]


def setting(house: House) -> Setting:
    return house.world.registry.load(Kind.SITE, "demo")


def test_the_first_cases_are_reckoned_before_the_administrator_is_answered(house: House) -> None:
    cases = [house.take(f"k-{number}") for number in range(3)]
    assert sorted(recalculation.begin(close_early(house))) == sorted(cases)
    assert due_at_noon(house, cases) == [True] * 3


def test_a_store_that_fails_right_after_the_change_leaves_all_to_the_schedule(house: House) -> None:
    case = house.take("k-1")
    changed = close_early(house)
    with troubled(THROTTLED):
        assert settings.begun(changed) == {}
    house.run_schedule(recalculation.GRACE)
    assert due_at_noon(house, [case]) == [True]


def test_a_run_that_died_right_after_the_change_is_gone_on_with(house: House) -> None:
    cases = [house.take(f"k-{number}") for number in range(3)]
    close_early(house)
    house.run_schedule()
    assert due_at_noon(house, cases) == [False] * 3
    house.run_schedule(recalculation.GRACE)
    assert due_at_noon(house, cases) == [True] * 3
    assert setting(house).unfinished is None


def test_a_run_that_died_in_the_middle_is_gone_on_with(house: House) -> None:
    """One run looks at two of five cases, another is throttled by the store: none is left out."""
    cases = [house.take(f"k-{number}") for number in range(5)]
    close_early(house)
    house.clock.moment += recalculation.GRACE
    go_on = partial(recalculation.go_on, "site", "demo", pages=2, size=1)
    go_on()
    assert sum(due_at_noon(house, cases)) == 2
    for trouble in ("Query", "BatchGetItem", "TransactWriteItems"):
        with troubled(THROTTLED, trouble), pytest.raises(Unavailable):
            go_on()
    house.run_schedule()
    assert due_at_noon(house, cases) == [True] * 5
    assert setting(house).unfinished is None
    for reference in cases:
        assert len(brought_forward(house, reference)) == 1


def test_a_change_during_the_run_begins_anew(house: House) -> None:
    case = house.take("k-1")
    close_early(house)
    house.clock.moment += recalculation.GRACE
    recalculation.go_on("site", "demo", pages=1, size=1)
    assert setting(house).reckoned_to
    close_early(house, name="Demo Ltd", windows={"tue": (("09:00", "11:00"),)})
    assert setting(house).reckoned_to is None
    house.run_schedule(recalculation.GRACE)
    assert len(brought_forward(house, case)) == 2


def test_a_case_that_cannot_be_worked_stops_no_other(house: House) -> None:
    broken, sound = house.take("k-1"), house.take("k-2")
    Head(*head_key(broken)).update(actions=[Head.state.set("{")])
    close_early(house)
    house.run_schedule(recalculation.GRACE)
    assert due_at_noon(house, [sound]) == [True]


def test_a_closed_case_that_owes_a_remedy_is_looked_at_too(house: House) -> None:
    owed = house.take("k-1")
    for by, command in (
        (ADA, assess()),
        (ADA, decide_to()),
        (ADA, by_telephone()),
        (COMPLAINANT, Answer(accepts=True)),
    ):
        does(house, owed, by, command)
    assert house.complaint(owed).stage == Stage.CLOSED
    before = house.complaint(owed).clock(REMEDY).due
    close_early(house, {WEEKDAYS[before.weekday()]: (("09:00", "10:00"),)})
    house.run_schedule(recalculation.GRACE)
    assert house.complaint(owed).clock(REMEDY).due < before


def test_what_changes_no_working_time_looks_at_no_case(house: House) -> None:
    house.take("k-1")
    assert close_early(house, windows=None, name="Demo Ltd").unfinished is None


def test_a_decreed_day_and_other_promises_have_all_cases_looked_at(house: House) -> None:
    day = DecreedDay(on=date(2026, 4, 24), names={"en": "Bridge"})
    assert change(house, ChangeCalendar(days=(day,), reason="A decree.")).unfinished == MONDAY
