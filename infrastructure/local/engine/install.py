"""Installs the pinned engine under `.local/engine` from npm: the lock file names the hash to expect."""

import platform
from pathlib import Path

from infrastructure.build import npm
from infrastructure.errors import CommandError

PINS = Path(__file__).parent
HOME = Path(__file__).parents[3] / ".local" / "engine"
BINARY = HOME / "node_modules" / "@dynoxide" / "linux-x64" / "dynoxide"


def install() -> Path:
    """Answers with the engine's program, installed first if it is missing or of another version.

    Several processes may call it at once. Raises `CommandError` where it cannot be had.
    """
    if (platform.system(), platform.machine()) != ("Linux", "x86_64"):
        raise CommandError(
            "The engine that comes with this project runs on Linux x86_64 only:"
            " set DYNAMODB_ENDPOINT to a DynamoDB-compatible server that runs already."
        )
    npm.install("the database engine", PINS, HOME)
    return BINARY
