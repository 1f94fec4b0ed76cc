"""A thousand tickets, brought over twice by the command: a thousand complaints, and no mail to anybody."""

import csv
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from infrastructure.build.translations import compile_catalogues
from tests.journeys.steps import Staff, settle
from tests.local_run import ROOT, LocalRun, running

TICKETS = 1_000
NAMES = ["ID", "Subject", "Description", "Requester", "Requester email", "Created at", "Solved at", "Status"]
LEFT = 3


def ticket(number: int) -> list[str]:
    """Every third has ended; none is like another."""
    created, solved = f"2024-{number % 12 + 1:02d}-03 09:{number % 60:02d}:00 +0300", ""
    status = ("Open", "Pending", "Closed")[number % 3]
    if status == "Closed":
        solved = f"2025-{number % 12 + 1:02d}-04 10:00:00 +0300"
    person = [f"Person {number}", f"person{number}@import.example"]
    return [str(number), f"Ticket {number}", "It is broken.", *person, created, solved, status]


def write(path: Path, *more: list[str]) -> Path:
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([NAMES, *(ticket(number) for number in range(TICKETS)), *more])
    return path


def bring(run: LocalRun, file: Path, token: str) -> subprocess.CompletedProcess[str]:
    """Runs the command as its user does."""
    paths = f"{ROOT}:{ROOT / 'layers/core/python'}"
    return subprocess.run(
        [sys.executable, "-m", "infrastructure.importing", file, "demo", "zendesk", "--url", run.url],
        cwd=ROOT,
        env=os.environ | {"PYTHONPATH": paths, "TOKEN": token},
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.fixture(scope="module")
def exported(twice: tuple[LocalRun, list[str], Path]) -> list[dict[str, Any]]:
    """All cases of the site."""
    run, _, _ = twice
    quality = Staff(run, "Kim", "quality")
    found: list[dict[str, Any]] = []
    cursor = ""
    while True:
        path = f"/export?site=demo&format=json{cursor}"
        got = quality.call("GET", path).json
        found += got["items"]
        if got["next"] is None:
            return found
        cursor = f"&cursor={got['next']}"


@pytest.fixture(scope="module")
def importing_run(tmp_path_factory: pytest.TempPathFactory) -> Iterator[LocalRun]:
    """One of this module alone, whose stream is followed when all is imported: not anew after each ticket."""
    compile_catalogues()
    with running(tmp_path_factory.mktemp("importing-run") / "data", environment={"STREAM": "0"}) as run:
        yield run


@pytest.fixture(scope="module")
def twice(
    importing_run: LocalRun, tmp_path_factory: pytest.TempPathFactory
) -> tuple[LocalRun, list[str], Path]:
    """The run, and what the command said when it was run once and again."""
    odd, hidden = ticket(TICKETS), ticket(TICKETS + 2)
    odd[5], odd[7], hidden[4], hidden[7] = "soon", "=1+1", "nobody", "Open"
    file = write(tmp_path_factory.mktemp("import") / "tickets.csv", odd, hidden)
    token = Staff(importing_run, "Robin", "reviewer").token()
    runs = [bring(importing_run, file, token) for _ in range(2)]
    assert [run.returncode for run in runs] == [1, 1], runs[0].stderr
    settle(importing_run)
    return importing_run, [run.stdout.splitlines()[0] for run in runs], file


def test_a_thousand_tickets_brought_twice_are_a_thousand_complaints(
    twice: tuple[LocalRun, list[str], Path], exported: list[dict[str, Any]]
) -> None:
    _, found, _ = twice
    assert found == [
        "1000 taken, 0 taken before, 2 not taken.",
        "0 taken, 1000 taken before, 2 not taken.",
    ]
    assert len({case["reference"] for case in exported}) == len(exported) == TICKETS
    assert {case["subject"] for case in exported} == {f"Ticket {number}" for number in range(TICKETS)}


def test_nobody_gets_a_mail_by_an_import(twice: tuple[LocalRun, list[str], Path]) -> None:
    run, _, _ = twice
    assert run.mails() == []


def test_what_had_ended_stands_as_it_ended(exported: list[dict[str, Any]]) -> None:
    ended = [case for case in exported if case["stage"] == "closed"]
    assert len(ended) == TICKETS // LEFT
    assert {case["ended_at"][:4] for case in ended} == {"2025"}
    assert {case["received_at"][:4] for case in ended} == {"2024"}


def test_the_report_names_row_column_and_reason(twice: tuple[LocalRun, list[str], Path]) -> None:
    _, _, file = twice
    with file.with_suffix(".zendesk-not-taken.csv").open(encoding="utf-8", newline="") as report:
        lines = list(csv.DictReader(report))
    assert [(line["row"], line["column"].split(" or ")[0]) for line in lines] == [
        ("1002", "Created at"),
        ("1002", "Status"),
        ("1003", "Requester email"),
    ]
    assert "=1+1" in lines[1]["reason"]


def test_a_token_of_nobody_stops_the_import_at_once(importing_run: LocalRun, tmp_path: Path) -> None:
    got = bring(importing_run, write(tmp_path / "tickets.csv"), "nobody's")
    assert (got.returncode, got.stdout) == (1, "")
    assert "\n401 " in got.stderr
