"""What the tests of each file took, the slowest first: who adds a minute sees it at the end of a run."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from operator import itemgetter

import pytest

SHOWN = 10
ALLOWED = 2 * 600
"""Seconds of all files together: ten minutes in two processes, on a machine that does nothing else."""


def by_duration(reports: Iterable[object]) -> Sequence[tuple[str, float]]:
    """The files, the slowest first, with the seconds of all their tests, set up and torn down."""
    seconds: defaultdict[str, float] = defaultdict(float)
    for report in reports:
        if isinstance(report, pytest.TestReport):
            seconds[report.nodeid.partition("::")[0]] += report.duration
    return sorted(seconds.items(), key=itemgetter(1), reverse=True)


def summary(files: Sequence[tuple[str, float]]) -> Iterator[str]:
    """A line for each of the slowest, and one for all: whether they keep to what is `ALLOWED`."""
    for file, seconds in files[:SHOWN]:
        yield f"{seconds:7.1f} s  {file}"
    total = sum(seconds for _, seconds in files)
    over = "" if total <= ALLOWED else f": {total - ALLOWED:.0f} s too many, unless the machine was busy"
    yield f"{total:7.1f} s  in all, of {ALLOWED} s{over}"


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Adds these lines; one file alone is as slow as the run."""
    files = by_duration(report for kind in terminalreporter.stats.values() for report in kind)
    if len(files) > 1:
        terminalreporter.section(f"slowest {min(SHOWN, len(files))} of {len(files)} files")
        for line in summary(files):
            terminalreporter.line(line)
