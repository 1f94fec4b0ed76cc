"""What it costs to count a flood and to close it, case by case to the end (docs/capacity.md)."""

import secrets
import time
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from benchmarks.measuring.aws_requests import counted
from benchmarks.measuring.stopped_clock import StoppedClock
from benchmarks.product.gateway_requests import form
from benchmarks.product.installation import SITE
from complaints.adapters.container import Container, container, use_container
from complaints.context.decision_context import Context
from complaints.handling.service import Submission
from complaints.management.evaluation.shared import content_of
from complaints.management.flood_closings import ConfirmFloodClosing, FloodClosing, ProposeFloodClosing
from complaints.management.record import RecordCommand, RecordKind
from complaints.values.people import COMPLAINANT, Actor, Role
from functions.use_cases.cases import flood_closing
from functions.use_cases.management.management_records import records_context
from functions.use_cases.submission import form_validation, submission_to_command

HEAD = (
    "step",
    "cases",
    "runs",
    "calls for each",
    "read units for each",
    "write units for each",
    "CPU for each",
    "longest run: calls",
    "CPU",
)
PER_CASE = 3
"""Calls for a case that is closed: whether its mailbox is known, the case, and the transaction."""

_ID = f"{SITE}.measured"
_AN_HOUR = timedelta(hours=1)


class Run(Struct, frozen=True):
    """What one run of the schedule spent on it."""

    calls: int
    read_units: float
    write_units: float
    milliseconds: float


class Steps(Struct, frozen=True):
    """All runs that one of the two steps took for so many cases."""

    step: str
    cases: int
    runs: tuple[Run, ...]

    @property
    def calls_a_case(self) -> float:
        """Without what is settled for the site."""
        return sum(run.calls for run in self.runs) / self.cases

    @property
    def row(self) -> tuple[str, ...]:
        """Its row of the table."""
        each = (
            self.calls_a_case,
            sum(run.read_units for run in self.runs) / self.cases,
            sum(run.write_units for run in self.runs) / self.cases,
            sum(run.milliseconds for run in self.runs) / self.cases,
        )
        longest = max(run.calls for run in self.runs), round(max(run.milliseconds for run in self.runs))
        return (
            self.step,
            *(f"{number:,}" for number in (self.cases, len(self.runs))),
            *(f"{number:.2f}" for number in each),
            *(f"{number:,}" for number in longest),
        )


def measure(cases: int) -> tuple[Steps, Steps]:
    """Takes so many complaints of robots, each whole, and has them counted and closed. Raises RuntimeError
    where not all are closed."""
    running = container()
    now = running.now()
    try:
        _take(cases, now - _AN_HOUR)
        use_container(Container(running.settings, clock=StoppedClock(now)))
        _do(ProposeFloodClosing(since=now - 2 * _AN_HOUR, until=now, reason="Robots."), "Ruth")
        counting = Steps("counted", cases, _runs(lambda content: content.is_counting))
        _do(ConfirmFloodClosing(), "Adam")
        closing = Steps("closed", cases, _runs(lambda content: content.is_closing))
        if _content().closed != cases:
            raise RuntimeError(f"Of {cases} cases {_content().closed} were closed.")
    finally:
        use_container(running)
    return counting, closing


def _take(cases: int, at: datetime) -> None:
    deps = container()
    asked = submission_to_command.command(form_validation.read(deps, form()))
    context = Context(now=at, by=COMPLAINANT, terms=deps.sites.terms(SITE))
    for number in range(cases):
        robot = replace(asked, email=f"robot-{number}@example.net")
        sent = Submission(site=SITE, key=f"flood-{number}-{secrets.token_hex(8)}", body="")
        deps.casework.receive(robot, context, sent)


def _do(command: RecordCommand, by: str) -> None:
    deps = container()
    record = deps.management_records.load(RecordKind.FLOOD_CLOSING, _ID)
    context = records_context(deps, record, Actor("staff", by, (Role.ADMIN,)))
    deps.records_service.carry_out(record, command, context)


def _content() -> FloodClosing:
    return content_of(container().management_records.load(RecordKind.FLOOD_CLOSING, _ID), FloodClosing)


def _runs(is_on: Callable[[FloodClosing], bool]) -> tuple[Run, ...]:
    found = []
    while is_on(_content()):
        found.append(_run())
    return tuple(found)


def _run() -> Run:
    deps: Any = container()
    with counted() as made:
        before = time.thread_time_ns()
        flood_closing.go_on(deps, _ID)
        spent = (time.thread_time_ns() - before) / 1e6
    calls = sum(not call.is_of_settings for call in made.calls)
    return Run(calls, made.read_units, made.write_units, spent)
