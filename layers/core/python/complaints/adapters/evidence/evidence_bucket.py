"""The evidence bucket in Amazon S3 (port `EvidenceFiles`): object lock keeps each version of a file.

A second version is refused by `If-None-Match` before it comes into being.
"""

from collections.abc import Iterator
from functools import cached_property
from typing import TYPE_CHECKING, cast

import botocore.session
from botocore.config import Config
from botocore.exceptions import ClientError

from complaints.adapters.aws_errors import answering

if TYPE_CHECKING:
    from types_boto3_s3 import S3Client

_NOT_THERE = ("404", "NoSuchKey", "NotFound")
_THERE_ALREADY = "PreconditionFailed"
_PATIENT = Config(retries={"total_max_attempts": 3, "mode": "standard"}, connect_timeout=2, read_timeout=20)


class S3EvidenceFiles:
    """The files of one bucket. The client is made on first use, unless one is passed."""

    def __init__(self, bucket: str, client: "S3Client | None" = None) -> None:
        self._bucket, self._own_client = bucket, client

    def put(self, key: str, content: bytes, media_type: str) -> bool:
        with answering():
            try:
                self._client.put_object(
                    Bucket=self._bucket, Key=key, Body=content, ContentType=media_type, IfNoneMatch="*"
                )
            except ClientError as error:
                if error.response["Error"]["Code"] == _THERE_ALREADY:
                    return False
                raise
        return True

    def get(self, key: str) -> bytes | None:
        with answering():
            try:
                return self._client.get_object(Bucket=self._bucket, Key=key)["Body"].read()
            except ClientError as error:
                if error.response["Error"]["Code"] in _NOT_THERE:
                    return None
                raise

    def keys(self, prefix: str) -> Iterator[str]:
        with answering():
            pages = self._client.get_paginator("list_objects_v2").paginate(Bucket=self._bucket, Prefix=prefix)
            for page in pages:
                yield from (each["Key"] for each in page.get("Contents", ()))

    @cached_property
    def _client(self) -> "S3Client":
        made = botocore.session.get_session().create_client
        return self._own_client or cast("S3Client", made("s3", config=_PATIENT))
