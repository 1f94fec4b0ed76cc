"""Runs the engine: started, waited for, and stopped by its process id."""

import ctypes
import os
import signal
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryFile
from typing import IO

from infrastructure.errors import CommandError
from infrastructure.local.engine import stale_process, stream_records
from infrastructure.local.engine.install import install
from infrastructure.local.free_port import HeldPort

# A busy machine may take long; an engine that ended is not waited for.
START_SECONDS = 120
STOP_SECONDS = 5
SET_PARENT_DEATH_SIGNAL = 1
ONE_THREAD = {"TOKIO_WORKER_THREADS": "1"}
"""It works on its file for one call after another: more threads only hand calls to each other."""


@contextmanager
def running(database: Path) -> Iterator[str]:
    """Yields the address of an engine that answers: of the one in DYNAMODB_ENDPOINT, or of a new one.

    A new one keeps its data in the file `database`. It ends with this block, and with this process if that is
    killed. Raises `CommandError` where it does not start.
    """
    if other := address_from_environment():
        yield other
        return
    stale_process.stop(database)
    with HeldPort() as port, _started(port.number, database) as address:
        stream_records.index(database)
        yield address


def address_from_environment() -> str | None:
    """The address of another engine, where the environment names one."""
    return os.environ.get("DYNAMODB_ENDPOINT", "").rstrip("/") or None


@contextmanager
def _started(port: int, database: Path) -> Iterator[str]:
    with TemporaryFile() as found:
        engine = subprocess.Popen(
            [install(), "serve", "--host", "127.0.0.1", "--port", str(port), "--db-path", str(database)],
            env=os.environ | ONE_THREAD,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=found,
            preexec_fn=end_with_parent,
            start_new_session=True,
        )
        try:
            stale_process.remember(database, engine.pid)
            _wait_until_healthy(engine, port, found)
            yield f"http://127.0.0.1:{port}"
        finally:
            _stop(engine)
            stale_process.forget(database)


def end_with_parent() -> None:
    """Asks the kernel to stop a process when the run is killed, which then cannot stop it itself."""
    ctypes.CDLL(None).prctl(SET_PARENT_DEATH_SIGNAL, signal.SIGTERM)


def _wait_until_healthy(engine: subprocess.Popen[bytes], port: int, errors: IO[bytes]) -> None:
    healthcheck = [str(install()), "healthcheck", "--port", str(port)]
    deadline = time.monotonic() + START_SECONDS
    while engine.poll() is None and time.monotonic() < deadline:
        if subprocess.run(healthcheck, check=False, capture_output=True).returncode == 0:
            return
        time.sleep(0.01)
    errors.seek(0)
    reason = errors.read().decode(errors="replace").strip().removeprefix("error: ")
    raise CommandError(f"The database engine did not start; it said: {reason or 'nothing'}")


def _stop(engine: subprocess.Popen[bytes]) -> None:
    engine.terminate()
    try:
        engine.wait(timeout=STOP_SECONDS)
    except subprocess.TimeoutExpired:
        engine.kill()
        engine.wait()
