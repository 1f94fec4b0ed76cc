"""Both releases over HTTP, each in a process of its own, on the same data."""

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import NamedTuple

from infrastructure.local import engine
from infrastructure.local.data_folder import DataFolder
from infrastructure.package.build import ROOT
from tests.local_run import LocalRun

PROGRAM = Path(__file__).with_name("serve.py")


class ServedRelease(LocalRun):
    """A release of which the code lies in `code`, on an engine. It says that it is at the port `address`."""

    def __init__(self, code: Path, data: Path, engine: str, address: int | None = None) -> None:
        super().__init__(data, environment={"STREAM": "0"})
        self._code, self._engine, self._address = code, engine, str(address or self.port)
        self._log = data.with_name(f"{data.name}-{self.port}.log")

    def _begun(self) -> subprocess.Popen[bytes]:
        where = {
            "PYTHONPATH": f"{self._code}{os.pathsep}{self._code / 'layers/core/python'}",
            "PORT": self._address,
        }
        with self._log.open("ab") as log:
            return subprocess.Popen(
                [sys.executable, "-P", PROGRAM, self.data, self._engine, str(self.port)],
                cwd=self._code,
                env=self._environment | where,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
            )


class Served(NamedTuple):
    """The earlier release, and the present one."""

    earlier: LocalRun
    present: LocalRun


@contextmanager
def served(earlier: Path, data: Path) -> Iterator[Served]:
    """Both on new data, which the earlier release made; it lies in the folder `earlier`."""
    folder = DataFolder(data)
    with ExitStack() as ending:
        ending.enter_context(folder.taken())
        address = ending.enter_context(engine.running(folder.database))
        before = ServedRelease(earlier, data, address)
        ending.callback(_end, before)
        before.start()
        present = ServedRelease(ROOT, data, address, before.port)
        ending.callback(_end, present)
        present.start()
        yield Served(before, present)


def _end(run: LocalRun) -> None:
    if run.process.poll() is None:
        run.stop()
