"""Automation rules are applied by the stream and the schedule: once, whatever is repeated, lost or late."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest

from complaints.adapters.dynamodb.key_schema import Key, case_pk, entry_sk
from complaints.adapters.maintenance.rebuild_heads import Rebuilding
from complaints.audit_trail.hash_chain import decode
from complaints.case.workflow.automation import AutomationApplied
from complaints.casework.correspondence.messages import Add
from complaints.context.decision_context import Context
from complaints.management.improvement.themes import CloseTheme, DecideTheme, OpenTheme, Theme
from complaints.management.record import RecordCommand, RecordKind
from complaints.settings.commands import (
    ChangeAutomation,
)
from complaints.settings.setting import SettingKind
from complaints.values.casework.automation import RuleState, Trigger
from complaints.values.people import COMPLAINANT, Actor, Role
from functions.use_cases.cases.automation_waits import go_on
from functions.use_cases.cases.due_date_recalculation import GRACE
from functions.use_cases.management.management_records import records_context
from infrastructure.local.seed import surroundings
from tests.functions.workers.test_case_stream import followed
from tests.installation import Installation, opened

DAY = timedelta(days=1)


@pytest.fixture
def installation(table: str) -> Iterator[Installation]:
    with opened(table) as installation:
        yield installation


def settle(installation: Installation, code: str = "damage", **said: Any) -> None:
    """A rule of the demo site, which is on."""
    usual = {"title": "Damage", "add_tags": ("damage",), "state": RuleState.ON, "reason": "Agreed."}
    world = installation.world
    setting = world.settings_store.load(SettingKind.AUTOMATION, f"demo.{code}")
    world.settings_service.carry_out(setting, ChangeAutomation(**usual | said), surroundings(world))


def applied(installation: Installation, reference: str) -> list[tuple[str, int, tuple[str, ...]]]:
    entries = installation.world.cases.entries(reference)
    facts = [fact for entry in entries for fact in decode(entry.data).facts]
    return [(fact.rule, fact.cause, fact.done) for fact in facts if isinstance(fact, AutomationApplied)]


def written(installation: Installation, reference: str, text: str) -> None:
    case = installation.world.cases.load(reference)
    assert case is not None
    context = Context(
        now=installation.world.now(), by=COMPLAINANT, terms=installation.world.sites.terms("demo")
    )
    installation.world.casework.carry_out(case, Add(text=text), context)


def records(reference: str, *numbers: int) -> list[Key]:
    return [(case_pk(reference), entry_sk(number)) for number in numbers]


def test_records_that_come_twice_out_of_order_and_late_apply_a_rule_once(installation: Installation) -> None:
    settle(installation, assign="Robin", task="Ask the depot.", task_to="Deniz")
    reference = installation.take("k-1")
    assert followed(*records(reference, 2, 1, 2)) == []
    assert followed(*records(reference, 3, 1)) == followed(*records(reference, 2)) == []
    assert applied(installation, reference) == [("damage", 1, ("classify", "assign", "task"))]
    assert installation.owner(reference) == "Robin"
    assert list(Rebuilding(mends=False).findings()) == []


def open_theme(installation: Installation, code: str, *verbs: RecordCommand) -> None:
    """A theme of the demo site, and what is done to it."""
    world = installation.world
    by = Actor("staff", "Quinn", (Role.QUALITY,))
    for command in (OpenTheme(title="Lamps break", owner="Robin"), *verbs):
        record = world.management_records.load(RecordKind.THEME, f"demo.{code}")
        world.records_service.carry_out(record, command, records_context(world, record, by))


def cases_of(installation: Installation, code: str) -> tuple[str, ...]:
    content = installation.world.management_records.load(RecordKind.THEME, f"demo.{code}").content
    assert isinstance(content, Theme)
    return content.cases


def test_a_rule_links_a_case_to_a_theme_once_and_says_so(installation: Installation) -> None:
    open_theme(installation, "lamps")
    settle(installation, theme="lamps")
    reference = installation.take("k-1")
    for _ in range(2):
        assert followed(*records(reference, 1, 2)) == []
    assert applied(installation, reference) == [("damage", 1, ("classify", "theme"))]
    assert cases_of(installation, "lamps") == (reference,)


def test_a_theme_that_is_closed_or_not_there_takes_no_case_and_the_record_says_why(
    installation: Installation,
) -> None:
    open_theme(installation, "over", DecideTheme(decision="Nothing."), CloseTheme(result="It is over."))
    settle(installation, theme="over")
    settle(installation, "none", theme="nowhere", add_tags=("none",))
    reference = installation.take("k-1")
    assert followed(*records(reference, 1, 2)) == []
    entries = installation.world.cases.entries(reference)
    facts = [fact for entry in entries for fact in decode(entry.data).facts]
    found = [(fact.done, fact.refused) for fact in facts if isinstance(fact, AutomationApplied)]
    assert found == [(("classify",), (("theme", "no-theme"),))] * 2
    assert cases_of(installation, "over") == ()


def test_what_the_stream_lost_the_schedule_catches_up(installation: Installation) -> None:
    settle(installation)
    reference = installation.take("k-1")
    installation.run_schedule(40 * DAY)
    assert [code for code, *_ in applied(installation, reference)] == ["damage"]


def test_a_rule_of_waiting_is_applied_when_its_time_is_over_and_once_a_wait(
    installation: Installation,
) -> None:
    settle(installation, "silent", when=Trigger.WAITS, wait_days=2)
    reference = installation.take("k-1")
    followed(*records(reference, 1, 2))
    installation.run_schedule(DAY)
    assert applied(installation, reference) == []
    written(installation, reference, "Hello?")
    followed(*records(reference, 3))
    installation.run_schedule(DAY)
    assert applied(installation, reference) == []
    installation.run_schedule(DAY)
    assert applied(installation, reference) == [("silent", 3, ("classify",))]
    assert installation.run_schedule() == {"done": 0, "failed": 0, "left": 0}


def test_a_rule_of_waiting_meets_cases_that_waited_before_it_was_switched_on_however_many_runs_it_takes(
    installation: Installation,
) -> None:
    references = [installation.take(f"k-{place}") for place in range(3)]
    settle(installation, "silent", when=Trigger.WAITS, wait_days=2)
    name, world = "demo.silent", installation.world
    assert world.settings_store.load(SettingKind.AUTOMATION, name).unfinished
    looked_at: list[str] = []
    known = world.automations.look_at
    world.automations.look_at = lambda reference, at: looked_at.append(reference) or known(reference, at)  # type: ignore[method-assign, func-returns-value]
    go_on(world, name)
    assert looked_at == []  # Other processes may not know the rule yet.
    installation.clock.moment += GRACE
    for run in (1, 2, 3):
        go_on(world, name, pages=1, size=1)
        assert len(looked_at) == run
    while world.settings_store.load(SettingKind.AUTOMATION, name).unfinished:
        go_on(world, name, pages=1, size=1)
    assert sorted(looked_at) == sorted(references)
    installation.run_schedule(2 * DAY)
    assert [applied(installation, each) for each in references] == [[("silent", 2, ("classify",))]] * 3


def test_a_site_without_rules_pays_one_query_a_minute_for_them(installation: Installation) -> None:
    reference = installation.take("k-1")
    asked: list[str] = []
    known = installation.world.automations.of
    installation.world.automations.of = lambda site: asked.append(site) or known(site)  # type: ignore[method-assign, func-returns-value]
    followed(*records(reference, 1, 2))
    assert asked == ["demo"]
    assert applied(installation, reference) == []
