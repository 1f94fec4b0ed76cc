"""Which worker of a run takes which files of tests, and in which order: the same each time, on every machine.

Files of one process share a local run. Handed to whichever worker is free, other files would meet at each
run, and a test that fails beside some of them would fail by chance. Each worker collects its own files alone.
"""

import json
import os
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from itertools import chain
from pathlib import Path
from random import Random
from statistics import fmean
from typing import Any, cast

import pytest
from xdist.scheduler import LoadFileScheduling

from tests.running.slowest_files import by_duration

ROOT = Path(__file__).parents[2]
SECONDS = Path(__file__).with_suffix(".json")
"""What each file took, by its path, when `--save-seconds` last wrote it down."""
MOST = "not soak"
"""The marks of most tests, as `make test` asks for them."""
OF_OTHERS = "files of others"
_of_others = pytest.StashKey[set[Path]]()


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


def of_others(files: Collection[str], seed: int | None, workers: int, worker: int) -> Sequence[str]:
    """Those that other workers take; nothing for one that takes none, or stands in for a lost one."""
    if worker >= workers:
        return []
    of = split(files, known(), workers, seed)
    return [file for file in files if of[file] != worker] if worker in of.values() else []


def takers(collected: Sequence[Collection[str]], seed: int | None) -> Mapping[str, int]:
    """The worker of each file, by the files that each collected: of those that have it, who has the fewest.

    A file that all have goes where the split says. Workers come in the order in which they were ready.
    """
    by = defaultdict[str, list[int]](list)
    for at, files in enumerate(collected):
        for file in files:
            by[file].append(at)
    of_all = [file for file, workers in by.items() if len(workers) == len(collected)]
    fewest = {file: min(workers, key=lambda at: len(collected[at])) for file, workers in by.items()}
    return {**fewest, **split(of_all, known(), len(collected), seed)}


class SplitFiles(LoadFileScheduling):  # type: ignore[misc]  # xdist has no types
    """Hands each worker all its files at once, as one unit of work."""

    @property
    def tests_finished(self) -> bool:
        """Whether all is handed out; to count what is done after each of thousands of tests takes seconds."""
        return self.collection is not None and not self.workqueue

    def add_node_collection(self, node: Any, collection: Sequence[str]) -> None:
        """Knows what a worker has collected; one that stands in for a lost one has collected everything."""
        self.registered_collections[node] = list(collection)

    def schedule(self) -> None:
        """Knows the files once all workers have collected theirs."""
        if self.collection is not None:
            super().schedule()
            return
        collected = [{_file(test) for test in self.registered_collections[node]} for node in self.nodes]
        self.workers = takers(collected, self.config.getoption("shuffle_files"))
        tests: Sequence[str] = list(dict.fromkeys(chain(*self.registered_collections.values())))
        self.collection: Sequence[str] | None = tests
        # It is told of one worker alone, and takes none for no tests at all.
        self.config.pluginmanager.getplugin("dsession")._session.testscollected = len(tests)
        units = defaultdict[str, dict[str, bool]](dict)
        for test in tests:
            units[self._split_scope(test)][test] = False
        for at, node in enumerate(self.nodes):
            if unit := units.get(str(at)):
                self.workqueue[str(at)] = unit
                self._assign_work_unit(node)
            node.shutdown()

    def _assign_work_unit(self, node: Any) -> None:
        scope, unit = self.workqueue.popitem(last=False)
        self.assigned_work[node][scope] = unit
        places = {test: at for at, test in enumerate(self.registered_collections[node])}
        node.send_runtest_some([places[test] for test, done in unit.items() if not done])

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


def pytest_configure_node(node: Any) -> None:
    """Tells a worker what it need not collect. Of tests that are chosen, the files of these are dealt out."""
    config: pytest.Config = node.config
    folders = [Path(os.path.normpath(config.invocation_params.dir / each)) for each in config.args]
    option = config.option
    chosen = option.keyword or option.markexpr not in ("", MOST) or config.getoption("lf", False)
    here = all(each.is_dir() and each.is_relative_to(config.rootpath) for each in folders)
    if chosen or config.getoption("dist") != "loadfile" or not here:
        return
    files = {
        path.relative_to(config.rootpath).as_posix() for each in folders for path in each.rglob("test_*.py")
    }
    worker = int(node.workerinput["workerid"].removeprefix("gw"))
    seed: int | None = config.getoption("shuffle_files")
    node.workerinput[OF_OTHERS] = of_others(sorted(files), seed, node.workerinput["workercount"], worker)


def pytest_configure(config: pytest.Config) -> None:
    """Each worker, once."""
    config.stash[_of_others] = {config.rootpath / file for file in _told(config)}


def pytest_ignore_collect(collection_path: Path, config: pytest.Config) -> bool | None:
    """Not to collect what others take; of anything else this says nothing."""
    return True if collection_path in config.stash[_of_others] else None


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """In each worker the tests of a file stay together, in their order."""
    seed: int | None = config.getoption("shuffle_files")
    if seed is not None:
        files = {_file(item.nodeid) for item in items}.union(_told(config))
        place = {file: at for at, file in enumerate(in_order(files, seed))}
        items.sort(key=lambda item: place[_file(item.nodeid)])


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter, config: pytest.Config) -> None:
    """The workers tell their reports to the process that has a terminal."""
    if config.getoption("save_seconds"):
        ran = by_duration(report for kind in terminalreporter.stats.values() for report in kind)
        SECONDS.write_text(json.dumps(kept(known(), ran), indent=0) + "\n")


def _told(config: pytest.Config) -> Sequence[str]:
    """What this process is told that others take."""
    found: Mapping[str, Any] = getattr(config, "workerinput", {})
    return cast(Sequence[str], found.get(OF_OTHERS, ()))


def _file(test: str) -> str:
    return test.partition("::")[0]
