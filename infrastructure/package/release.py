"""Which release a package is: the version of the project and the commit that it was built of."""

import subprocess
import tomllib
from pathlib import Path

COMMIT_SIGNS = 12


def version(root: Path) -> str:
    """The version in pyproject.toml (Semantic Versioning)."""
    return str(tomllib.loads((root / "pyproject.toml").read_text(encoding="utf-8"))["project"]["version"])


def release(root: Path) -> str:
    """The version, and with a `+` the commit, where the folder is a checkout."""
    try:
        asked = subprocess.run(
            ["git", "-C", str(root), "rev-parse", f"--short={COMMIT_SIGNS}", "HEAD"],
            check=True,
            capture_output=True,
            text=True,
        )
    except (OSError, subprocess.CalledProcessError):
        return version(root)
    return f"{version(root)}+{asked.stdout.strip()}"
