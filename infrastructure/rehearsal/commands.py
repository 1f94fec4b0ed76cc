"""Commands of operators, as one calls them: those of the checkout, or of an unpacked release."""

import os
import subprocess
import sys
from pathlib import Path

from infrastructure.deployment.errors import CannotDeploy
from infrastructure.deployment.questions import stage_text
from infrastructure.deployment.stage_file import Stage


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
