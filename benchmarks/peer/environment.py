"""The peer's own environment: made once from its lock file, and made again when the lock or the Python
changes.
"""

import hashlib
import json
import os
import shutil
import subprocess
import sys
import venv
from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

HERE = Path(__file__).parent
ROOT = HERE.parents[1]
LOCK = HERE / "requirements.lock"
FOLDER = ROOT / ".local" / "bench-peer"


def measure(
    rounds: int, warm_up: int, *, sizes: Sequence[int] = (), lasting: bool = True
) -> dict[str, list[float]]:
    """Samples in milliseconds of the peer's `submission` and `escalation` (of one ticket), and of its
    `list at <size>` and `ticket at <size>` for each of the rising sizes.

    Raises CalledProcessError when it fails.

    Its database is a file, as an installation has it, or (`lasting` false) in memory, the least it
    could cost.
    """
    command = [str(_python()), "-m", "benchmarks.peer", str(rounds), str(warm_up), *map(str, sizes)]
    with TemporaryDirectory() as folder:
        database = str(Path(folder) / "peer.sqlite3") if lasting else ":memory:"
        settings = {"PYTHONPATH": str(ROOT), "PYTHONHASHSEED": "0", "BENCH_PEER_DATABASE": database}
        shown = subprocess.run(
            command, cwd=ROOT, env={**os.environ, **settings}, check=True, stdout=subprocess.PIPE
        ).stdout
    samples: dict[str, list[float]] = json.loads(shown.splitlines()[-1])
    return samples


def _python() -> Path:
    """The interpreter of the environment, after making the environment if it is missing or out of date."""
    python = FOLDER / "bin" / "python"
    stamp = FOLDER / "made-from"
    expected = hashlib.sha256(sys.version.encode() + LOCK.read_bytes()).hexdigest()
    if not stamp.exists() or stamp.read_text() != expected:
        shutil.rmtree(FOLDER, ignore_errors=True)
        venv.create(FOLDER, with_pip=True)
        install = ["-m", "pip", "install", "--quiet", "--require-hashes", "--requirement", str(LOCK)]
        subprocess.run([str(python), *install], check=True)
        stamp.write_text(expected)
    return python
