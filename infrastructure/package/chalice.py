"""The input of `chalice package`, and running it.

Chalice takes an app.py, a vendor folder and its own configuration, and silently leaves out everything else.
So the functions are laid out as vendored code, the layers are ours, and all of it happens in a folder of its
own.
"""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any
from zipfile import ZipFile

from infrastructure.package.layers import SCRAPS
from infrastructure.package.release import release
from infrastructure.template.functions import chalice_config
from infrastructure.template.merge import merge_template
from infrastructure.template.permissions.policies import POLICIES

STAGE = "prod"


def lay_out_stage(root: Path, stage: Path, arch: str) -> None:
    """Make the folder `stage` in which Chalice packages this product."""
    settings = stage / ".chalice"
    settings.mkdir(parents=True)
    shutil.copy(root / "app.py", stage)
    shutil.copytree(root / "functions", stage / "vendor/functions", ignore=SCRAPS)
    (stage / "requirements.txt").touch()
    _write(settings / "config.json", chalice_config(STAGE, arch))
    for function, policy in POLICIES.items():
        _write(settings / f"policy-{function}.json", policy)
    _write(stage / "merge.json", merge_template(arch, release(root)))


def package(stage: Path, core: Path, out: Path) -> dict[str, Any]:
    """Run Chalice in `stage`; unzip the functions to `out`/function and answer with its SAM template.

    Chalice imports app.py, so the core layer stands on the path; it wants a region, and asks AWS nothing.
    Raises subprocess.CalledProcessError when Chalice refuses.
    """
    path = os.pathsep.join((str(stage / "vendor"), str(core / "python")))
    chalice = str(Path(sys.executable).with_name("chalice"))
    command = [chalice, "package", "--stage", STAGE, "--merge-template", "merge.json"]
    subprocess.run(
        [*command, str(out)],
        cwd=stage,
        env={
            **os.environ,
            "AWS_DEFAULT_REGION": "us-east-1",
            "PYTHONPATH": path,
            "PYTHONDONTWRITEBYTECODE": "1",
        },
        check=True,
        stdout=subprocess.DEVNULL,
    )
    with ZipFile(out / "deployment.zip") as archive:
        archive.extractall(out / "function")
    template: dict[str, Any] = json.loads((out / "sam.json").read_text(encoding="utf-8"))
    return template


def _write(path: Path, value: dict[str, Any]) -> None:
    path.write_text(json.dumps(value, indent=2, sort_keys=True), encoding="utf-8")
