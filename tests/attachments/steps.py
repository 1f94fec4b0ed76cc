"""What somebody does who adds a file to a complaint, over HTTP."""

import uuid
from collections.abc import Iterator
from http.client import HTTPConnection
from typing import Any
from urllib.parse import urlsplit

from complaints.case.record.attachments import FileType
from tests.attachments.samples import GOOD
from tests.http import PATIENCE, Answer
from tests.journeys.steps import Complaint

PIECE = 256 * 1024


class Progress:
    """A file as a browser sends it, piece by piece; `sent` grows while it does."""

    def __init__(self, content: bytes) -> None:
        self._content = content
        self.sent: list[int] = []

    def __iter__(self) -> Iterator[bytes]:
        for start in range(0, len(self._content), PIECE):
            yield self._content[start : start + PIECE]
            self.sent.append(min(start + PIECE, len(self._content)))

    def __len__(self) -> int:
        return len(self._content)


def try_to_offer(complaint: Complaint, **fields: Any) -> Answer:
    """Asks for a place for a file."""
    usual = {"name": "lamp.png", "type": "image/png", "size": len(GOOD[FileType.PNG])}
    return complaint.call("POST", "/attachments", usual | fields, Idempotency_Key=str(uuid.uuid4()))


def offer(complaint: Complaint, **fields: Any) -> dict[str, Any]:
    """Gets a place for a file."""
    got = try_to_offer(complaint, **fields)
    assert got.status == 201, got.text
    return dict(got.json)


def request(url: str, method: str, body: Any = None, **headers: str) -> Answer:
    """One request to a whole address; a header that is empty is left out."""
    address = urlsplit(url)
    connection = HTTPConnection(address.hostname or "", address.port, timeout=PATIENCE)
    sent = {name.replace("_", "-").title(): value for name, value in headers.items() if value}
    if isinstance(body, Progress):
        sent["Content-Length"] = str(len(body))
    try:
        connection.request(method, f"{address.path}?{address.query}", body, sent)
        got = connection.getresponse()
        return Answer(got.status, got.headers, got.read())
    finally:
        connection.close()


def upload(place: dict[str, Any], content: Any, **headers: str) -> Answer:
    """Sends a file to its place as the offer says, but for `headers`."""
    found = place["upload"]
    expected = {name.lower().replace("-", "_"): value for name, value in found["headers"].items()}
    return request(found["url"], found["method"], content, **expected | headers)


def announce(complaint: Complaint, place: dict[str, Any]) -> Answer:
    """Says that the file was uploaded."""
    return complaint.call("POST", f"/attachments/{place['id']}/arrived")


def add(complaint: Complaint, content: bytes = GOOD[FileType.PNG], **fields: Any) -> dict[str, Any]:
    """Adds a file, whatever becomes of it; its public shape."""
    place = offer(complaint, **{"size": len(content)} | fields)
    assert upload(place, content).status == 200
    got = announce(complaint, place)
    assert got.status == 200, got.text
    return dict(got.json)
