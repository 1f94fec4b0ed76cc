"""What it costs to share out what falls due at once, and how even the shares are (docs/capacity.md)."""

import time
from collections.abc import Mapping
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from benchmarks.measuring.aws_requests import Tally, counted
from benchmarks.measuring.stopped_clock import StoppedClock
from benchmarks.product import many_cases
from complaints.adapters.container import Container, container, use_container
from infrastructure.local.aws.lambda_context import LambdaContext
from infrastructure.local.aws.parallel_runs import LocalRuns
from infrastructure.local.aws.scheduler import Handler, schedule_event

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
)
PER_CASE = 2


class Run(Struct, frozen=True):
    """What one run spent: how many calls in all, which of them look into the index or write a case."""

    calls: int
    looks: int
    worked: int
    read_units: float
    write_units: float
    milliseconds: float


class SharedOut(Struct, frozen=True):
    """What all runs spent on so many due cases: the run of the minute, and those that it started."""

    due: int
    runs: tuple[Run, ...]

    @property
    def worked(self) -> int:
        """How many cases all runs wrote."""
        return sum(run.worked for run in self.runs)

    @property
    def calls_a_case(self) -> float:
        """Without the looks into the index, and what is settled for the site."""
        return sum(run.calls - run.looks for run in self.runs) / self.worked

    @property
    def row(self) -> tuple[str, ...]:
        """Its row of the table."""
        worked = [run.worked for run in self.runs]
        whole = (self.due, len(self.runs), min(worked), max(worked))
        each = (
            sum(run.read_units for run in self.runs) / self.worked,
            sum(run.write_units for run in self.runs) / self.worked,
            sum(run.milliseconds for run in self.runs) / self.worked,
        )
        looks = sum(run.looks for run in self.runs)
        return (
            *(f"{number:,}" for number in whole),
            f"{self.calls_a_case:.2f}",
            f"{looks:,}",
            *(f"{number:.2f}" for number in each),
        )


def measure(due: int, runs: int, schedule: Handler) -> SharedOut:
    """Adds cases that are due, and lets one minute's run share them out. Raises RuntimeError where one stays,
    or was worked twice."""
    running, beside = container(), LocalRuns()
    settings = replace(running.settings, schedule_runs=str(runs))
    use_container(Container(settings, clock=StoppedClock(running.now()), parallel_runs=beside))
    try:
        many_cases.gather(0, due, late=True)
        first = _run(schedule, schedule_event(container().now()))
        found = SharedOut(due, (first, *(_run(schedule, event) for event in beside.events())))
        if found.worked != due or next(container().agenda.due(container().now()), None):
            raise RuntimeError("a case was left, or worked twice")
    finally:
        use_container(running)
    return found


def _run(schedule: Handler, event: Mapping[str, Any]) -> Run:
    with counted() as made:
        before = time.thread_time_ns()
        schedule(event, LambdaContext("escalate_overdue"))
        spent = (time.thread_time_ns() - before) / 1e6
    return _spent(made, spent)


def _spent(made: Tally, milliseconds: float) -> Run:
    looks, worked = (made.operations.count(name) for name in ("Query", "TransactWriteItems"))
    settings = sum(call.is_of_settings for call in made.calls)
    calls = len(made.calls) - settings
    return Run(calls, looks, worked, made.read_units, made.write_units, milliseconds)
