"""The package as it is deployed, built once for all tests that look into it."""

import fcntl
import os
import shutil
import subprocess
from pathlib import Path
from zipfile import ZipFile

import pytest

from tests.guards.package.built_package import ROOT, Built, build_into

PYTHON = ROOT / ".local/python3.13/bin/python"
PLACES = {"function": "task", "layer-core": "opt", "layer-dependencies": "opt"}


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> Built:
    """The package for this machine's processor, and its zips unpacked as Lambda lays them out.

    The workers of a test run share it: the first one builds, the others wait.
    """
    own = tmp_path_factory.getbasetemp()
    shared = own if worker_id == "master" else own.parent
    with (shared / "package.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        found = Built(shared / "built", python313())
        if not found.folder.exists():
            build_into(found.package, found.python)
            unpack(found)
    return found


def python313() -> Path:
    """The interpreter that builds the package, with the locked packages beside it.

    Where the system has none, one that `make package` brought before is taken; no test fetches one.
    """
    if shutil.which("python3.13") is None and not PYTHON.exists():
        reason = "the package is built with Python 3.13, which is not installed here: make package brings it"
        if os.environ.get("CI"):
            pytest.fail(reason)
        pytest.skip(reason)
    subprocess.run(["make", "--silent", ".local/python3.13/ready"], cwd=ROOT, check=True)
    return PYTHON


def unpack(built: Built) -> None:
    for name, place in PLACES.items():
        with ZipFile(built.package / f"{name}.zip") as archive:
            archive.extractall(built.folder / place)
