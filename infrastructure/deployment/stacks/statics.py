"""Bringing static files to the bucket from which the distribution serves them.

Nothing is removed: a page that was opened before, or a stack that goes back, still names the files of then.
"""

from pathlib import Path
from typing import TYPE_CHECKING

from infrastructure.deployment.stacks.upload import is_there
from infrastructure.statics.fingerprint import is_hashed
from infrastructure.statics.headers import cache_control, content_type

if TYPE_CHECKING:
    from types_boto3_s3 import S3Client

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
