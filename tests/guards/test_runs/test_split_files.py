"""The same files meet in a process of the tests at each run, in the same order, unless they are shuffled."""

import os
import subprocess
import sys
from collections import defaultdict
from collections.abc import Sequence
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from tests.running.split_files import (
    OF_OTHERS,
    in_order,
    kept,
    known,
    of_others,
    pytest_configure_node,
    split,
    takers,
)

ROOT = Path(__file__).parents[3]
FILES = tuple(f"test_{letter}.py" for letter in "abcdef")
TEST = """
from pathlib import Path

def test_it(worker_id):
    with Path({log!r}).open("a") as log:
        print(worker_id, Path(__file__).name, file=log)
"""


def test_the_slowest_files_are_dealt_first_and_no_worker_has_much_more_than_another() -> None:
    seconds = {"a": 1.0, "b": 2.0, "c": 3.0, "d": 4.0, "e": 5.0, "f": 6.0}
    assert split(seconds, seconds, 2) == {"f": 0, "e": 1, "d": 1, "c": 0, "b": 0, "a": 1}


def test_a_split_is_the_same_in_whatever_order_the_files_come() -> None:
    assert split(FILES, {"test_c.py": 9.0}, 3) == split(FILES[::-1], {"test_c.py": 9.0}, 3)


def test_a_file_of_which_nothing_is_known_counts_as_one_of_middle_length() -> None:
    seconds = {"slow": 9.0, "quick": 1.0, "another": 2.0}
    assert split(["slow", "new", "quick"], seconds, 2) == {"slow": 0, "new": 1, "quick": 1}


def test_without_any_knowledge_each_worker_has_as_many_files() -> None:
    workers = list(split(FILES, {}, 2).values())
    assert workers.count(0) == workers.count(1)


def test_a_seed_gives_another_split_and_order_and_the_same_for_the_same_seed() -> None:
    assert in_order(FILES, 1) == in_order(FILES[::-1], 1)
    assert in_order(FILES, 1) != in_order(FILES, 2)
    assert sorted(in_order(FILES, 1)) == list(FILES)
    splits = [split(FILES, {}, 2, seed) for seed in range(9)]
    assert split(FILES, {}, 2, 3) == splits[3]
    assert any(other != splits[0] for other in splits)


def test_each_worker_is_told_of_all_files_but_its_own() -> None:
    dealt = split(FILES, known(), 2)
    for worker in range(2):
        assert {*FILES} - {*of_others(FILES, None, 2, worker)} == {
            file for file in FILES if dealt[file] == worker
        }


def test_who_takes_no_file_or_stands_in_for_a_lost_worker_collects_all() -> None:
    assert of_others(["test_a.py"], None, 2, 1) == of_others(FILES, None, 2, 2) == []


def test_a_file_is_taken_by_a_worker_that_has_it_in_whatever_order_they_are_ready() -> None:
    """Where there are more workers than files, some have collected all."""
    one, other, both = {"test_a.py"}, {"test_b.py"}, {"test_a.py", "test_b.py"}
    assert takers([both, one, other], None) == {"test_a.py": 1, "test_b.py": 2}
    assert takers([other, both, one], None) == {"test_a.py": 2, "test_b.py": 0}
    assert takers([both, both], None) == split(both, known(), 2)


@pytest.mark.parametrize(
    ("args", "chosen", "is_told"),
    [
        (["tests"], {}, True),
        (["tests/running/.."], {}, True),
        (["../tests/guards"], {}, False),
        (["tests/http.py"], {}, False),
        (["tests"], {"lf": True}, False),
        (["tests"], {"keyword": "mail"}, False),
        (["tests"], {"markexpr": "soak"}, False),
        (["tests"], {"dist": "load"}, False),
    ],
)
def test_a_worker_is_told_of_the_files_of_others_where_all_of_some_folders_are_run(
    args: list[str], chosen: dict[str, Any], is_told: bool
) -> None:
    """Of what failed last a worker may have none, and would then run all that it has."""
    options = {"keyword": "", "markexpr": "not soak", "dist": "loadfile", "lf": False, "shuffle_files": None}
    options |= chosen
    config = SimpleNamespace(
        args=args,
        option=SimpleNamespace(**options),
        getoption=lambda name, default=None: options.get(name, default),
        invocation_params=SimpleNamespace(dir=ROOT),
        rootpath=ROOT,
    )
    node = SimpleNamespace(config=config, workerinput={"workerid": "gw1", "workercount": 2})
    pytest_configure_node(node)
    assert (OF_OTHERS in node.workerinput) is is_told
    assert all((ROOT / file).exists() for file in node.workerinput.get(OF_OTHERS, ()))


def test_what_is_known_is_written_anew_for_what_ran_and_forgotten_of_what_is_gone() -> None:
    here, gone = "tests/guards/test_runs/test_split_files.py", "tests/test_that_was_removed.py"
    assert kept({here: 1.0, gone: 5.0, "tests/test_each.py": 2.0}, [(here, 0.26)]) == {
        here: 0.3,
        "tests/test_each.py": 2.0,
    }


def test_most_files_are_known() -> None:
    """Else the workers do not end together; see `--save-seconds` in CONTRIBUTING.md."""
    files = {str(file.relative_to(ROOT)) for file in (ROOT / "tests").rglob("test_*.py")}
    assert len(files & known().keys()) > len(files) / 2


def test_workers_take_the_files_that_the_split_gives_them_in_their_order(tmp_path: Path) -> None:
    assert _ran(tmp_path / "plain") == _expected(FILES, None)


def test_a_seed_shuffles_a_run(tmp_path: Path) -> None:
    assert _ran(tmp_path / "shuffled", "--shuffle-files=5") == _expected(in_order(FILES, 5), 5)


def _expected(order: Sequence[str], seed: int | None) -> set[tuple[str, ...]]:
    of_worker = defaultdict(list)
    for file in order:
        of_worker[split(FILES, known(), 2, seed)[file]].append(file)
    return {tuple(files) for files in of_worker.values()}


def _ran(folder: Path, *options: str) -> set[tuple[str, ...]]:
    """The files that each of two workers ran, in their order."""
    folder.mkdir()
    log = folder / "log"
    for name in FILES:
        (folder / name).write_text(TEST.format(log=str(log)))
    plugins = ["-p", "xdist", "-p", "tests.running.slowest_files", "-p", "tests.running.split_files"]
    others = ["-n", "2", "--dist", "loadfile", "-c", "/dev/null", "--rootdir", str(folder), str(folder)]
    subprocess.run(
        [sys.executable, "-m", "pytest", *plugins, *others, *options],
        cwd=ROOT,
        env={**os.environ, "PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1"},
        capture_output=True,
        check=True,
    )
    of_worker = defaultdict(list)
    for line in log.read_text().splitlines():
        worker, name = line.split()
        of_worker[worker].append(name)
    return {tuple(files) for files in of_worker.values()}
