"""Local runs forked from a process which has imported and compiled what they are made of: see `run_server`.

A run that starts by itself takes half a second until it answers, and as long for its first pages; the tests
start a hundred. Its environment, its data and its end are its own, as if it was started by itself.
"""

import json
import os
import select
import signal
import subprocess
import sys
import tempfile
from collections.abc import Mapping
from contextlib import suppress
from functools import cache
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).parents[2]
SERVER = "tests.running.run_server"


class Wish(NamedTuple):
    """What a run is started with: its environment, what it prints into, and where its exit status goes."""

    environment: Mapping[str, str]
    log: str
    status: str


class Process:
    """A run as its starter holds it: what the tests use of `subprocess.Popen`.

    It is no child of this process: its `keeper` is its parent, waits for it, and ends after it.
    """

    def __init__(self, pid: int, keeper: int, status: Path) -> None:
        self.pid = pid
        self.returncode: int | None = None
        self._keeper: int | None = None
        with suppress(ProcessLookupError):  # The run ended at once.
            self._keeper = os.pidfd_open(keeper)
        self._status = status

    def poll(self) -> int | None:
        """Its exit status, negative for a signal, or `None` while it runs."""
        return self._found(0)

    def wait(self, timeout: float) -> int:
        """Its exit status, within so many seconds. Raises `subprocess.TimeoutExpired`."""
        found = self._found(timeout)
        if found is None:
            raise subprocess.TimeoutExpired(SERVER, timeout)
        return found

    def send_signal(self, how: signal.Signals) -> None:
        """Sends a signal, unless it has ended."""
        if self.poll() is None:
            with suppress(ProcessLookupError):  # It ended meanwhile.
                os.kill(self.pid, how)

    def _found(self, seconds: float) -> int | None:
        if self.returncode is None and self._has_ended(seconds):
            self.returncode = os.waitstatus_to_exitcode(int(self._status.read_text()))
            self._status.unlink()
            if self._keeper is not None:
                os.close(self._keeper)
        return self.returncode

    def _has_ended(self, seconds: float) -> bool:
        return self._keeper is None or bool(select.select([self._keeper], [], [], seconds)[0])


def start(environment: Mapping[str, str], log: Path) -> Process:
    """Starts a local run that prints into `log`, and waits for nothing."""
    with tempfile.NamedTemporaryFile(prefix="run-", suffix=".status", delete=False) as file:
        status = Path(file.name)
    pid, keeper = _ask(Wish(environment, str(log), str(status)))
    return Process(pid, keeper, status)


def _ask(wish: Wish) -> tuple[int, int]:
    """The processes of a run and of its keeper. Raises `AssertionError` where the server has ended."""
    server = _server()
    assert server.stdin
    assert server.stdout
    print(json.dumps(wish), file=server.stdin, flush=True)
    line = server.stdout.readline()
    assert line, "the server of forked runs has ended"
    pid, keeper = json.loads(line)
    return pid, keeper


@cache
def _server() -> subprocess.Popen[str]:
    """The process that all runs of this one are forked from. It ends with this one, whose pipe it reads."""
    return subprocess.Popen(
        [sys.executable, "-m", SERVER],
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": f"{ROOT}:{ROOT / 'layers/core/python'}"},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
