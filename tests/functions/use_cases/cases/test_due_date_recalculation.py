"""A changed calendar reaches every open case of its site, also when the run that goes through them dies."""

from collections.abc import Iterator
from datetime import date, timedelta
from functools import partial
from typing import Any

import pytest

from complaints.adapters.container import container
from complaints.adapters.dynamodb.key_schema import head_key
from complaints.adapters.dynamodb.models import Head
from complaints.calendars.opening_hours import WEEKDAYS, Window
from complaints.calendars.site_holidays import DecreedDay
from complaints.casework.command import Command
from complaints.casework.process.escalation import Answer
from complaints.context.decision_context import Context
from complaints.settings.changes import (
    Change,
)
from complaints.settings.commands import (
    ChangeCalendar,
    ChangeSite,
)
from complaints.settings.setting import Setting, SettingKind
from complaints.values.errors import Unavailable
from complaints.values.field_types import Stage
from complaints.values.people import COMPLAINANT, Actor
from functions.desk.settings import settings
from functions.desk.settings.settings_serializer import NOTHING_FOLLOWS
from functions.use_cases.cases import due_date_recalculation
from infrastructure.local.seed import surroundings
from tests.builders import ACKNOWLEDGE, ADA, MONDAY, REMEDY, TUESDAY, assess, decide_to
from tests.contracts.store_failures import THROTTLED, troubled
from tests.installation import Installation, opened
from tests.stories import by_telephone

NOON = TUESDAY + timedelta(hours=2)
CLOSES_EARLY: dict[str, tuple[Window, ...]] = {"tue": (("09:00", "12:00"),)}


@pytest.fixture
def installation(table: str) -> Iterator[Installation]:
    with opened(table) as installation:
        yield installation


def change(installation: Installation, command: Change, name: str = "demo") -> Setting:
    """The fact alone, as if the process had died right after it."""
    setting = installation.world.settings_store.load(command.kind, name)
    after = installation.world.settings_service.carry_out(setting, command, surroundings(installation.world))
    installation.world.sites.forget(name)
    return after


def close_early(
    installation: Installation, windows: dict[str, tuple[Window, ...]] | None = CLOSES_EARLY, **more: Any
) -> Setting:
    """Tuesdays end at noon, from now on; or other windows are other ones."""
    terms = installation.world.sites.terms("demo")
    expected = {name: getattr(terms.site, name) for name in ChangeSite.__struct_fields__ if name != "reason"}
    if windows:
        expected["windows"] = terms.calendar("iso10002-default").windows | windows
    return change(installation, ChangeSite(**expected | {"reason": "It was agreed."} | more))


def does(installation: Installation, reference: str, by: Actor, command: Command) -> None:
    case = installation.world.cases.load(reference)
    assert case is not None
    context = Context(now=MONDAY, by=by, terms=installation.world.sites.terms("demo"))
    installation.world.casework.carry_out(case, command, context)


def brought_forward(installation: Installation, reference: str) -> list[bytes]:
    """The entries that say so."""
    entries = installation.world.cases.entries(reference)
    return [entry.data for entry in entries if b"DueBroughtForward" in entry.data]


def due_at_noon(installation: Installation, references: list[str]) -> list[bool]:
    return [installation.complaint(name).clock(ACKNOWLEDGE).due == NOON for name in references]


def setting(installation: Installation) -> Setting:
    return installation.world.settings_store.load(SettingKind.SITE, "demo")


def test_the_first_cases_are_recalculated_before_the_administrator_is_answered(
    installation: Installation,
) -> None:
    cases = [installation.take(f"k-{number}") for number in range(3)]
    assert sorted(due_date_recalculation.begin(container(), close_early(installation))) == sorted(cases)
    assert due_at_noon(installation, cases) == [True] * 3


def test_a_store_that_fails_right_after_the_change_leaves_all_to_the_schedule(
    installation: Installation,
) -> None:
    case = installation.take("k-1")
    changed = close_early(installation)
    with troubled(THROTTLED):
        assert settings.with_follow_up(container(), changed) == NOTHING_FOLLOWS
    installation.run_schedule(due_date_recalculation.GRACE)
    assert due_at_noon(installation, [case]) == [True]


def test_a_run_that_died_right_after_the_change_is_gone_on_with(installation: Installation) -> None:
    cases = [installation.take(f"k-{number}") for number in range(3)]
    close_early(installation)
    installation.run_schedule()
    assert due_at_noon(installation, cases) == [False] * 3
    installation.run_schedule(due_date_recalculation.GRACE)
    assert due_at_noon(installation, cases) == [True] * 3
    assert setting(installation).unfinished is None


def test_a_run_that_died_in_the_middle_is_gone_on_with(installation: Installation) -> None:
    """One run looks at two of five cases, another is throttled by the store: none is left out."""
    cases = [installation.take(f"k-{number}") for number in range(5)]
    close_early(installation)
    installation.clock.moment += due_date_recalculation.GRACE
    go_on = partial(due_date_recalculation.go_on, container(), "site", "demo", pages=2, size=1)
    go_on()
    assert sum(due_at_noon(installation, cases)) == 2
    for trouble in ("Query", "BatchGetItem", "TransactWriteItems"):
        with troubled(THROTTLED, trouble), pytest.raises(Unavailable):
            go_on()
    installation.run_schedule()
    assert due_at_noon(installation, cases) == [True] * 5
    assert setting(installation).unfinished is None
    for reference in cases:
        assert len(brought_forward(installation, reference)) == 1


def test_a_change_during_the_run_begins_anew(installation: Installation) -> None:
    case = installation.take("k-1")
    close_early(installation)
    installation.clock.moment += due_date_recalculation.GRACE
    due_date_recalculation.go_on(container(), "site", "demo", pages=1, size=1)
    assert setting(installation).recalculated_to
    close_early(installation, name="Demo Ltd", windows={"tue": (("09:00", "11:00"),)})
    assert setting(installation).recalculated_to is None
    installation.run_schedule(due_date_recalculation.GRACE)
    assert len(brought_forward(installation, case)) == 2


def test_a_case_that_cannot_be_worked_stops_no_other(installation: Installation) -> None:
    broken, sound = installation.take("k-1"), installation.take("k-2")
    Head(*head_key(broken)).update(actions=[Head.state.set("{")])
    close_early(installation)
    installation.run_schedule(due_date_recalculation.GRACE)
    assert due_at_noon(installation, [sound]) == [True]


def test_a_closed_case_that_owes_a_remedy_is_looked_at_too(installation: Installation) -> None:
    owed = installation.take("k-1")
    for by, command in (
        (ADA, assess()),
        (ADA, decide_to()),
        (ADA, by_telephone()),
        (COMPLAINANT, Answer(accepts=True)),
    ):
        does(installation, owed, by, command)
    assert installation.complaint(owed).stage == Stage.CLOSED
    before = installation.complaint(owed).clock(REMEDY).due
    close_early(installation, {WEEKDAYS[before.weekday()]: (("09:00", "10:00"),)})
    installation.run_schedule(due_date_recalculation.GRACE)
    assert installation.complaint(owed).clock(REMEDY).due < before


def test_what_changes_no_working_time_looks_at_no_case(installation: Installation) -> None:
    installation.take("k-1")
    assert close_early(installation, windows=None, name="Demo Ltd").unfinished is None


def test_a_decreed_day_and_other_promises_have_all_cases_looked_at(installation: Installation) -> None:
    day = DecreedDay(on=date(2026, 4, 24), names={"en": "Bridge"})
    assert change(installation, ChangeCalendar(days=(day,), reason="A decree.")).unfinished == MONDAY
