"""SES and S3 as far as mails need them: the product's own clients, whose requests are answered here."""

import base64
import io
import json
from collections.abc import Callable, Iterator, Mapping
from datetime import datetime
from hashlib import sha256
from types import MappingProxyType
from typing import Any, NamedTuple
from urllib.parse import unquote, urlsplit

from botocore.awsrequest import AWSPreparedRequest, AWSResponse, HeadersDict

from complaints.adapters.files.s3 import S3Files
from complaints.adapters.mail.ses_sender import SesSender
from infrastructure.local.aws.ses import SIMULATOR, events_of

BUCKET = "files"
BUSY = "busy"
"""A box that takes no mail at the first try, and any at the next."""


class Sent(NamedTuple):
    """A mail that left: when, with which letter of a case, and what became of it (`full`, say)."""

    case: str
    letter: str
    id: str
    to: str
    configuration: str
    message: bytes
    at: datetime
    fate: str


class MailService:
    """Takes mails and tells of them in `events`, as of `now`; keeps files as S3 does."""

    now: Callable[[], datetime]

    def __init__(self) -> None:
        self.sent: list[Sent] = []
        self.events: list[str] = []
        self.files: dict[str, bytes] = {}
        self.locked: set[str] = set()
        """Files that are handed out to nobody."""
        self._summed: dict[str, bytes] = {}
        self.post, self.store = SesSender("letters"), S3Files(BUCKET)
        answers: dict[str, Any] = {"sesv2": self._send, "s3": self._keep}
        for client in (self.post._client, self.store._client):
            name = client.meta.service_model.service_name
            client.meta.events.register(f"before-send.{name}", answers[name])

    def of(self, case: str, letter: str) -> list[Sent]:
        """Each time that a letter left."""
        return [sent for sent in self.sent if (sent.case, sent.letter) == (case, letter)]

    def _send(self, request: AWSPreparedRequest, **_: Any) -> AWSResponse:
        asked = json.loads(_bytes(request.body))
        tags = {tag["Name"]: tag["Value"] for tag in asked["EmailTags"]}
        (to,) = asked["Destination"]["ToAddresses"]
        case, letter, id = tags["case"], tags["letter"].replace("-", "."), f"mail-{len(self.sent)}"
        box = to.partition("-")[0]
        fate = ("success" if self.of(case, letter) else "full") if box == BUSY else box
        message = base64.b64decode(asked["Content"]["Raw"]["Data"])
        self.sent.append(Sent(case, letter, id, to, asked["ConfigurationSetName"], message, self.now(), fate))
        found = events_of(id, f"{fate}@{SIMULATOR}", tags, self.now())
        self.events += [json.dumps(event) for event in found]
        return _answer(request, 200, json.dumps({"MessageId": id}).encode())

    def _keep(self, request: AWSPreparedRequest, **_: Any) -> AWSResponse:
        key = unquote(urlsplit(str(request.url)).path).removeprefix("/")
        if request.method == "PUT" and "x-amz-copy-source" in request.headers:
            source = _text(request.headers["x-amz-copy-source"])
            self.files[key] = self.files[unquote(source).removeprefix(f"{BUCKET}/")]
            if _text(request.headers.get("x-amz-checksum-algorithm", "")) == "SHA256":
                self._summed[key] = self.files[key]
            return _answer(request, 200, b"<CopyObjectResult><ETag>e</ETag></CopyObjectResult>")
        if request.method == "PUT":
            self.files[key] = _bytes(request.body)
            return _answer(request, 200, b"")
        if request.method == "DELETE":
            self.files.pop(key, None)
            return _answer(request, 204, b"")
        if key in self.locked:
            return _answer(request, 403, b"<Error><Code>AccessDenied</Code></Error>")
        if key in self.files:
            content = b"" if request.method == "HEAD" else self.files[key]
            return _answer(request, 200, content, self._checksum(key))
        return _answer(request, 404, b"<Error><Code>NoSuchKey</Code></Error>")

    def _checksum(self, key: str) -> dict[str, str]:
        """What S3 tells of a file that was put there by a request that asked for it, and of no other one."""
        if self._summed.get(key) is not self.files[key]:
            return {}
        return {"x-amz-checksum-sha256": base64.b64encode(sha256(self.files[key]).digest()).decode()}


class _Body(io.BytesIO):
    """A body as urllib3 gives it."""

    def stream(self) -> Iterator[bytes]:
        yield self.read()


def _answer(
    request: AWSPreparedRequest, status: int, content: bytes, told: Mapping[str, str] = MappingProxyType({})
) -> AWSResponse:
    headers: Any = HeadersDict({"content-length": str(len(content)), **told})
    return AWSResponse(str(request.url), status, headers, _Body(content))


def _bytes(body: Any) -> bytes:
    """What was sent, however the client holds it."""
    content = body.read() if hasattr(body, "read") else body
    return content.encode() if isinstance(content, str) else bytes(content or b"")


def _text(value: Any) -> str:
    return value.decode() if isinstance(value, bytes) else str(value)
