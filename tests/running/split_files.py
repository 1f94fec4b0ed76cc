"""Which worker of a run takes which files of tests, and in which order: the same each time, on every machine.

Files of one process share a local run. Handed to whichever worker is free, other files would meet at each
run, and a test that fails beside some of them would fail by chance.
"""

import json
from collections.abc import Collection, Iterable, Mapping, Sequence
from pathlib import Path
from random import Random
from statistics import fmean
from typing import Any

import pytest
from xdist.scheduler import LoadFileScheduling

from tests.running.slowest_files import by_duration

ROOT = Path(__file__).parents[2]
SECONDS = Path(__file__).with_suffix(".json")
"""What each file took, by its path, when `--save-seconds` last wrote it down."""


def split(
    files: Collection[str], seconds: Mapping[str, float], workers: int, seed: int | None = None
) -> Mapping[str, int]:
    """The worker of each file, from 0: the slowest file first, each to the one that has least to do.

    A file of which nothing is known counts as one of middle length. A `seed` deals the files out as it draws.
    """
    each = fmean(seconds.values()) if seconds else 1.0
    weights = {file: seconds.get(file, each) for file in sorted(files)}
    dealt = sorted(weights, key=lambda file: -weights[file]) if seed is None else in_order(weights, seed)
    busy = [0.0] * workers
    found = {}
    for file in dealt:
        found[file] = worker = busy.index(min(busy))
        busy[worker] += weights[file]
    return found


def in_order(files: Iterable[str], seed: int) -> Sequence[str]:
    """The files as a seed shuffles them, whatever order they come in."""
    found = sorted(set(files))
    Random(seed).shuffle(found)
    return found


def kept(seconds: Mapping[str, float], ran: Iterable[tuple[str, float]]) -> Mapping[str, float]:
    """What is known of files, after a run of some of them, without those that are gone."""
    found = {**seconds, **{file: round(took, 1) for file, took in ran}}
    return {file: found[file] for file in sorted(found) if (ROOT / file).exists()}


def known() -> dict[str, float]:
    """Seconds of each file."""
    found: dict[str, float] = json.loads(SECONDS.read_text())
    return found


class SplitFiles(LoadFileScheduling):  # type: ignore[misc]  # xdist has no types
    """Hands each worker all its files at once, as one unit of work."""

    @property
    def tests_finished(self) -> bool:
        """Whether all is handed out; to count what is done after each of thousands of tests takes seconds."""
        return self.collection is not None and not self.workqueue

    def schedule(self) -> None:
        """Knows the files once all workers have collected them."""
        if self.collection is None:
            files = {_file(test) for tests in self.registered_collections.values() for test in tests}
            self.workers = split(files, known(), len(self.nodes), self.config.getoption("shuffle_files"))
        super().schedule()

    def _split_scope(self, nodeid: str) -> str:
        return str(self.workers[_file(nodeid)])


def pytest_addoption(parser: pytest.Parser) -> None:
    """Two options for whoever looks after the tests."""
    group = parser.getgroup("files of tests")
    group.addoption(
        "--shuffle-files", type=int, metavar="SEED", help="other files together, in another order"
    )
    group.addoption(
        "--save-seconds", action="store_true", help=f"write what each file took to {SECONDS.name}"
    )


def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> SplitFiles | None:
    """Stands in for what `--dist loadfile` means to xdist."""
    return SplitFiles(config, log) if config.getoption("dist") == "loadfile" else None


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """In each worker the tests of a file stay together, in their order."""
    seed: int | None = config.getoption("shuffle_files")
    if seed is not None:
        place = {file: at for at, file in enumerate(in_order((_file(item.nodeid) for item in items), seed))}
        items.sort(key=lambda item: place[_file(item.nodeid)])


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter, config: pytest.Config) -> None:
    """The workers tell their reports to the process that has a terminal."""
    if config.getoption("save_seconds"):
        ran = by_duration(report for kind in terminalreporter.stats.values() for report in kind)
        SECONDS.write_text(json.dumps(kept(known(), ran), indent=0) + "\n")


def _file(test: str) -> str:
    return test.partition("::")[0]
