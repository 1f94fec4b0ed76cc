"""Brings a browser to a machine that has none: Chromium without windows, from npm."""

import os
import platform
import shutil
import subprocess
import sys
from pathlib import Path

from infrastructure.build import npm
from infrastructure.errors import CommandError

PINS = Path(__file__).parent
HOME = Path(__file__).parents[3] / ".local" / "browser"
BROUGHT = HOME / "browser"

HOW = "apt-get install chromium-headless-shell, or CHROMIUM=<the program of one>"
"""How a machine gets a browser of its own."""

_UNPACK = "import chromium from '@sparticuz/chromium'; await chromium.executablePath()"
_BEGIN = """#!/bin/sh
# With the libraries beside it, and the fonts where the machine has none.
here=$(dirname "$0")
export LD_LIBRARY_PATH="$here/al2023/lib:$LD_LIBRARY_PATH"
[ -e /etc/fonts/fonts.conf ] || export FONTCONFIG_FILE="$here/fonts.conf"
exec "$here/chromium" "$@"
"""
_FONTS = '<fontconfig><dir prefix="relative">fonts</dir></fontconfig>'


def bring() -> None:
    """Puts the program `BROUGHT` where it is looked for. Raises `CommandError` where it cannot be had."""
    if (platform.system(), platform.machine()) != ("Linux", "x86_64"):
        raise CommandError(f"The browser that comes with this project runs on Linux x86_64 only: {HOW}.")
    npm.install("a browser", PINS, HOME)
    for former in ("chromium", "al2023", "fonts"):
        shutil.rmtree(HOME / former, ignore_errors=True)
        (HOME / former).unlink(missing_ok=True)
    # Its libraries come along when it believes that it is on Lambda.
    there = {"TMPDIR": str(HOME), "AWS_EXECUTION_ENV": "AWS_Lambda_nodejs22.x"}
    command = [str(Path(sys.executable).parent / "node"), "--input-type=module", "--eval", _UNPACK]
    done = subprocess.run(command, cwd=HOME, env=os.environ | there, check=False, stderr=subprocess.PIPE)
    if done.returncode:
        raise CommandError(f"The browser could not be unpacked: node said {done.stderr.decode().strip()!r}.")
    (HOME / "fonts.conf").write_text(_FONTS)
    BROUGHT.write_text(_BEGIN)
    BROUGHT.chmod(0o755)
