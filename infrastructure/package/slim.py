"""Removes from the dependencies layer what this product never opens.

Exists for the gates on cold starts, "of the untreated stack's" (`benchmarks/RESULTS.md`).

botocore describes 400 services and reads the endpoints of all of them at every start; Babel brings 700
locales. A test calls each operation, and formats a date in each language, from the built layer.
"""

import shutil
from pathlib import Path

from infrastructure.package.aws_operations import all_operations
from infrastructure.package.botocore_models import slim_models
from infrastructure.package.deferred_imports import defer_imports

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
