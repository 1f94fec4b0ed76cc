"""Putting a package where CloudFormation can read it: a bucket of the account's own."""

import hashlib
import json
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple, cast

from botocore.exceptions import ClientError

from infrastructure.deployment.errors import CannotDeploy

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
