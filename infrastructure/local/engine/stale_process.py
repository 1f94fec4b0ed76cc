"""Finds an engine that outlived its run: two engines on one file would spoil it.

A run that is killed takes its engine along (see `process`), but not at once, and not on every kernel.
"""

import os
import signal
import time
from pathlib import Path

from infrastructure.errors import CommandError

STOP_SECONDS = 60


def remember(database: Path, pid: int) -> None:
    """Writes next to the database which process serves it."""
    _note(database).write_text(str(pid))


def forget(database: Path) -> None:
    """Takes the note away: the engine was stopped."""
    _note(database).unlink(missing_ok=True)


def stop(database: Path) -> None:
    """Stops the engine that still serves this database, if one does. Raises `CommandError` if it stays."""
    try:
        pid = int(_note(database).read_text())
    except (FileNotFoundError, ValueError):
        return
    deadline = time.monotonic() + STOP_SECONDS
    while serves(pid, database):
        if time.monotonic() > deadline:
            raise CommandError(f"Another database engine (process {pid}) holds {database} and does not stop.")
        os.kill(pid, signal.SIGTERM)
        time.sleep(0.02)


def serves(pid: int, database: Path) -> bool:
    """Whether that process is an engine of this file: process ids are used again by strangers."""
    try:
        command = Path(f"/proc/{pid}/cmdline").read_bytes()
    except OSError:
        return False
    return os.fsencode(database) in command.split(b"\0")


def _note(database: Path) -> Path:
    return database.with_suffix(".pid")
