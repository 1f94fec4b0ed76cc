"""`python -m tests.earlier_release.keep <commit>`: keeps that commit as the earlier release, in code.tar.xz.

It holds the code that AWS runs (`app.py`, `functions/`, the package `complaints`), and the stories by which
its tests write cases. A file, because a checkout need not have the history, nor a network; its dependencies
are those of the present locks, which are raised apart from it. Templates are not in it: what it says in
letters and on pages is no matter of data. Do it with each release that was published, for the next one.
"""

import lzma
import subprocess
import sys
import tarfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
KEPT = Path(__file__).with_name("code.tar.xz")
PATHS = (
    "app.py",
    "functions",
    "layers/core/python",
    "tests/__init__.py",
    "tests/builders.py",
    "tests/fakes.py",
    "tests/stories.py",
    "tests/complaints/__init__.py",
    "tests/complaints/events/entries",
    "tests/complaints/later_situations.py",
    "tests/complaints/permission_expectations.py",
    "tests/complaints/permission_tables.py",
    "tests/complaints/situations.py",
    "tests/complaints/two_cases.py",
)


def keep(commit: str) -> None:
    """Writes the parts of the commit to the archive, which names it. Raises CalledProcessError."""
    command = ["git", "archive", commit, "--", *PATHS]
    packed = subprocess.run(command, cwd=ROOT, check=True, capture_output=True).stdout
    KEPT.write_bytes(lzma.compress(packed, preset=9 | lzma.PRESET_EXTREME))


def unpack(folder: Path) -> str:
    """Unpacks the earlier release, and answers with the commit that it is of."""
    with tarfile.open(KEPT) as archive:
        archive.extractall(folder, filter="data")
        return archive.pax_headers["comment"]


if __name__ == "__main__":
    keep(sys.argv[1])
