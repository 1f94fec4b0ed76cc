"""The stores of files as a browser meets them: by the addresses that they give out."""

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, NamedTuple, Protocol
from urllib.parse import parse_qs, urlsplit

import botocore.session
from botocore.exceptions import ClientError

from complaints.adapters.files.s3 import S3Files
from complaints.context.ports import Files
from infrastructure.local.aws.s3 import LocalS3, PresignedUrls
from infrastructure.local.dev_api import files as file_calls
from infrastructure.local.dev_api.routes import DevApi
from infrastructure.local.gateway.http import Request
from tests.builders import MONDAY
from tests.contracts.files.s3_signature_check import Gate
from tests.fakes import FixedClock

BUCKET = "answerable-files"
REGION = "eu-central-1"


class Sent(NamedTuple):
    """A request of a browser, sent this `later` than now."""

    method: str
    url: str
    headers: Mapping[str, str] = {}
    body: bytes = b""
    later: timedelta = timedelta()


class Got(NamedTuple):
    """What came back from an address; `taken` is false for a refusal."""

    taken: bool
    body: bytes = b""
    kind: str = ""
    disposition: str = ""


REFUSED = Got(taken=False)


class Store(Protocol):
    @property
    def files(self) -> Files: ...

    def ask(self, sent: Sent) -> Got:
        """What the browser gets."""


class Bucket:
    """S3: its gate in front, and moto's memory of it behind."""

    def __init__(self) -> None:
        self.files = S3Files(BUCKET)
        session: Any = botocore.session.get_session()
        self._gate = Gate(session.get_credentials(), REGION)
        self._client = session.create_client("s3", region_name=REGION)
        self._client.create_bucket(Bucket=BUCKET, CreateBucketConfiguration={"LocationConstraint": REGION})

    def ask(self, sent: Sent) -> Got:
        headers = {**sent.headers, "Content-Length": str(len(sent.body))}
        if not self._gate.passes(sent.method, sent.url, headers, datetime.now(UTC) + sent.later):  # noqa: TID251 - botocore signs by it
            return REFUSED
        place = {"Bucket": BUCKET, "Key": urlsplit(sent.url).path.lstrip("/")}
        try:
            return self._put(place, sent) if sent.method == "PUT" else self._get(place, sent.url)
        except ClientError:
            return REFUSED

    def _put(self, place: dict[str, str], sent: Sent) -> Got:
        fields = {"ContentType": sent.headers["Content-Type"], "IfNoneMatch": sent.headers["If-None-Match"]}
        self._client.put_object(**place, **fields, Body=sent.body)
        return Got(taken=True)

    def _get(self, place: dict[str, str], url: str) -> Got:
        query = {name: values[0] for name, values in parse_qs(urlsplit(url).query).items()}
        kind, disposition = query["response-content-type"], query["response-content-disposition"]
        return Got(True, self._client.get_object(**place)["Body"].read(), kind, disposition)


class Folder:
    """The store of the local run, behind its own routes."""

    def __init__(self, folder: Path) -> None:
        self._clock = FixedClock(MONDAY)
        addresses = PresignedUrls("http://localhost:8000", b"secret", self._clock.now)
        self.files = LocalS3(folder, addresses, self._clock.now)
        self._panel = DevApi({}, public=file_calls.calls(self.files, addresses))

    def ask(self, sent: Sent) -> Got:
        self._clock.moment = MONDAY + sent.later
        address = urlsplit(sent.url)
        headers = {name.lower(): value for name, value in sent.headers.items()} | {"host": address.netloc}
        request = Request(sent.method, address.path, address.query, headers, sent.body)
        got = self._panel.answer(request, address.path)
        if got.status != 200:
            return REFUSED
        return Got(True, got.body, got.header("content-type"), got.header("content-disposition"))
