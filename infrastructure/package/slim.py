"""What the dependencies layer leaves out: what this product never opens.

botocore describes 400 services and reads the endpoints of all of them at every start; Babel brings 700
locales. What is kept is named here, and a test makes each client, and formats a date in each language, from
the built layer.
"""

import gzip
import json
import shutil
from pathlib import Path

from infrastructure.package.models import cut

SERVICES = {
    "dynamodb": ("BatchGetItem", "PutItem", "Query", "TransactWriteItems", "UpdateItem"),
    "s3": ("CopyObject", "DeleteObject", "GetObject", "HeadObject", "PutObject"),
    "sesv2": ("SendEmail",),
    "ssm": ("GetParametersByPath",),
    "sts": ("AssumeRole", "AssumeRoleWithWebIdentity"),
}
"""AWS services that a function may call, by their folders below botocore/data, and the operations of each."""
ENDPOINTS = ("dynamodb", "email", "s3", "ssm", "sts")
"""The same services as botocore's endpoints.json calls them."""
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
    _keep_services(site_packages / "botocore/data")
    _keep_services(site_packages / "boto3/data")
    _slim_models(site_packages / "botocore/data")
    _slim_endpoints(site_packages / "botocore/data/endpoints.json")
    _keep_languages(site_packages / "babel/locale-data")


def _keep_services(data: Path) -> None:
    for folder in data.iterdir():
        if folder.is_dir() and folder.name not in SERVICES:
            shutil.rmtree(folder)


def _slim_models(data: Path) -> None:
    """Unpack the service models, which compress better inside the layer, and cut them to what is called."""
    for packed in sorted(data.rglob("*.json.gz")):
        model = json.loads(gzip.decompress(packed.read_bytes()))
        if packed.name == "service-2.json.gz":
            model = cut(model, SERVICES[packed.relative_to(data).parts[0]])
        packed.with_suffix("").write_text(json.dumps(model, separators=(",", ":")), encoding="utf-8")
        packed.unlink()
    for examples in data.rglob("examples-1.json"):
        examples.unlink()


def _slim_endpoints(path: Path) -> None:
    endpoints = json.loads(path.read_text(encoding="utf-8"))
    for partition in endpoints["partitions"]:
        known = partition["services"]
        partition["services"] = {name: known[name] for name in ENDPOINTS if name in known}
    path.write_text(json.dumps(endpoints, separators=(",", ":")), encoding="utf-8")


def _keep_languages(locale_data: Path) -> None:
    for locale in locale_data.glob("*.dat"):
        if locale.stem not in ("root", *LANGUAGES):
            locale.unlink()
