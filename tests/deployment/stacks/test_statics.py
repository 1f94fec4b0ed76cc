"""Static files are brought to their bucket as browsers are to get them, and none is taken away."""

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import boto3
import pytest
from moto import mock_aws

from infrastructure.deployment.stacks.upload import upload_changing, upload_lasting
from infrastructure.statics.fingerprint import hashed
from infrastructure.statics.headers import FOR_GOOD, FOR_MINUTES

if TYPE_CHECKING:
    from types_boto3_s3 import S3Client

STYLE = hashed("static/style.css", b"body {}")
LATER = hashed("static/style.css", b"body { margin: 0 }")


@pytest.fixture
def s3() -> "Iterator[S3Client]":
    with mock_aws():
        client = boto3.client("s3", region_name="us-east-1")
        client.create_bucket(Bucket="statics")
        yield client


def a_package(folder: Path, **files: bytes) -> Path:
    for path, content in ({STYLE: b"body {}", "widget.js": b"load()"} | files).items():
        target = folder / "statics" / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(content)
    return folder


def kept(s3: "S3Client") -> dict[str, str]:
    """What the bucket holds, and for how long each may be kept."""
    keys = [told["Key"] for told in s3.list_objects_v2(Bucket="statics")["Contents"]]
    return {key: s3.head_object(Bucket="statics", Key=key).get("CacheControl", "") for key in keys}


def test_files_that_never_change_come_before_those_that_load_them(s3: "S3Client", tmp_path: Path) -> None:
    package = a_package(tmp_path)
    upload_lasting(s3, package, "statics")
    assert kept(s3) == {STYLE: FOR_GOOD}
    assert s3.head_object(Bucket="statics", Key=STYLE)["ContentType"] == "text/css; charset=utf-8"
    upload_changing(s3, package, "statics")
    assert kept(s3) == {STYLE: FOR_GOOD, "widget.js": FOR_MINUTES}


def test_a_file_that_is_there_is_not_sent_again_and_stays_when_there_is_another(
    s3: "S3Client", tmp_path: Path
) -> None:
    s3.put_object(Bucket="statics", Key=STYLE, Body=b"sent before")
    upload_lasting(s3, a_package(tmp_path, **{LATER: b"body { margin: 0 }"}), "statics")
    assert kept(s3) == {STYLE: "", LATER: FOR_GOOD}


def test_the_loader_is_sent_each_time(s3: "S3Client", tmp_path: Path) -> None:
    package = a_package(tmp_path)
    upload_changing(s3, package, "statics")
    a_package(tmp_path, **{"widget.js": b"load(2)"})
    upload_changing(s3, package, "statics")
    assert s3.get_object(Bucket="statics", Key="widget.js")["Body"].read() == b"load(2)"
