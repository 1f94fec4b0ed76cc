"""The bucket to which cases are exported, as files that are replaced whole (port `ExportFiles`)."""

from functools import cached_property
from typing import TYPE_CHECKING, cast

import botocore.session
from botocore.config import Config
from botocore.exceptions import ClientError

from complaints.adapters.aws_errors import answering

if TYPE_CHECKING:
    from types_boto3_s3 import S3Client

_STATE = "state"
_NOT_THERE = ("404", "NoSuchKey", "NotFound")
_PATIENT = Config(
    retries={"total_max_attempts": 3, "mode": "standard"},
    request_checksum_calculation="when_required",
    connect_timeout=2,
    read_timeout=8,
)


class S3ExportFiles:
    """Files in one bucket, each with what it is a state of as its metadata. The client is made on first
    use, unless one is passed."""

    def __init__(self, bucket: str, client: "S3Client | None" = None) -> None:
        self._bucket = bucket
        self._own_client = client

    def put(self, key: str, lines: bytes, state: str) -> None:
        with answering():
            self._client.put_object(
                Bucket=self._bucket,
                Key=key,
                Body=lines,
                ContentType="application/jsonl",
                Metadata={_STATE: state},
            )

    def state(self, key: str) -> str | None:
        with answering():
            try:
                return self._client.head_object(Bucket=self._bucket, Key=key)["Metadata"].get(_STATE)
            except ClientError as error:
                if error.response["Error"]["Code"] in _NOT_THERE:
                    return None
                raise

    @cached_property
    def _client(self) -> "S3Client":
        made = botocore.session.get_session().create_client
        return self._own_client or cast("S3Client", made("s3", config=_PATIENT))
