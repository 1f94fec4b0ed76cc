"""The mail service of a local run: each mail becomes a file, with its envelope as JSON.

What the mail service of a local run says of a mail: the events that SES publishes, by the address.

As in SES's mailbox simulator, an address at `simulator.amazonses.com` says what becomes of its mail:
`bounce`, `complaint` or `success`; `full` is a mailbox that takes no more for now. All others take any
mail.
"""

import os
import threading
import uuid
from collections.abc import Callable, Iterator, Mapping
from datetime import datetime
from email import message_from_bytes, policy
from email.message import EmailMessage, Message
from hashlib import sha256
from pathlib import Path
from typing import Any

import msgspec

from infrastructure.local.atomic_files import write_whole

SIMULATOR = "simulator.amazonses.com"

Event = dict[str, Any]


def events_of(id: str, to: str, tags: Mapping[str, str], at: datetime) -> Iterator[Event]:
    """The events of one mail, in the order in which they happen."""
    moment = at.isoformat()
    mail = {"messageId": id, "timestamp": moment, "tags": {name: [value] for name, value in tags.items()}}
    yield {"eventType": "Send", "mail": mail, "send": {}}
    box, _, domain = to.partition("@")
    name, found = _AFTER.get(box.partition("+")[0], _AFTER["success"]) if domain == SIMULATOR else _DELIVERED
    yield {"eventType": name, "mail": mail, name.lower(): found | {"timestamp": moment}}


def _bounce(kind: str, reason: str, status: str) -> tuple[str, Event]:
    recipients = [{"action": "failed", "status": status}]
    return "Bounce", {"bounceType": kind, "bounceSubType": reason, "bouncedRecipients": recipients}


_DELIVERED: tuple[str, Event] = ("Delivery", {})
_AFTER: dict[str, tuple[str, Event]] = {
    "success": _DELIVERED,
    "bounce": _bounce("Permanent", "General", "5.1.1"),
    "full": _bounce("Transient", "MailboxFull", "4.2.2"),
    "complaint": ("Complaint", {"complaintFeedbackType": "abuse"}),
}


Tell = Callable[[Event], None]


class LocalSes:
    """Takes a mail as the mail service does, keeps it in `folder`, and tells what becomes of it."""

    def __init__(self, folder: Path, now: Callable[[], datetime], tell: Tell = lambda event: None) -> None:
        self._folder = folder
        self._now = now
        self._tell = tell
        self._lock = threading.Lock()
        self._to: dict[str, str] = {}
        """Who got which mail, by its name in the list: to find those of somebody, no other is read again."""

    def send(self, message: bytes, *, sender: str, to: str, tags: Mapping[str, str]) -> str:
        """Keeps the mail and answers with its message id.

        The list is written last: a mail whose sending was cut off is not in it.
        """
        with self._lock:
            listed = self._listed()
            last = int(listed[-1].partition("-")[0]) if listed else 0
            id = f"{last + 1:06}-{uuid.uuid4().hex[:12]}"
            entry = {"id": id, "to": to, "from": sender, "tags": dict(tags), "sent_at": self._now()}
            write_whole(self._folder / f"{id}.eml", message)
            write_whole(self._folder / f"{id}.json", msgspec.json.encode(entry | _readable(message)))
        for event in events_of(id, to, tags, self._now()):
            self._tell(event)
        return id

    def sent(self, to: str = "") -> list[dict[str, Any]]:
        """Every mail to an address in which `to` stands, the newest last, as `GET /_local/mail` shows it."""
        return [self._read(name) for name in self._listed() if to in self._addressee(name)]

    def forget(self, reference: str) -> None:
        """Removes the mails of a case: its data was erased."""
        with self._lock:
            for name in self._listed():
                if self._read(name)["tags"].get("case") == reference:
                    path = self._folder / name
                    path.unlink()
                    self._to.pop(name, None)
                    path.with_suffix(".eml").unlink(missing_ok=True)

    def find(self, id: str) -> dict[str, Any] | None:
        """One mail by its id."""
        name = f"{id}.json"
        return self._read(name) if name in self._listed() else None

    def _listed(self) -> list[str]:
        return sorted(
            name for name in os.listdir(self._folder) if name[0].isdigit() and name.endswith(".json")
        )

    def _addressee(self, name: str) -> str:
        if name not in self._to:
            self._to[name] = self._read(name)["to"]
        return self._to[name]

    def _read(self, name: str) -> dict[str, Any]:
        mail: dict[str, Any] = msgspec.json.decode((self._folder / name).read_bytes())
        return mail


def _readable(message: bytes) -> dict[str, Any]:
    parsed = message_from_bytes(message, policy=policy.default)
    return {
        "subject": str(parsed["Subject"] or "").strip(),
        "headers": {name: str(value).strip() for name, value in parsed.items()},
        "text": _part(parsed, "plain"),
        "html": _part(parsed, "html"),
        "files": [
            {"name": part.get_filename(), "sha256": sha256(_content(part)).hexdigest()}
            for part in parsed.iter_attachments()
        ],
    }


def _content(part: Message) -> bytes:
    content = part.get_payload(decode=True)
    assert isinstance(content, bytes), "our letters hold no mail"
    return content


def _part(message: EmailMessage, kind: str) -> str:
    part = message.get_body((kind,))
    return str(part.get_content()) if part else ""
