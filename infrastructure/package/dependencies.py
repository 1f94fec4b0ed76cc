"""The dependencies layer: what requirements/runtime.lock names, for Lambda's Python, and nothing else."""

import subprocess
import sys
from pathlib import Path

from infrastructure.package.slim import slim

LOCK = Path("requirements/runtime.lock")
PLATFORMS = {
    "arm64": ("manylinux2014_aarch64", "manylinux_2_28_aarch64", "manylinux_2_34_aarch64"),
    "x86_64": ("manylinux2014_x86_64", "manylinux_2_28_x86_64", "manylinux_2_34_x86_64"),
}
"""Wheel tags that Lambda's image (Amazon Linux 2023, glibc 2.34) can load, by processor."""


def lay_out_dependencies(root: Path, layer: Path, arch: str) -> None:
    """Install the locked packages into `layer`/python, each checked against its hash, and slim them.

    Raises subprocess.CalledProcessError when a package is missing or is not the one that was locked.
    """
    site_packages = layer / "python"
    platforms = [option for tag in PLATFORMS[arch] for option in ("--platform", tag)]
    command = [
        sys.executable,
        "-m",
        "pip",
        "install",
        "--quiet",
        "--disable-pip-version-check",
        "--no-compile",
    ]
    wheels = ["--implementation", "cp", "--python-version", "3.13", "--only-binary=:all:", "--no-deps"]
    locked = ["--require-hashes", "--requirement", str(root / LOCK), "--target", str(site_packages)]
    subprocess.run([*command, *platforms, *wheels, *locked], check=True)
    slim(site_packages)
