"""The bundler: joins the modules of the widget and leaves out what browsers need not read (esbuild)."""

import subprocess
from pathlib import Path

from infrastructure.build import npm

PINS = Path(__file__).parent
HOME = Path(__file__).parents[3] / ".local" / "bundler"
TARGET = "es2022"


def bundle(folder: Path, *arguments: str) -> None:
    """Runs the bundler in `folder`; it is installed first if it is missing. Raises `CalledProcessError`."""
    npm.install("the bundler", PINS, HOME)
    always = ("--bundle", "--minify", f"--target={TARGET}", "--charset=utf8", "--log-level=warning")
    subprocess.run([_program(), *always, *arguments], cwd=folder, check=True)


def _program() -> Path:
    """The program for this machine: its package alone is installed of those that the lock file names."""
    return next(HOME.glob("node_modules/@esbuild/*/bin/esbuild"))
