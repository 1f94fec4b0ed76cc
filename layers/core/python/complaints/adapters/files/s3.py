"""Files of complainants in Amazon S3: uploaded into quarantine by a signed address, then kept.

    quarantine/<key>    what was uploaded; a lifecycle rule of the bucket removes it after a day
    kept/<key>          a copy of what was looked at and found good
    inbound/<key>       a mail as it came, put there by SES
    quarantine/mail/<key>    a copy of such a mail that staff may fetch
    made/<key>          generated files for download; a lifecycle rule removes it after a day
    packs/<key>         evidence packs (`evidence_packs.py`); a lifecycle rule removes them after a week

The signature of an upload covers its length, its type and `If-None-Match: *`: S3 refuses another
size or type, and a second upload. A browser sends `Content-Length` by itself.

How a file is handed out: as a download that no browser shows or runs, or to be shown (RFC 6266).
"""

from base64 import b64decode
from datetime import timedelta
from functools import cached_property
from hashlib import sha256
from typing import TYPE_CHECKING, Any, BinaryIO, Final, cast
from urllib.parse import quote

import botocore.session
from botocore.config import Config
from botocore.exceptions import ClientError

from complaints.adapters.aws_errors import answering
from complaints.case.record.attachments import FileType
from complaints.context.ports import FileUnreadable, StoredKind, Upload

if TYPE_CHECKING:
    from types_boto3_s3 import S3Client


QUARANTINE, KEPT, INBOUND, MADE = "quarantine/", "kept/", "inbound/", "made/"
MAIL_COPIES, MAIL_TYPE = f"{QUARANTINE}mail/", "message/rfc822"
ONCE = "*"
NOT_THERE = ("NoSuchKey", "404")
NOT_OURS = ("AccessDenied", "InvalidRequest", "InvalidObjectState", "KMS.")
"""How the codes begin of a file that cannot be read, and never will be: it is encrypted with a key that we
may not use, with one that its sender kept, or one that is gone; or it was archived."""
_SAY_NOTHING = (400, 403, 404)
CHECKSUM: Final = "SHA256"
"""S3 makes it of the bytes that it stores, and tells it without reading them again."""
A_PART = 1 << 20
_FOLDERS: dict[StoredKind, str] = {"file": KEPT, "mail": INBOUND}

# A checksum in the signature would have to be sent by the browser, which does not know it.
SIGNED = Config(
    signature_version="s3v4",
    s3={"addressing_style": "virtual", "us_east_1_regional_endpoint": "regional"},
    request_checksum_calculation="when_required",
    retries={"total_max_attempts": 3, "mode": "standard"},
    connect_timeout=2,
    read_timeout=8,
)


