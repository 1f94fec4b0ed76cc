"""What was not tested, and how to get it, in the last lines of a run; a missing browser first, too."""

from collections import Counter
from collections.abc import Iterable, Iterator

import pytest

from infrastructure.screenshots.browser import HOW
from infrastructure.screenshots.chromium import program


def summary(reports: Iterable[object]) -> Iterator[str]:
    """A line for each reason, with how many tests it skipped."""
    reasons = [
        each.longrepr[2]
        for each in reports
        if isinstance(each, pytest.TestReport) and each.skipped and isinstance(each.longrepr, tuple)
    ]
    for reason, count in Counter(reasons).most_common():
        yield f"{count} not tested: {reason.removeprefix('Skipped: ')}"


def pytest_sessionstart(session: pytest.Session) -> None:
    """Says that tests of pages in a browser will be skipped."""
    if program() is None and not hasattr(session.config, "workerinput"):
        print(f"Nothing is tested in a browser: {HOW}.")


@pytest.hookimpl(trylast=True)
def pytest_unconfigure(config: pytest.Config) -> None:
    """Says what was skipped, below all else."""
    reporter = config.pluginmanager.get_plugin("terminalreporter")
    if isinstance(reporter, pytest.TerminalReporter):
        for line in summary(reporter.stats.get("skipped", [])):
            print(line)
