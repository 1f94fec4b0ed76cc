"""Temporary files of tests lie in memory where the machine has room for them: no write waits for a disk.

A local run and its engine ask the disk to keep each write before they answer; nothing here need outlive one.
"""

import os
from pathlib import Path

SHARED_MEMORY = Path("/dev/shm")  # noqa: S108  # pytest makes a folder of its user alone in it
ENOUGH = 2**30


def pytest_configure() -> None:
    """Before any temporary folder is made; whoever names a place for them in the environment has it."""
    if has_room(SHARED_MEMORY):
        os.environ.setdefault("PYTEST_DEBUG_TEMPROOT", str(SHARED_MEMORY))


def has_room(folder: Path, enough: int = ENOUGH) -> bool:
    """Whether `enough` bytes are free in a folder where programs may be written and run."""
    if not os.access(folder, os.W_OK):
        return False
    found = os.statvfs(folder)
    return found.f_bavail * found.f_frsize >= enough and not found.f_flag & os.ST_NOEXEC
