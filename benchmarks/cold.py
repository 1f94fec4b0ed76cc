"""Cold starts: what a fresh process spends until its first answer, product and untreated stack by turns."""

import json
import os
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from benchmarks.visits import Event

ROOT = Path(__file__).parents[1]


@dataclass(frozen=True)
class Start:
    """A cold start: processor time to the first answer in milliseconds, its HTTP status, the modules it imported."""

    milliseconds: float
    status: int
    modules: frozenset[str]

    def has(self, package: str) -> bool:
        """Whether the package, or anything in it, was imported."""
        return any(name == package or name.startswith(f"{package}.") for name in self.modules)


def start(module: str, event: Event, environment: Mapping[str, str], wanted: int) -> Start:
    """Runs one; raises RuntimeError when the answer's status is not the `wanted` one."""
    command = [sys.executable, "-m", "benchmarks.first_answer", module]
    paths = os.pathsep.join([str(ROOT), str(ROOT / "layers" / "core" / "python")])
    surroundings = {**os.environ, **environment, "PYTHONPATH": paths, "PYTHONHASHSEED": "0"}
    told = subprocess.run(
        command,
        cwd=ROOT,
        env=surroundings,
        check=True,
        input=json.dumps(event),
        text=True,
        stdout=subprocess.PIPE,
    ).stdout
    found = json.loads(told.splitlines()[-1])
    if found["status"] != wanted:
        raise RuntimeError(f"{module} answered {found['status']} in place of {wanted}: {told[:2000]}")
    return Start(found["milliseconds"], found["status"], frozenset(found["modules"]))
