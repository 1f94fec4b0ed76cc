"""A forked run is the same as one that is started by itself: its environment, what it says, how it ends."""

import os
import signal
import subprocess
from pathlib import Path
from subprocess import TimeoutExpired

import pytest

from functions.use_cases.submission.proof_of_work import MOST_NUMBER
from tests.journeys.steps import complain
from tests.local_run import LocalRun, running
from tests.running import forked_runs
from tests.running.run_server import EASY


@pytest.mark.parametrize("forked", [True, False])
def test_what_a_run_is_told_it_takes_and_what_it_refuses_it_says(tmp_path: Path, forked: bool) -> None:
    run = LocalRun(tmp_path / "data", environment={"PORT": "none"}, forked=forked)
    run.begin()
    assert run.wait() == 1
    assert run.said == "PORT must be a number from 1 to 65535, not 'none'.\n"


@pytest.mark.parametrize(("how", "status"), [(signal.SIGTERM, 0), (signal.SIGKILL, -9), (signal.SIGINT, 0)])
def test_a_run_ends_as_it_is_asked_to(tmp_path: Path, how: signal.Signals, status: int) -> None:
    with running(tmp_path / "data") as run:
        assert run.process.poll() is None
        run.process.send_signal(how)
        assert run.wait() == run.process.poll() == run.process.returncode == status
        assert "Traceback" not in run.said


def test_runs_share_a_process_that_they_are_forked_from_and_nothing_that_they_hold(tmp_path: Path) -> None:
    with running(tmp_path / "one") as one, running(tmp_path / "other") as other:
        assert one.process.pid != other.process.pid
        assert one.call("POST", "/_local/clock", {"advance": "P9D"}).status == 200
        now = [run.call("GET", "/_local/clock").json["ahead"] for run in (one, other)]
        assert now[0] != now[1]
        for run in (one, other):
            command = Path(f"/proc/{run.process.pid}/cmdline").read_text().split("\0")
            assert forked_runs.SERVER in command
            opened = {str(file.resolve()) for file in Path(f"/proc/{run.process.pid}/fd").iterdir()}
            assert str(run.data.with_name(run.data.name + ".log")) in opened


def test_proofs_of_work_are_easy_unless_a_run_wants_them_as_hard_as_they_are(tmp_path: Path) -> None:
    for environment, most in ({}, EASY), ({"HARD_PROOF": "1"}, MOST_NUMBER):
        with running(tmp_path / str(most), environment=environment) as run:
            assert run.call("GET", "/v1/challenge").json["maxnumber"] == most
            complain(run)


def test_what_one_run_compiled_another_shows_as_it_does(tmp_path: Path) -> None:
    shown = []
    for name in ("one", "other"):
        with running(tmp_path / name) as run:
            got = run.call("GET", "/problems/stale?lang=es", Accept="text/html")
            assert got.status == 200
            shown.append(got.text.replace(run.url, ""))
    assert 'lang="es"' in shown[0]
    assert shown[0] == shown[1]


def test_who_waits_for_a_run_that_goes_on_is_told_so(tmp_path: Path) -> None:
    with running(tmp_path / "data") as run:
        with pytest.raises(TimeoutExpired):
            run.process.wait(timeout=0)
        assert run.process.poll() is None


def test_a_run_that_ended_at_once_or_meanwhile_has_ended(tmp_path: Path) -> None:
    status = tmp_path / "status"
    status.write_text("256")
    ended = subprocess.Popen(["true"])
    ended.wait()
    found = forked_runs.Process(ended.pid, ended.pid, status)
    found.send_signal(signal.SIGTERM)
    assert found.poll() == found.wait(timeout=0) == 1
    meanwhile = forked_runs.Process(ended.pid, os.getpid(), status)
    meanwhile.send_signal(signal.SIGTERM)


def test_what_keeps_a_run_holds_no_pipe_of_the_server(tmp_path: Path) -> None:
    """Otherwise who asks a server that has ended would wait for ever."""
    with running(tmp_path / "data") as run:
        process = Path(f"/proc/{run.process.pid}/status").read_text()
        keeper = process.partition("PPid:\t")[2].partition("\n")[0]
        opened = {file.name for file in Path(f"/proc/{keeper}/fd").iterdir()}
        assert not {"0", "1"} & opened
