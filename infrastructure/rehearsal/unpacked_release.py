"""The archive of a release, unpacked, and its own commands: nothing of the checkout is imported."""

import os
import subprocess
import sys
from pathlib import Path
from zipfile import ZipFile

from infrastructure.deployment.errors import CannotDeploy
from infrastructure.deployment.questions import stage_text
from infrastructure.deployment.stage_file import Stage


def unpack(archive: Path, folder: Path) -> Path:
    """The one folder in an archive."""
    with ZipFile(archive) as packed:
        packed.extractall(folder)
    [unpacked] = folder.iterdir()
    return unpacked


def deploy_from(unpacked: Path, stage: Stage, package: Path) -> None:
    """Brings a stack to a package by the command of the release, as its Makefile calls it.

    Raises `CannotDeploy` with what the command said.
    """
    stage_file = unpacked / f"infrastructure/deployment/stages/{stage.name}.toml"
    stage_file.write_text(stage_text({**stage.parameters, "region": stage.region}), encoding="utf-8")
    command = [sys.executable, "-m", "infrastructure.cli.deploy", stage.name, "--package", str(package)]
    done = subprocess.run(
        [*command, "--unchecked"],
        cwd=unpacked,
        env={**os.environ, "PYTHONPATH": ".:layers/core/python"},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        raise CannotDeploy(done.stderr.strip())
