"""The bill of materials of what is deployed (CycloneDX), and the licences in it."""

import subprocess
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from infrastructure.errors import CommandError

LICENCE_WORDS = "License :: OSI Approved :: "


def write_bill(root: Path, tools: Path, out: Path) -> None:
    """Writes the bill of all packages that `runtime.lock` names, as they are installed, to `out`.

    `tools` is the folder of programs of the virtual environment for releases. Raises `CommandError`.
    """
    with tempfile.TemporaryDirectory() as folder:
        python = f"{folder}/bin/python"
        lock = str(root / "requirements/runtime.lock")
        _run(str(tools / "uv"), "venv", "--quiet", "--python", str(tools / "python"), folder)
        _run(str(tools / "uv"), "pip", "sync", "--quiet", "--require-hashes", "--python", python, lock)
        _run(
            str(tools / "cyclonedx-py"),
            "environment",
            python,
            "--pyproject",
            str(root / "pyproject.toml"),
            "--mc-type",
            "application",
            "--output-reproducible",
            "-o",
            str(out),
        )


def licences(bill: Mapping[str, Any]) -> str:
    """A table of the packages of a bill with their licences, as text."""
    rows = sorted(
        (str(each["name"]).casefold(), str(each["version"]), _licence(each)) for each in bill["components"]
    )
    lines = [f"{name:28} {version:14} {licence}" for name, version, licence in rows]
    return "\n".join(["Packages that the layer of dependencies holds, and their licences.", "", *lines, ""])


def unlicensed(bill: Mapping[str, Any]) -> list[str]:
    """Packages that name no licence."""
    return sorted(str(each["name"]) for each in bill["components"] if not _licence(each))


def _licence(component: Mapping[str, Any]) -> str:
    """By its SPDX expression or identifier, else in the words of the package."""
    said = []
    for each in component.get("licenses", []):
        inner = each.get("license", {})
        said.append(each.get("expression") or inner.get("id") or inner.get("name", ""))
    exact = [each for each in said if each and not each.startswith(LICENCE_WORDS)]
    return " / ".join(dict.fromkeys(exact or [each.removeprefix(LICENCE_WORDS) for each in said if each]))


def _run(*command: str) -> None:
    done = subprocess.run(command, check=False, capture_output=True, text=True)
    if done.returncode:
        raise CommandError(f"{Path(command[0]).name} failed: {done.stderr.strip()[-500:]}")
