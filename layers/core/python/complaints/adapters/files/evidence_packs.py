"""Evidence packs in Amazon S3 (port `PackFiles`): sent in parts, below `packs/` of the bucket of files."""

from collections.abc import Sequence
from datetime import timedelta
from functools import cached_property
from typing import TYPE_CHECKING, Any, cast

import botocore.session
from botocore.exceptions import ClientError

from complaints.adapters.aws_errors import answering
from complaints.adapters.files.s3 import NOT_THERE, SIGNED, as_download

if TYPE_CHECKING:
    from types_boto3_s3 import S3Client

PACKS = "packs/"
ZIP = "application/zip"


class S3PackFiles:
    """The packs of one bucket. The client is made on first use, unless one is passed."""

    def __init__(self, bucket: str, client: "S3Client | None" = None) -> None:
        self._bucket, self._own_client = bucket, client

    def begin(self, key: str) -> str:
        with answering():
            return self._client.create_multipart_upload(**self._place(key), ContentType=ZIP)["UploadId"]

    def send(self, key: str, sending: str, number: int, part: bytes) -> str:
        with answering():
            sent = self._client.upload_part(
                **self._place(key), UploadId=sending, PartNumber=number, Body=part
            )
        return sent["ETag"]

    def finish(self, key: str, sending: str, parts: Sequence[str]) -> None:
        sent: Any = [{"PartNumber": number, "ETag": each} for number, each in enumerate(parts, start=1)]
        with answering():
            try:
                self._client.complete_multipart_upload(
                    **self._place(key), UploadId=sending, MultipartUpload={"Parts": sent}
                )
            except ClientError as error:
                # A run that died may have done so already.
                if error.response["Error"]["Code"] != "NoSuchUpload" or not self._is_there(key):
                    raise

    def save(self, key: str, content: bytes) -> None:
        with answering():
            self._client.put_object(**self._place(key), Body=content)

    def read(self, key: str) -> bytes | None:
        with answering():
            try:
                return self._client.get_object(**self._place(key))["Body"].read()
            except ClientError as error:
                if error.response["Error"]["Code"] in NOT_THERE:
                    return None
                raise

    def remove(self, key: str) -> None:
        with answering():
            self._client.delete_object(**self._place(key))

    def address(self, key: str, name: str, lasting: timedelta) -> str | None:
        with answering():
            if not self._is_there(key):
                return None
        parameters = self._place(key) | as_download(ZIP, name)
        seconds = int(lasting.total_seconds())
        return self._client.generate_presigned_url("get_object", Params=parameters, ExpiresIn=seconds)

    def _is_there(self, key: str) -> bool:
        try:
            self._client.head_object(**self._place(key))
        except ClientError as error:
            if error.response["Error"]["Code"] in NOT_THERE:
                return False
            raise
        return True

    def _place(self, key: str) -> Any:
        return {"Bucket": self._bucket, "Key": PACKS + key}

    @cached_property
    def _client(self) -> "S3Client":
        made = botocore.session.get_session().create_client
        return self._own_client or cast("S3Client", made("s3", config=SIGNED))
