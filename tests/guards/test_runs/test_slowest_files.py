"""The end of a test run names the files that took longest, however many processes shared them."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.running.slowest_files import ALLOWED, SHOWN, by_duration, summary

ROOT = Path(__file__).parents[3]


def report(file: str, seconds: float, when: str = "call") -> pytest.TestReport:
    return pytest.TestReport(f"{file}::test_a", (file, 1, "a"), {}, "passed", None, when, duration=seconds)  # type: ignore[arg-type]


def test_a_file_took_what_all_its_tests_took_set_up_and_torn_down() -> None:
    ran = [report("a.py", 1, "setup"), report("b.py", 3), report("a.py", 2), report("a.py", 0.5, "teardown")]
    assert by_duration([*ran, object()]) == [("a.py", 3.5), ("b.py", 3)]


def test_only_the_slowest_are_named_and_all_are_counted() -> None:
    lines = list(summary([(f"{number}.py", 1.0) for number in range(99)]))
    assert len(lines) == SHOWN + 1
    assert lines[-1] == f"   99.0 s  in all, of {ALLOWED} s"


def test_files_that_take_more_than_they_may_are_said_to() -> None:
    *_, last = summary([("a.py", ALLOWED), ("b.py", 60.0)])
    assert last.endswith("60 s too many, unless the machine was busy")


def test_a_run_in_another_process_ends_with_them(tmp_path: Path) -> None:
    for name in ("test_one.py", "test_two.py"):
        (tmp_path / name).write_text("def test_it() -> None:\n    pass\n")
    options = ["-p", "xdist", "-p", "tests.running.slowest_files", "-n", "1", "-c", "/dev/null", "--rootdir"]
    found = subprocess.run(
        [sys.executable, "-m", "pytest", *options, str(tmp_path), str(tmp_path)],
        cwd=ROOT,
        env={**os.environ, "PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1"},
        capture_output=True,
        text=True,
        check=True,
    ).stdout
    assert "slowest 2 of 2 files" in found
    assert found.count(" s  ") == 3
