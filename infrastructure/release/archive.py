"""The archive of a release: the package, and the commands that deploy it and look after what stands.

Tests, pages of documents, templates and what makes a package are not in it. Compiled catalogues are: what
writes a site asks them which languages there are.
"""

import hashlib
import re
import shutil
from collections.abc import Iterable
from pathlib import Path

from infrastructure.build.translations import keep_compiled
from infrastructure.package.layers import SCRAPS

LEFT_OUT = shutil.ignore_patterns(
    "__pycache__", "*.pyc", ".*", "conformity", "package", "privacy", "release", "rehearsal", "screenshots",
    "trends",
)  # fmt: skip
"""Parts of the infrastructure that only a checkout uses."""
CODE = ("functions", "layers/core/python")
FILES = (
    "CHANGELOG.md",
    "LICENSE",
    "SECURITY.md",
    "docs/backup.md",
    "docs/bi.md",
    "docs/clients/terraform/README.md",
    "docs/clients/terraform/main.tf",
    "docs/deploy.md",
    "docs/evidence.md",
    "pyproject.toml",
    "requirements/run.lock",
)
LOCALES = "templates/locale"
PACKAGE = "build/package"
COMMANDS = (
    "deploy", "doctor", "smoke", "invite", "replay", "rotate", "rebuild", "index", "export", "erase",
    "figures", "verify", "copy", "note", "touched", "backup", "migrate", "restore",
)  # fmt: skip
"""Targets of the Makefile that the archive has, too."""
HEAD = """# Commands of operators, taken from the Makefile of the release: see docs/deploy.md.

PYTHON ?= python3
UV_VERSION := {uv}
BIN := .venv/bin
RUN := PYTHONPATH=.:layers/core/python $(BIN)/python
{shared}

.PHONY: setup {commands}

setup: .venv/ready    ## the virtual environment of these commands

.venv/ready: requirements/run.lock
	@PYTHON=$(PYTHON) UV_VERSION=$(UV_VERSION) sh infrastructure/setup.sh .venv 3.11 $<
"""


def lay_out(root: Path, out: Path) -> None:
    """Makes the folder `out`, which deploys by `make deploy STAGE=<name>` there."""
    shutil.copytree(root / PACKAGE, out / PACKAGE)
    lay_out_commands(root, out)


def lay_out_commands(root: Path, out: Path) -> None:
    """Makes all of the folder `out` but the package."""
    for folder in CODE:
        shutil.copytree(root / folder, out / folder, ignore=SCRAPS)
    shutil.copytree(root / "infrastructure", out / "infrastructure", ignore=LEFT_OUT)
    shutil.copytree(root / LOCALES, out / LOCALES, ignore=shutil.ignore_patterns("*.mo", ".*"))
    keep_compiled(out / LOCALES)
    for stage in (out / "infrastructure/deployment/stages").glob("*.toml"):
        if stage.name != "example.toml":
            stage.unlink()
    for name in FILES:
        (out / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(root / name, out / name)
    makefile = operators_makefile((root / "Makefile").read_text(encoding="utf-8"))
    (out / "Makefile").write_text(makefile, encoding="utf-8")


def operators_makefile(text: str) -> str:
    """The Makefile of the archive: each command of operators as the project's own has it, but that nothing is
    packaged first."""
    [uv] = re.findall(r"^UV_VERSION := (\S+)$", text, re.MULTILINE)
    blocks = [_block(text, name) for name in COMMANDS]
    shared = "\n".join(re.findall(r"^(?:on|named|table) = .*$", text, re.MULTILINE))
    return "\n".join([HEAD.format(uv=uv, shared=shared, commands=" ".join(COMMANDS)), *blocks])


def _block(text: str, name: str) -> str:
    """The rule of a target. Raises `LookupError` where there is none."""
    found = re.search(rf"^{name}:[^\n]*\n(?:\t[^\n]*\n)+", text, re.MULTILINE)
    if found is None:
        raise LookupError(name)
    return found[0].replace(": prepare package setup", ": setup", 1)


def sums(files: Iterable[Path]) -> str:
    """The SHA-256 of each file, as `sha256sum --check` reads it."""
    return "".join(
        f"{hashlib.sha256(path.read_bytes()).hexdigest()}  {path.name}\n" for path in sorted(files)
    )
