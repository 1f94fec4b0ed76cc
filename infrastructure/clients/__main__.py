"""`python -m infrastructure.clients`: the typed client for Python as a package, in build/client/dist.

It is generated of the API's own description (openapi-python-client), and so never committed: a change of the
API is a change of the client. Its version is that of the product.
"""

import json
import shutil
import subprocess
import sys
from pathlib import Path

from functions.openapi.document import description
from infrastructure.release.version import version_of

ROOT = Path(__file__).resolve().parents[2]
OUT = ROOT / "build/client"
NAME = "answerable_client"
CONFIG = Path(__file__).with_name("generator.yml")
PROGRAMS = Path(sys.executable).parent
PROJECT = """[project]
name = "answerable-client"
version = "{version}"
description = "A typed client of Answerable, which carries complaints through the ISO 10002 process."
readme = "README.md"
license = "MIT"
requires-python = ">=3.11"
dependencies = ["attrs>=22.2", "httpx>=0.23,<0.29", "python-dateutil>=2.8"]

[build-system]
requires = ["uv_build>=0.13,<0.14"]
build-backend = "uv_build"
"""


def lay_out(out: Path) -> None:
    """Makes the project of the client below `out`, which is replaced. Raises `CalledProcessError`."""
    shutil.rmtree(out, ignore_errors=True)
    package = out / "src" / NAME
    package.parent.mkdir(parents=True)
    (out / "openapi.json").write_text(json.dumps(description()), encoding="utf-8")
    command = [str(PROGRAMS / "openapi-python-client"), "generate", "--path", str(out / "openapi.json")]
    command += ["--meta", "none", "--output-path", str(package), "--config", str(CONFIG)]
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
    (package / "py.typed").touch()
    (out / "pyproject.toml").write_text(PROJECT.format(version=version_of(ROOT)), encoding="utf-8")
    shutil.copy(ROOT / "docs/clients/python/README.md", out / "README.md")


def main() -> None:
    """Make the package, and print where it is."""
    lay_out(OUT)
    build = [str(PROGRAMS / "uv"), "build", "--quiet", "--wheel", "--out-dir", str(OUT / "dist"), str(OUT)]
    subprocess.run(build, check=True)
    for path in sorted((OUT / "dist").glob("*.whl")):
        print(f"{path.stat().st_size:>12,} bytes  {path.relative_to(ROOT)}")


if __name__ == "__main__":
    main()
