"""The package as it is deployed, built from this checkout and unpacked as Lambda lays it out."""

import platform
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from zipfile import ZipFile

ROOT = Path(__file__).parents[2]
ENVIRONMENT = ROOT / ".local" / "python3.13"
ARCHITECTURE = {"aarch64": "arm64", "arm64": "arm64"}.get(platform.machine(), "x86_64")
MOUNTED = {"function": "task", "layer-core": "opt", "layer-dependencies": "opt"}


@dataclass(frozen=True)
class Package:
    """`python` is the interpreter that Lambda would run; folders as they are mounted there."""

    python: Path
    folder: Path

    @property
    def paths(self) -> tuple[Path, ...]:
        """Where Lambda looks for modules."""
        return self.folder / "task", self.folder / "opt" / "python"

    @property
    def templates(self) -> Path:
        """The templates and catalogues."""
        return self.folder / "opt" / "templates"


@contextmanager
def packaged() -> Iterator[Package]:
    """Builds the package for this machine's processor. Needs Python 3.13, as `make package` does."""
    ready = str(ENVIRONMENT.relative_to(ROOT) / "ready")
    if subprocess.run(["make", "--silent", ready], cwd=ROOT, check=False).returncode:
        sys.exit("The cold start is measured on the package, which needs python3.13, as `make package` does.")
    python = ENVIRONMENT / "bin" / "python"
    with TemporaryDirectory() as unpacked:
        folder = Path(unpacked)
        build = [
            "-m",
            "infrastructure.package.build",
            "--arch",
            ARCHITECTURE,
            "--out",
            str(folder / "package"),
        ]
        subprocess.run([python, *build], cwd=ROOT, check=True, stdout=subprocess.DEVNULL)
        for name, place in MOUNTED.items():
            with ZipFile(folder / "package" / f"{name}.zip") as archive:
                archive.extractall(folder / place)
        yield Package(python.resolve(), folder)


def site_packages() -> Path:
    """The same dependencies as they come, for the untreated stack."""
    return next((ENVIRONMENT / "lib").glob("python3.*/site-packages"))
