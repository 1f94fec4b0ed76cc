"""What the mail service of a local run says of a mail: the events that SES publishes, by the address.

As in SES's mailbox simulator, an address at `simulator.amazonses.com` says what becomes of its mail:
`bounce`, `complaint` or `success`; `full` is a mailbox that takes no more for now. All others take any mail.
"""

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any

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
