"""What it costs to share out what falls due at once, and how even the shares are (docs/capacity.md)."""

import os
import time
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from datetime import datetime
from multiprocessing import get_context
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from benchmarks.measuring.aws_requests import Tally, counted
from benchmarks.measuring.stopped_clock import StoppedClock
from benchmarks.product import prepared_cases
from benchmarks.product.prepared_cases import DueCases
from complaints.adapters.config.environment import Settings
from complaints.adapters.container import Container, container, use_container
from complaints.adapters.dynamodb.key_schema import USUALLY, due_pk
from complaints.adapters.dynamodb.letter_items import STREAM_GRACE
from complaints.case.correspondence.letter import LetterKind
from complaints.context.case import Due
from infrastructure.local.aws.lambda_context import LambdaContext
from infrastructure.local.aws.scheduler import Handler, LocalRuns, schedule_event
from tests.running import plain_calls

HEAD = (
    "due",
    "runs",
    "worked by one: least",
    "most",
    "calls for each",
    "looks in all",
    "read units for each",
    "write units for each",
    "CPU for each",
    "urgent",
    "after a usual one",
)
LETTERS_HEAD = (
    "letters that wait",
    "wanted again in a minute",
    "urgent ones",
    "of them wanted",
    "left",
    "calls",
)
PER_CASE = 2
LETTERS_A_SECOND = 14
"""What SES takes to begin with."""
URGENT_LETTERS = 400
"""Of letters that wait for no others, and of those to complainants together."""

Say = Callable[[str], None]


class Run(Struct, frozen=True):
    """What one run spent: how many calls in all, which of them look into the index or write a case; and the
    cases that it wrote, in order."""

    calls: int
    looks: int
    cases: Sequence[str]
    read_units: float
    write_units: float
    milliseconds: float

    @property
    def worked(self) -> int:
        """How many cases it wrote."""
        return len(self.cases)


class SharedOut(Struct, frozen=True):
    """What all runs spent on so many due cases: the run of the minute, and those that it started. Only the
    first one goes the whole way to the table (see `measure`): its processor time counts."""

    due: DueCases
    runs: tuple[Run, ...]

    @property
    def worked(self) -> int:
        """How many cases all runs wrote."""
        return sum(run.worked for run in self.runs)

    @property
    def is_each_worked_once(self) -> bool:
        """Whether every case was written by one run, and once."""
        return sorted(case for run in self.runs for case in run.cases) == sorted(self.due.all)

    @property
    def urgent_after_usual(self) -> int:
        """How many cases that come first of their shard came after one that does not."""
        return sum(_behind(run.cases, self.due.urgent) for run in self.runs)

    @property
    def calls_a_case(self) -> float:
        """Without the looks into the index, and what is settled for the site."""
        return sum(run.calls - run.looks for run in self.runs) / self.worked

    @property
    def row(self) -> tuple[str, ...]:
        """Its row of the table."""
        worked = [run.worked for run in self.runs]
        whole = (len(self.due.all), len(self.runs), min(worked), max(worked))
        each = (
            sum(run.read_units for run in self.runs) / self.worked,
            sum(run.write_units for run in self.runs) / self.worked,
            self.runs[0].milliseconds / self.runs[0].worked,
        )
        return (
            *(f"{number:,}" for number in whole),
            f"{self.calls_a_case:.2f}",
            f"{sum(run.looks for run in self.runs):,}",
            *(f"{number:.2f}" for number in each),
            f"{len(self.due.urgent):,}",
            f"{self.urgent_after_usual:,}",
        )


class LettersPaced(Struct, frozen=True):
    """What one minute's runs did with letters that wait: how many they wanted again, and of urgent ones."""

    waiting: int
    wanted: int
    urgent: int
    urgent_wanted: int
    calls: int

    @property
    def row(self) -> tuple[str, ...]:
        """Its row of the table."""
        left = self.waiting - self.wanted
        counts = (self.waiting, self.wanted, self.urgent, self.urgent_wanted, left, self.calls)
        return tuple(f"{count:,}" for count in counts)


