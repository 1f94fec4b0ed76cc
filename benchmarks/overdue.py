"""What the schedule spends on cases that fell due, among how many others there may be."""

import time
from collections.abc import Sequence
from itertools import pairwise

from msgspec import Struct

from benchmarks.measuring.aws_requests import Tally, counted
from benchmarks.measuring.cpu_time import Spent
from benchmarks.measuring.results import Results, Section
from benchmarks.measuring.stopped_clock import stopped
from benchmarks.product import many_cases
from complaints.adapters.container import container
from infrastructure.local.aws.scheduler import Handler, Scheduler

HOW = (
    "Cases that reach their first rung in the same minute, among open ones that do not; the schedule runs "
    "until nothing is due. Calls and units are those of all runs together; processor time in milliseconds "
    "is for one due case: its facts, and the letter that stands in the outbox then. The product's clock "
    "stands still meanwhile, so that a slow machine has no more to do. The peer's run "
    "(`escalate_tickets` of django-helpdesk) renders its mails at once and keeps them in memory; the "
    "product's letter is rendered by another function, and measured above beside the submission. What a "
    "run with nothing due asks for stands in the table before this one."
)
HEAD = (
    "open cases",
    "due",
    "worked",
    "runs",
    "calls",
    "for each",
    "read units",
    "write units",
    "CPU for each",
)
FEW, MANY = 100, 10_000
PER_CASE = 2


class Worked(Struct, frozen=True):
    """What all runs spent together until nothing was due; `worked` is how often a case was."""

    open: int
    due: int
    worked: int
    runs: int
    calls: int
    looks: int
    settings: int
    read_units: float
    write_units: float
    milliseconds: float

    @property
    def calls_a_case(self) -> float:
        """Without the looks into the index: four for a run, and one for every further thousand of a shard;
        and without what is settled for the site, which is read once a minute.
        """
        return (self.calls - self.looks - self.settings) / self.worked

    @property
    def row(self) -> tuple[str, ...]:
        """Its row of the table."""
        units = (f"{self.read_units:,g}", f"{self.write_units:,g}")
        each = f"{self.calls_a_case:.2f}"
        counts = (self.open, self.due, self.worked, self.runs, self.calls)
        spent = f"{self.milliseconds / self.worked:.2f}"
        return (*(f"{count:,}" for count in counts), each, *units, spent)


def measure(sizes: Sequence[int], schedule: Handler, peer: Spent, results: Results) -> None:
    """Adds the section and its gates, for rising sizes of a table that is empty at first.

    `peer` is what the peer spends on one ticket that it escalates.
    """
    section = Section("The schedule with cases due", HOW, HEAD)
    results.sections.append(section)
    found = []
    for before, size in pairwise((0, *sizes)):
        many_cases.gather(before, size)
        for due in (FEW, MANY):
            if due <= size:
                with stopped():
                    found.append(_work(size, due, schedule))
    section.rows += [each.row for each in found]
    section.rows.append(("peer", *[""] * 7, f"{peer.median:.2f}"))
    for each in found:
        at = f"with {each.due:,} due among {each.open:,}"
        share = each.calls_a_case / PER_CASE
        results.at_most(f"calls for a due case {at}, of {PER_CASE}", 1.0, share)


def _work(size: int, due: int, schedule: Handler) -> Worked:
    """Adds cases that are due, and runs the schedule until none is. Raises RuntimeError if one stays."""
    many_cases.gather(size, size + due, late=True)
    ticker = Scheduler(schedule, container().now)
    runs, tally, spent = 0, Tally(), 0.0
    while _is_any_due():
        runs += 1
        with counted() as run:
            before = time.thread_time_ns()
            ticker.tick()
            spent += (time.thread_time_ns() - before) / 1e6
        tally.calls += run.calls
        if runs > due:
            raise RuntimeError("the schedule leaves cases that are due")
    many_cases.forget_letters()
    looks, worked = (tally.operations.count(name) for name in ("Query", "TransactWriteItems"))
    units = (tally.read_units, tally.write_units)
    settings = sum(call.is_of_settings for call in tally.calls)
    return Worked(size, due, worked, runs, len(tally.calls), looks, settings, *units, spent)


def _is_any_due() -> bool:
    return next(container().agenda.due(container().now(), 1), None) is not None