class S3Files:
    """The files of one bucket (port `Files`). The client is made on first use, unless one is passed."""

    def __init__(self, bucket: str, client: "S3Client | None" = None) -> None:
        self._bucket = bucket
        self._own_client = client

    @property
    def origin(self) -> str:
        region = botocore.session.get_session().get_config_variable("region")
        return f"https://{self._bucket}.s3.{region}.amazonaws.com"

    def offer(self, key: str, kind: FileType, size: int, lasting: timedelta) -> Upload:
        parameters = self._place(QUARANTINE, key) | {
            "ContentType": kind.value,
            "ContentLength": size,
            "IfNoneMatch": ONCE,
        }
        url = self._signed("put_object", parameters, lasting)
        return Upload("PUT", url, {"Content-Type": kind.value, "If-None-Match": ONCE})

    def uploaded(self, key: str) -> bytes | None:
        return self._content(QUARANTINE, key)

    def deposit(self, key: str, content: bytes, kind: FileType) -> None:
        with answering():
            self._client.put_object(**self._place(QUARANTINE, key), Body=content, ContentType=kind.value)

    def mail(self, key: str) -> bytes | None:
        return self._content(INBOUND, key)

    def hand_out_mail(self, key: str, content: bytes, name: str, lasting: timedelta) -> str:
        copy = self._place(MAIL_COPIES, key)
        with answering():
            self._client.put_object(**copy, Body=content, ContentType=MAIL_TYPE)
        return self._signed("get_object", copy | as_download(MAIL_TYPE, name), lasting)

    def remove_mail(self, key: str) -> None:
        with answering():
            for folder in (INBOUND, MAIL_COPIES):
                self._client.delete_object(**self._place(folder, key))

    def promote(self, key: str) -> None:
        with answering():
            self._client.copy_object(
                CopySource=self._place(QUARANTINE, key), ChecksumAlgorithm=CHECKSUM, **self._place(KEPT, key)
            )

    def address(self, key: str, name: str, kind: FileType, lasting: timedelta) -> str:
        return self._signed("get_object", self._place(KEPT, key) | as_download(kind.value, name), lasting)

    def preview(self, key: str, kind: FileType, lasting: timedelta) -> str:
        return self._signed(
            "get_object", self._place(KEPT, key) | _response_headers(kind.value, INLINE), lasting
        )

    def kept(self, key: str) -> bytes | None:
        return self._content(KEPT, key)

    def digest_of(self, kind: StoredKind, key: str, *, reads: bool) -> str | None:
        place = self._place(_FOLDERS[kind], key)
        with answering():
            try:
                told = self._told(place)
                # An answer without a body does not say whether file or bucket is missing, or what keeps it
                # from being read; reading does.
                return self._hash(place) if told is None or (reads and not told) else told
            except ClientError as error:
                _refuse_unless_missing(error)
                return None

    def _told(self, place: Any) -> str | None:
        """What S3 says is the SHA-256 of a file (hex), if it does; `None` where it shows none."""
        try:
            told = self._client.head_object(**place, ChecksumMode="ENABLED").get("ChecksumSHA256", "")
        except ClientError as error:
            if error.response["ResponseMetadata"]["HTTPStatusCode"] in _SAY_NOTHING:
                return None
            raise
        # That of an upload in parts is the hash of their hashes, and says of how many.
        return "" if "-" in told else b64decode(told).hex()

    def _hash(self, place: Any) -> str:
        """The hash of a file by its bytes, of which a part at a time is in memory."""
        found = sha256()
        for part in self._client.get_object(**place)["Body"].iter_chunks(A_PART):
            found.update(part)
        return found.hexdigest()

    def hand_out(
        self, key: str, content: bytes | BinaryIO, media_type: str, name: str, lasting: timedelta
    ) -> str:
        with answering():
            self._client.put_object(**self._place(MADE, key), Body=content, ContentType=media_type)
        return self._signed("get_object", self._place(MADE, key) | as_download(media_type, name), lasting)

    def remove(self, key: str) -> None:
        with answering():
            for folder in (QUARANTINE, KEPT):
                self._client.delete_object(**self._place(folder, key))

    def _content(self, folder: str, key: str) -> bytes | None:
        with answering():
            try:
                return self._client.get_object(**self._place(folder, key))["Body"].read()
            except ClientError as error:
                _refuse_unless_missing(error)
                return None

    def _signed(self, operation: str, parameters: dict[str, Any], lasting: timedelta) -> str:
        seconds = int(lasting.total_seconds())
        return self._client.generate_presigned_url(operation, Params=parameters, ExpiresIn=seconds)

    def _place(self, folder: str, key: str) -> Any:
        return {"Bucket": self._bucket, "Key": folder + key}

    @cached_property
    def _client(self) -> "S3Client":
        made = botocore.session.get_session().create_client
        return self._own_client or cast("S3Client", made("s3", config=SIGNED))


def _refuse_unless_missing(error: ClientError) -> None:
    """Raises `FileUnreadable` for what nobody of ours may read, and the error unless nothing is there."""
    code = error.response["Error"]["Code"]
    if code in NOT_THERE:
        return
    if code.startswith(NOT_OURS):
        raise FileUnreadable from error
    raise error


def as_download(kind: str, name: str) -> dict[str, str]:
    return _response_headers(kind, disposition(name))


def _response_headers(kind: str, shown: str) -> dict[str, str]:
    """What S3 says of a file that it hands out."""
    return {
        "ResponseContentType": kind,
        "ResponseContentDisposition": shown,
        "ResponseCacheControl": "no-store",
    }


INLINE = "inline"
"""The `Content-Disposition` of a preview."""


def disposition(name: str) -> str:
    """The `Content-Disposition` of a download (RFC 6266); `name` is one that we made.

    >>> print(disposition("Fotoğraf.png"))
    attachment; filename="Foto_raf.png"; filename*=UTF-8''Foto%C4%9Fraf.png
    """
    plain = "".join(sign if sign.isascii() else "_" for sign in name)
    return f"attachment; filename=\"{plain}\"; filename*=UTF-8''{quote(name, safe='')}"
