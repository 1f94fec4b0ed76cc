"""The two layers: the core layer, which Lambda mounts at /opt, and the dependencies, which
requirements/runtime.lock names.
"""

import shutil
import subprocess
import sys
from pathlib import Path

from infrastructure.build.handbook import TARGET, handbook
from infrastructure.build.translations import keep_compiled
from infrastructure.package.aws_operations import all_operations
from infrastructure.package.botocore_models import slim_models
from infrastructure.package.deferred_imports import defer_imports
from infrastructure.statics.manifest import SOURCES, Statics
from infrastructure.statics.write import MANIFEST

SCRAPS = shutil.ignore_patterns("__pycache__", "*.pyc", ".*")
NO_TEMPLATES = shutil.ignore_patterns(*SOURCES, "*.mo", ".*", MANIFEST, TARGET.name)


def lay_out_core(root: Path, layer: Path, statics: Statics) -> None:
    """Copy the domain to `layer`/python, and the templates to `layer`/templates.

    Their catalogues are compiled; the manifest of the static files and the handbook are added.
    """
    shutil.copytree(root / "layers/core/python", layer / "python", ignore=SCRAPS)
    shutil.copytree(root / "templates", layer / "templates", ignore=NO_TEMPLATES)
    (layer / "templates" / MANIFEST).write_bytes(statics.listed)
    (layer / "templates" / TARGET.name).write_bytes(handbook(root / "docs"))
    keep_compiled(layer / "templates/locale")


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


LANGUAGES = ("ar", "de", "en", "es", "fr", "tr")
"""Languages of the catalogues: words are said in one of these, and in no region of one (`en_GB`)."""

INSTALLATION_RECORDS = ("RECORD", "INSTALLER", "REQUESTED", "direct_url.json")
"""What installers note about their own run: the only files that differ between two builds."""
UNUSED = {
    "bin": "scripts",
    "aws_lambda_powertools/event_handler": "a second router: ours is Chalice",
    "babel/messages": "makes catalogues, as the build does",
    "cffi": "cryptography needs no more of it than the compiled `_cffi_backend`",
    "dns": "email_validator asks it who takes mail for a domain; ours judges how an address is written",
    "dnspython-*.dist-info": "of dns",
    "pycparser": "reads C for cffi",
    "pycparser-*.dist-info": "of pycparser",
}
"""What no function imports, and why; patterns of paths below site-packages."""
POWERTOOLS_UTILITIES = ("__init__.py", "jmespath_utils")
"""What Logger imports of Powertools' utilities; the others are entrances of their own."""


def slim(site_packages: Path) -> None:
    """Remove from an installed `site_packages` whatever no function reads."""
    for pattern in (*UNUSED, *(f"*.dist-info/{record}" for record in INSTALLATION_RECORDS)):
        for path in site_packages.glob(pattern):
            _remove(path)
    for utility in (site_packages / "aws_lambda_powertools/utilities").iterdir():
        if utility.name not in POWERTOOLS_UTILITIES:
            _remove(utility)
    slim_models(site_packages / "botocore/data", all_operations())
    _keep_languages(site_packages / "babel/locale-data")
    defer_imports(site_packages)


def _remove(path: Path) -> None:
    if path.is_dir():
        shutil.rmtree(path)
    else:
        path.unlink()


def _keep_languages(locale_data: Path) -> None:
    for locale in locale_data.glob("*.dat"):
        if locale.stem not in ("root", *LANGUAGES):
            locale.unlink()
