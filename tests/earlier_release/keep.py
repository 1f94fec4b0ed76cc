"""`python -m tests.earlier_release.keep <commit>`: keeps that commit as the earlier release, in code.tar.xz.

It holds the code that AWS runs (`app.py`, `functions/`, the package `complaints`, templates with their
compiled texts), what lets it run on this machine (`infrastructure/local/` and what that is made of), and the
stories by which its tests write cases. A file, because a checkout need not have the history, nor a network;
its dependencies are those of the present locks, which are raised apart from it. Do it with each release that
was published, for the next one.
"""

import io
import os
import subprocess
import sys
import tarfile
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
KEPT = Path(__file__).with_name("code.tar.xz")
PATHS = (
    "app.py",
    "functions",
    "infrastructure/__init__.py",
    "infrastructure/build",
    "infrastructure/errors.py",
    "infrastructure/local",
    "infrastructure/statics",
    "layers/core/python",
    "templates",
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
MADE_BY = ("infrastructure.build.translations", "infrastructure.statics")
"""The modules that compile its texts and list its static files, as its `make setup` does."""
LEFT_OUT = ("*.po", "*.pyc", "build", "__pycache__")
"""What nothing reads once those have run."""


def keep(commit: str) -> None:
    """Writes the parts of the commit to the archive, which names it. Raises CalledProcessError."""
    command = ["git", "archive", commit, "--", *PATHS]
    packed = subprocess.run(command, cwd=ROOT, check=True, capture_output=True).stdout
    whole = ["git", "rev-parse", f"{commit}^{{commit}}"]
    named = subprocess.run(whole, cwd=ROOT, check=True, capture_output=True, text=True).stdout.strip()
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch)
        with tarfile.open(fileobj=io.BytesIO(packed)) as archive:
            archive.extractall(folder, filter="data")
        code = {"PYTHONPATH": f"{folder}{os.pathsep}{folder / 'layers/core/python'}"}
        for module in MADE_BY:
            subprocess.run(
                [sys.executable, "-P", "-m", module], cwd=folder, env=os.environ | code, check=True
            )
        with tarfile.open(KEPT, "w:xz", preset=9, pax_headers={"comment": named}) as archive:
            for path in sorted(folder.glob("[!.]*")):
                archive.add(path, path.name, filter=_kept)


def _kept(member: tarfile.TarInfo) -> tarfile.TarInfo | None:
    """A file that the archive holds, as anybody's, or nothing."""
    path = Path(member.name)
    if any(map(path.match, LEFT_OUT)) and member.name != "infrastructure/build":
        return None
    member.uid = member.gid = 0
    member.uname = member.gname = ""
    return member


def unpack(folder: Path) -> str:
    """Unpacks the earlier release, and answers with the commit that it is of."""
    with tarfile.open(KEPT) as archive:
        archive.extractall(folder, filter="data")
        return archive.pax_headers["comment"]


if __name__ == "__main__":
    keep(sys.argv[1])
