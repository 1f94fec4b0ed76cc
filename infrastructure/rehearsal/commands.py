"""Commands of operators, as one calls them: those of the checkout, or of an unpacked release.

A command that asks at a terminal, and is answered there.
"""

import os
import subprocess
import sys
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from infrastructure.deployment.questions import stage_text
from infrastructure.deployment.stage_file import Stage
from infrastructure.errors import CannotDeploy


def keep_stage_file(folder: Path, stage: Stage) -> None:
    """Writes the stage file where there is none."""
    folder.mkdir(exist_ok=True)
    place = folder / f"{stage.name}.toml"
    if not place.exists():
        place.write_text(stage_text({**stage.parameters, "region": stage.region}), encoding="utf-8")


def environment_of(stages: Path) -> dict[str, str]:
    """That of a command, as the Makefile calls it, with stage files in this folder."""
    return {**os.environ, "PYTHONPATH": ".:layers/core/python", "STAGES": str(stages)}


def said_by(root: Path, stages: Path, *arguments: str) -> str:
    """What Python says with these arguments where the code in the folder `root`, and no other, is imported.

    Raises `CannotDeploy` with what it said where it ended otherwise than well.
    """
    done = subprocess.run(
        [sys.executable, *arguments],
        cwd=root,
        env=environment_of(stages),
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        raise CannotDeploy(done.stderr.strip() or done.stdout.strip())
    return done.stdout


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
