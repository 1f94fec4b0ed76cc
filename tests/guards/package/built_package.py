"""Building the package, and running code in it as Lambda does."""

import json
import os
import platform
import subprocess
from pathlib import Path
from typing import Any, NamedTuple

ROOT = Path(__file__).resolve().parents[3]
ARCH = {"aarch64": "arm64", "arm64": "arm64"}.get(platform.machine(), "x86_64")

SETTINGS = {
    "ANSWERABLE_TABLE": "answerable",
    "ANSWERABLE_URL": "https://complaints.example.org",
    "ANSWERABLE_SENDER": "complaints@example.org",
    "ANSWERABLE_MAIL_CONFIGURATION": "answerable",
    "ANSWERABLE_ISSUER": "https://login.example.org",
    "ANSWERABLE_AUDIENCE": "answerable",
    "ANSWERABLE_JWKS_URL": "https://login.example.org/keys",
    "ANSWERABLE_KEYS": "/answerable/test/keys",
    "ANSWERABLE_SECRETS": "access,reference",
    "ANSWERABLE_FILES": "answerable-files",
}
"""What the template sets, for a function that is run here."""


def build_into(out: Path, python: Path) -> None:
    """Build the package for this machine's processor."""
    command = [str(python), "-m", "infrastructure.package.build", "--arch", ARCH, "--out", str(out)]
    environment = os.environ | {"PYTHONPATH": f".{os.pathsep}layers/core/python"}
    subprocess.run(command, cwd=ROOT, check=True, stdout=subprocess.DEVNULL, env=environment)


class Built(NamedTuple):
    """A built package: its files in `package`, unpacked in `task` and `opt` as Lambda mounts them."""

    folder: Path
    python: Path

    @property
    def package(self) -> Path:
        return self.folder / "package"

    @property
    def template(self) -> dict[str, Any]:
        """The SAM template."""
        template: dict[str, Any] = json.loads((self.package / "template.json").read_text())
        return template

    def run(self, program: str, **environment: str) -> Any:
        """What `program` prints as JSON, run by a bare interpreter that sees the package and nothing else."""
        places = [str(self.folder / "task"), str(self.folder / "opt/python")]
        bare = f"import sys, json; sys.path[:0] = {places!r}\n{program}"
        aws = {name: value for name, value in os.environ.items() if name.startswith("AWS_")}
        done = subprocess.run(
            [self.python.resolve(), "-I", "-S", "-c", bare],
            env={
                **aws,
                **SETTINGS,
                "ANSWERABLE_TEMPLATES": str(self.folder / "opt/templates"),
                **environment,
            },
            cwd=self.folder,
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stderr
        return json.loads(done.stdout.strip().splitlines()[-1])
