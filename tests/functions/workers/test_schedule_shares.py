"""Much is due at once: runs beside each other work shares of it, each case once, the most urgent first."""

from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from typing import NoReturn

import pytest
from msgspec.structs import replace

from complaints.adapters.stores.lists.due_items import DynamoAgenda
from complaints.context.ports import DueShare, ParallelRuns, ShareTask
from complaints.values.errors import Unavailable
from functions.workers import schedule_shares
from functions.workers.schedule_shares import A_MINUTE
from tests.builders import MONDAY
from tests.faults.fault_process import run_schedule_and_meet
from tests.functions.workers.test_schedule import reminded, shelve_due, spoil
from tests.installation import Installation, opened

MANY, ALONE, KILLED = 60, 10, -9


class Asked(ParallelRuns):
    """Keeps what is asked for."""

    def __init__(self) -> None:
        self.shares: list[DueShare] = []
        self.until: set[datetime] = set()
        self.letters: list[int | None] = []
        self.may_start = True

    def start(self, tasks: Sequence[ShareTask]) -> int:
        self.shares += [task.share for task in tasks]
        self.until = {task.until for task in tasks}
        self.letters = [task.letters for task in tasks]
        return len(tasks) if self.may_start else 0


@pytest.fixture
def asked() -> Asked:
    return Asked()


@pytest.fixture
def installation(table: str, asked: Asked, monkeypatch: pytest.MonkeyPatch) -> Iterator[Installation]:
    """A run works few things in its minute, and eight may run beside each other."""
    monkeypatch.setattr(schedule_shares, "ALONE", ALONE)
    monkeypatch.setattr(schedule_shares, "SHARE", 5)
    with opened(table, parallel_runs=asked) as installation:
        installation.world.settings = replace(installation.world.settings, schedule_runs="8")
        yield installation


def throttled(*_: object) -> NoReturn:
    raise Unavailable


def test_what_one_run_can_work_is_not_shared_out(installation: Installation, asked: Asked) -> None:
    shelve_due(installation, ALONE)
    installation.world.settings = replace(installation.world.settings, schedule_runs="1")
    assert installation.run_schedule()["done"] == ALONE
    assert asked.shares == []


def test_s43_shares_are_worked_beside_each_other_and_each_case_once(
    installation: Installation, table: str, asked: Asked
) -> None:
    """Two runs work the same share at once, one is killed in the middle of its own, and one never starts:
    the run of the next minute does what is left."""
    cases = shelve_due(installation, MANY)
    first = installation.run_schedule()
    assert asked.until == {MONDAY + A_MINUTE}
    assert len(asked.shares) == 7, "and one that the run itself worked"
    assert len({(share.shard, share.part) for share in asked.shares}) == 7
    agenda = installation.world.agenda
    by_size = sorted(asked.shares, key=lambda share: len(list(agenda.due(MONDAY, share=share))))
    _, *others, killed, twice = by_size
    assert run_schedule_and_meet("*:TransactWriteItems:2:kill-after", table, MONDAY, killed) == KILLED
    with ThreadPoolExecutor(2) as runs:
        both = [each.result() for each in [runs.submit(installation.run_share, twice) for _ in range(2)]]
    assert [run["failed"] for run in both] == [0, 0]
    for share in others:
        installation.run_share(share)
    worked = reminded(installation, cases)
    assert max(worked) == 1
    assert sum(worked) < MANY
    assert ALONE < first["done"] < MANY
    asked.shares.clear()
    installation.run_schedule(A_MINUTE)
    assert reminded(installation, cases) == [1] * MANY
    assert asked.shares == [], "what was left is little"


def test_a_share_stops_when_the_next_minute_shares_out_anew(installation: Installation) -> None:
    cases = shelve_due(installation, 24)
    share = next(each for each in installation.world.agenda.shares(MONDAY, 3, 8))
    until = MONDAY - timedelta(seconds=1)
    assert installation.run_share(share, until=until) == {"done": 0, "failed": 0, "left": 1}
    assert sum(reminded(installation, cases)) == 0


def test_what_no_other_run_works_is_worked_by_the_one_that_could_start_none(
    installation: Installation, asked: Asked
) -> None:
    """A right that is missing, or no room in the account, at each minute anew."""
    cases = shelve_due(installation, MANY)
    asked.may_start = False
    assert installation.run_schedule(steps=ALONE + 20)["left"] == 1, "the alarm counts it"
    assert installation.run_schedule()["left"] == 0
    assert reminded(installation, cases) == [1] * MANY


def test_a_run_that_cannot_count_what_is_due_goes_on_alone(
    installation: Installation, asked: Asked, monkeypatch: pytest.MonkeyPatch
) -> None:
    cases = shelve_due(installation, MANY)
    monkeypatch.setattr(DynamoAgenda, "shares", throttled)
    assert (installation.run_schedule()["done"], asked.shares) == (MANY, [])
    assert reminded(installation, cases) == [1] * MANY


def test_a_share_that_cannot_be_worked_stops_no_other(installation: Installation, asked: Asked) -> None:
    cases = shelve_due(installation, MANY)
    poison = cases[ALONE * 2 :: 10]
    for name in poison:
        spoil(name)
    runs = [installation.run_schedule(), *map(installation.run_share, asked.shares)]
    assert sum(run["failed"] for run in runs) == len(poison)
    assert sum(run["done"] for run in runs) == MANY - len(poison)


def test_runs_beside_each_other_share_the_letters_of_a_minute(
    installation: Installation, asked: Asked
) -> None:
    shelve_due(installation, MANY)
    installation.world.settings = replace(installation.world.settings, letters_per_second="2")
    installation.run_schedule()
    assert asked.letters == [15] * 7, "of 120, eight runs"
