"""What the dependencies layer leaves out: what this product never opens.

botocore describes 400 services and reads the endpoints of all of them at every start; Babel brings 700
locales. A test calls each operation, and formats a date in each language, from the built layer.
"""

import shutil
from pathlib import Path

from infrastructure.package.models import slim_models
from infrastructure.package.operations import all_operations

LANGUAGES = ("ar", "de", "en", "es", "fr", "tr")
"""Languages of the catalogues: words are said in one of these, and in no region of one (`en_GB`)."""

INSTALLATION_RECORDS = ("RECORD", "INSTALLER", "REQUESTED", "direct_url.json")
"""What installers note about their own run: the only files that differ between two builds."""
UNUSED_FOLDERS = ("bin", "boto3/examples", "aws_lambda_powertools/event_handler")
"""Scripts, examples, and a second router: ours is Chalice."""


def slim(site_packages: Path) -> None:
    """Remove from an installed `site_packages` whatever no function reads."""
    for folder in UNUSED_FOLDERS:
        shutil.rmtree(site_packages / folder, ignore_errors=True)
    for record in (
        path for name in INSTALLATION_RECORDS for path in site_packages.glob(f"*.dist-info/{name}")
    ):
        record.unlink()
    slim_models(site_packages / "botocore/data", all_operations())
    _keep_languages(site_packages / "babel/locale-data")


def _keep_languages(locale_data: Path) -> None:
    for locale in locale_data.glob("*.dat"):
        if locale.stem not in ("root", *LANGUAGES):
            locale.unlink()