def measure(many: int, runs: int, schedule: Handler, say: Say) -> tuple[SharedOut, LettersPaced]:
    """Has so many cases due, lets one minute's run share them out, and after some minutes another one the
    letters that they called for. Raises RuntimeError where a case stays, or was worked twice.

    The shares of other runs are worked by as many processes as there are processors, and by calls without
    botocore, which are counted all the same: what they cost their caller is known of the first run.
    """
    running, beside = container(), LocalRuns()
    settings = replace(running.settings, schedule_runs=str(runs), letters_per_second=str(LETTERS_A_SECOND))
    # At an even minute the earliest come first in each shard; nothing else is done at this one.
    now = running.now().replace(minute=2, second=0, microsecond=0)
    try:
        use_container(Container(settings, clock=StoppedClock(now), parallel_runs=beside))
        due = prepared_cases.fall_due(many)
        say(f"{many:,} cases are due …")
        first = _run(schedule, schedule_event(now))
        others = _run_beside(list(beside.events()), settings, now, schedule, say)
        found = SharedOut(due, (first, *others))
        if not found.is_each_worked_once or next(container().agenda.due(now), None):
            raise RuntimeError("a case was left, or worked twice")
        say("Letters …")
        return found, _letters(due, settings, now, schedule)
    finally:
        use_container(running)


def _run_beside(
    events: Sequence[Mapping[str, Any]], settings: Settings, now: datetime, schedule: Handler, say: Say
) -> Iterator[Run]:
    """Forked, so that what the product logs goes nowhere there, too."""
    begin = (settings, now, schedule)
    with ProcessPoolExecutor(os.cpu_count(), get_context("fork"), _begin, begin) as processes:
        for number, run in enumerate(processes.map(_share, events), 1):
            say(f"{number} of {len(events)} shares: {run.worked:,} cases")
            yield run


_schedule: Handler


def _begin(settings: Settings, now: datetime, schedule: Handler) -> None:
    """A process for shares: of connections of its own, and of calls without botocore, to its end."""
    global _schedule
    _schedule = schedule
    use_container(Container(settings, clock=StoppedClock(now), parallel_runs=LocalRuns()))
    plain_calls.install()


def _share(event: Mapping[str, Any]) -> Run:
    return _run(_schedule, event)


def _run(schedule: Handler, event: Mapping[str, Any]) -> Run:
    with counted() as made:
        before = time.thread_time_ns()
        schedule(event, LambdaContext("escalate_overdue"))
        spent = (time.thread_time_ns() - before) / 1e6
    return _spent(made, spent)


def _spent(made: Tally, milliseconds: float) -> Run:
    looks = made.operations.count("Query")
    cases = [call.changed for call in made.calls if call.operation == "TransactWriteItems"]
    settings = sum(call.is_of_settings for call in made.calls)
    calls = len(made.calls) - settings
    return Run(calls, looks, cases, made.read_units, made.write_units, milliseconds)


def _letters(due: DueCases, settings: Settings, now: datetime, schedule: Handler) -> LettersPaced:
    """The notices of all those cases wait, and among them letters that are more urgent, when the schedule
    wants again what no stream reader has taken."""
    half = URGENT_LETTERS // 2
    named = due.all[-URGENT_LETTERS:]
    prepared_cases.want_letters(LetterKind.ACKNOWLEDGEMENT, named[:half])
    prepared_cases.want_letters(LetterKind.RESOLUTION, named[half:])
    beside, later = LocalRuns(), now + 2 * STREAM_GRACE
    use_container(Container(settings, clock=StoppedClock(later), parallel_runs=beside))
    waiting = _waiting(later)
    with counted() as made:
        schedule(schedule_event(later), LambdaContext("escalate_overdue"))
        for event in beside.events():
            schedule(event, LambdaContext("escalate_overdue"))
    left = _waiting(later)
    urgent = sum(map(_is_urgent, waiting))
    return LettersPaced(
        waiting=len(waiting),
        wanted=len(waiting) - len(left),
        urgent=urgent,
        urgent_wanted=urgent - sum(map(_is_urgent, left)),
        calls=len(made.calls),
    )


def _waiting(now: datetime) -> Sequence[Due]:
    return [each for each in container().agenda.due(now) if each.letter]


def _is_urgent(letter: Due) -> bool:
    return letter.urgency < USUALLY


def _behind(cases: Sequence[str], urgent: Collection[str]) -> int:
    """How many of these are urgent and stand after one of their shard that is not: shards take turns."""
    passed, behind = set(), 0
    for case in cases:
        if case not in urgent:
            passed.add(due_pk(case))
        elif due_pk(case) in passed:
            behind += 1
    return behind
