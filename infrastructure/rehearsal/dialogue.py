"""A command that asks at a terminal, and is answered there."""

import os
import subprocess
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from infrastructure.deployment.errors import CannotDeploy


def answered_at_terminal(
    command: Sequence[str], answers: Iterable[str], folder: Path, environment: Mapping[str, str]
) -> str:
    """What the command says, run in `folder` with `environment`, while somebody types these answers.

    Raises `CannotDeploy` with what it said where it ended otherwise than well.
    """
    ours, theirs = os.openpty()
    try:
        os.write(ours, "".join(f"{answer}\n" for answer in answers).encode())
        done = subprocess.run(
            command, cwd=folder, env=environment, stdin=theirs, capture_output=True, text=True, check=False
        )
    finally:
        os.close(ours)
        os.close(theirs)
    if done.returncode:
        raise CannotDeploy(done.stderr.strip())
    return done.stdout
