"""Putting a package where CloudFormation can read it: a bucket of the account's own.

Bringing static files to the bucket from which the distribution serves them.

Nothing is removed: a page that was opened before, or a stack that goes back, still names the files of
then.
"""

import hashlib
import json
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple, cast

from botocore.exceptions import ClientError

from infrastructure.errors import CannotDeploy
from infrastructure.statics.fingerprint import is_hashed
from infrastructure.statics.headers import cache_control, content_type

if TYPE_CHECKING:
    from types_boto3_s3 import S3Client
    from types_boto3_s3.literals import BucketLocationConstraintType


TEMPLATE, DATA_TEMPLATE = "template.json", "data-template.json"


class Uploaded(NamedTuple):
    """The addresses of the templates of a package: of the data and of the code."""

    data: str
    code: str


def bucket_of(account: str, region: str) -> str:
    """The bucket of packages of an account in a region."""
    return f"answerable-packages-{account}-{region}"


def upload(s3: "S3Client", package: Path, bucket: str) -> Uploaded:
    """Upload the package and answer with the addresses of its templates.

    Each file is called by its contents: what has not changed is not sent again, and a stack that goes back
    to an earlier package finds it. Raises `CannotDeploy` where there is no package.
    """
    needs_package(package)
    _make_bucket(s3, bucket)
    template = (package / TEMPLATE).read_text(encoding="utf-8")
    for archive in sorted(package.glob("*.zip")):
        key = _put_by_contents(s3, bucket, archive.name, archive.read_bytes())
        template = template.replace(json.dumps(f"./{archive.name}"), json.dumps(f"s3://{bucket}/{key}"))
    data = (package / DATA_TEMPLATE).read_text(encoding="utf-8")
    return Uploaded(upload_template(s3, bucket, data), upload_template(s3, bucket, template))


def upload_template(s3: "S3Client", bucket: str, template: str) -> str:
    """Upload a template whose files are in the bucket already, and answer with its address."""
    key = _put_by_contents(s3, bucket, TEMPLATE, template.encode())
    return f"{s3.meta.endpoint_url}/{bucket}/{key}"


def needs_package(package: Path) -> None:
    """Raises `CannotDeploy` where there is no package."""
    if not all((package / each).exists() for each in (TEMPLATE, DATA_TEMPLATE)):
        raise CannotDeploy(f"There is no package in {package}: run `make package`.")


def _make_bucket(s3: "S3Client", bucket: str) -> None:
    """Make the bucket where it is missing. (S3 encrypts new buckets and keeps them private.)"""
    try:
        s3.head_bucket(Bucket=bucket)
    except ClientError as error:
        if error.response["Error"]["Code"] != "404":
            raise
        if s3.meta.region_name == "us-east-1":
            s3.create_bucket(Bucket=bucket)
        else:
            region = cast("BucketLocationConstraintType", s3.meta.region_name)
            s3.create_bucket(Bucket=bucket, CreateBucketConfiguration={"LocationConstraint": region})


def _put_by_contents(s3: "S3Client", bucket: str, name: str, content: bytes) -> str:
    key = f"{hashlib.sha256(content).hexdigest()}/{name}"
    if not is_there(s3, bucket, key):
        s3.put_object(Bucket=bucket, Key=key, Body=content)
    return key


def is_there(s3: "S3Client", bucket: str, key: str) -> bool:
    """Whether the bucket holds something of that name."""
    try:
        s3.head_object(Bucket=bucket, Key=key)
    except ClientError as error:
        if error.response["Error"]["Code"] != "404":
            raise
        return False
    return True


FOLDER = "statics"
"""Where the package holds them."""


def upload_lasting(s3: "S3Client", package: Path, bucket: str) -> None:
    """Uploads the files that are called by their contents: before any page names them, and each once."""
    for path in _paths(package):
        if is_hashed(path) and not is_there(s3, bucket, path):
            _put(s3, package, bucket, path)


def upload_changing(s3: "S3Client", package: Path, bucket: str) -> None:
    """Uploads the files whose names stay: once all that they load is there, and the API that they ask."""
    for path in _paths(package):
        if not is_hashed(path):
            _put(s3, package, bucket, path)


def _paths(package: Path) -> list[str]:
    folder = package / FOLDER
    return sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file())


def _put(s3: "S3Client", package: Path, bucket: str, path: str) -> None:
    s3.put_object(
        Bucket=bucket,
        Key=path,
        Body=(package / FOLDER / path).read_bytes(),
        ContentType=content_type(path),
        CacheControl=cache_control(path),
    )
