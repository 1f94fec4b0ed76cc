"""The schedule with much to do: bounded runs, some at once, and cases that cannot be worked."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from msgspec.structs import replace

from complaints.adapters.dynamodb.key_schema import head_key
from complaints.adapters.dynamodb.models import Head
from complaints.adapters.stores.lists.due_items import AGAIN_AFTER
from complaints.case.clock import Rung
from complaints.casework.deadlines import Tick
from complaints.casework.process.closing import Withdraw
from complaints.context.decision_context import Context
from complaints.values.people import COMPLAINANT, MACHINE
from tests.builders import MONDAY, RESPOND
from tests.contracts.cases.stored_cases import a_case, reference
from tests.contracts.store_failures import THROTTLED, troubled
from tests.installation import Installation, opened

A_MINUTE = timedelta(minutes=1)
MANY, SOME = 200, 24


@pytest.fixture
def installation(table: str) -> Iterator[Installation]:
    with opened(table) as installation:
        yield installation


def shelve_due(installation: Installation, many: int) -> list[str]:
    """Cases that fell due one second after another; nobody is written to."""
    due = []
    for number in range(many):
        writing = a_case(number)
        complaint = writing.case.complaint
        at = MONDAY - timedelta(seconds=many - number)
        clock = replace(complaint.clocks[0], rungs=(Rung(when="before", to="none", at=at),))
        case = replace(writing.case, complaint=replace(complaint, clocks=(clock,)))
        installation.world.cases.write(replace(writing, case=case))
        due.append(reference(number))
    return due


def spoil(name: str) -> None:
    """Nobody can read this case any more."""
    Head(*head_key(name)).update(actions=[Head.state.set("{")])


def reminded(installation: Installation, references: list[str]) -> list[int]:
    """How often each was reminded of."""
    return [installation.complaint(name).number - 1 for name in references]


def test_what_one_run_has_no_time_for_the_next_ones_do(installation: Installation) -> None:
    cases = shelve_due(installation, MANY)
    runs = [installation.run_schedule(steps=45) for _ in range(5)]
    assert [run["done"] for run in runs] == [45, 45, 45, 45, 20]
    assert [run["left"] for run in runs] == [1, 1, 1, 1, 0]
    assert reminded(installation, cases) == [1] * MANY
    assert installation.run_schedule() == {"done": 0, "failed": 0, "left": 0}


@pytest.mark.parametrize("spoiled", [slice(0, 12), slice(12, 24), slice(6, 18)])
def test_s77_cases_that_cannot_be_worked_are_named_and_starve_no_other(
    installation: Installation, caplog: pytest.LogCaptureFixture, spoiled: slice
) -> None:
    """There is time for far fewer steps than there are cases that fail."""
    cases = shelve_due(installation, SOME)
    poison = cases[spoiled]
    for name in poison:
        spoil(name)
    for _ in range(7):
        installation.run_schedule(A_MINUTE, steps=4)
    sound = [name for name in cases if name not in poison]
    assert reminded(installation, sound) == [1] * len(sound)
    named = {getattr(record, "reference", None) for record in caplog.records}
    assert named - {None} == set(poison)


def test_what_could_not_be_worked_is_looked_at_again(installation: Installation) -> None:
    (name,) = shelve_due(installation, 1)
    spoil(name)
    failed = [installation.run_schedule(later)["failed"] for later in (timedelta(), A_MINUTE, AGAIN_AFTER)]
    assert failed == [1, 0, 1]


def test_s43_two_schedules_at_once_are_as_one(installation: Installation) -> None:
    cases = shelve_due(installation, SOME)
    with ThreadPoolExecutor(2) as runs:
        done = [run.result() for run in [runs.submit(installation.run_schedule) for _ in range(2)]]
    assert [run["failed"] for run in done] == [0, 0]
    assert reminded(installation, cases) == [1] * SOME


def test_s43_a_run_that_looked_before_another_says_nothing_again(installation: Installation) -> None:
    (name,) = shelve_due(installation, 1)
    seen = installation.world.cases.load(name)
    assert seen is not None
    installation.run_schedule()
    context = Context(now=MONDAY, by=MACHINE, terms=installation.world.sites.terms("demo"))
    after = installation.world.casework.carry_out(seen, Tick(), context)
    assert after.complaint.number == 2


def test_a_closed_case_never_escalates(installation: Installation) -> None:
    """Also where the job read it before it was closed."""
    name = installation.take("k-1")
    seen = installation.world.cases.load(name)
    assert seen is not None
    late = seen.complaint.clock(RESPOND).due + timedelta(days=9)
    terms = installation.world.sites.terms("demo")
    installation.world.casework.carry_out(seen, Withdraw(), Context(now=MONDAY, by=COMPLAINANT, terms=terms))
    withdrawn = installation.complaint(name)
    assert {clock.stopped_at for clock in withdrawn.clocks} == {MONDAY}
    after = installation.world.casework.carry_out(seen, Tick(), Context(now=late, by=MACHINE, terms=terms))
    assert after.complaint == withdrawn
    installation.run_schedule(late - MONDAY)
    assert installation.complaint(name) == withdrawn


def test_a_tick_is_two_calls_and_an_idle_run_four_and_a_pulse_one(installation: Installation) -> None:
    installation.clock.moment += A_MINUTE
    shelve_due(installation, 3)
    installation.world.sites.terms("demo")
    installation.world.automations.of("demo")
    with troubled() as calls:
        installation.run_schedule()
    assert sorted(calls) == ["BatchGetItem"] * 3 + ["Query"] * 4 + ["TransactWriteItems"] * 3
    with troubled() as calls:
        installation.run_schedule()
    assert calls == ["Query"] * 4
    with troubled() as calls:
        installation.run_schedule(4 * A_MINUTE)
    assert calls == [*["Query"] * 4, "UpdateItem"]


def test_a_pulse_that_fails_fails_no_run(installation: Installation) -> None:
    with troubled(THROTTLED, "UpdateItem"):
        assert installation.run_schedule() == {"done": 0, "failed": 0, "left": 0}


def test_what_the_store_refuses_now_is_done_by_the_next_run(installation: Installation) -> None:
    cases = shelve_due(installation, 3)
    with troubled(THROTTLED, "TransactWriteItems"):
        assert installation.run_schedule()["failed"] == 3
    assert installation.run_schedule()["done"] == 3
    assert reminded(installation, cases) == [1, 1, 1]
