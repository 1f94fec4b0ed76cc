"""What the tests of each file took, the slowest first: who adds a minute sees it at the end of a run."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from operator import itemgetter

import pytest

SHOWN = 10


def slowest(reports: Iterable[object]) -> Sequence[tuple[str, float]]:
    """The files that took longest, with the seconds of all their tests, set up and torn down."""
    seconds: defaultdict[str, float] = defaultdict(float)
    for report in reports:
        if isinstance(report, pytest.TestReport):
            seconds[report.nodeid.partition("::")[0]] += report.duration
    return sorted(seconds.items(), key=itemgetter(1), reverse=True)[:SHOWN]


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Adds a line for each of them; one file alone is as slow as the run."""
    files = slowest(report for kind in terminalreporter.stats.values() for report in kind)
    if len(files) > 1:
        terminalreporter.section(f"slowest {len(files)} files")
        for file, seconds in files:
            terminalreporter.line(f"{seconds:7.1f} s  {file}")
