"""Events that SES publishes of each mail, read from JSON ("Contents of event data" in its guide)."""

from collections.abc import Callable
from datetime import datetime

import msgspec
from msgspec import Struct

from complaints.delivery.delivery_event import DeliveryEvent, DeliveryOutcome
from complaints.letters.notices.digest import is_digest

_PERMANENT = "Permanent"
_FOR_GOOD = "5."
"""Every status of this class (RFC 3463) is a failure, whether anybody has heard of the code or not."""


class Mail(Struct, frozen=True, rename="camel"):
    """The mail that an event is about, and when it was taken; `tags` are those that we gave it, and SES's."""

    message_id: str
    timestamp: datetime
    tags: dict[str, tuple[str, ...]] = {}


class Recipient(Struct, frozen=True):
    """One whom a mail did not reach. The address is not read: only the status is ours to know."""

    status: str = ""


class Bounce(Struct, frozen=True, rename="camel"):
    """A mail that came back."""

    bounce_type: str
    bounce_sub_type: str = ""
    bounced_recipients: tuple[Recipient, ...] = ()

    @property
    def status(self) -> str:
        """The first status that a server gave, if any did."""
        return next((each.status for each in self.bounced_recipients if each.status), "")


class Detail(Struct, frozen=True, rename="camel"):
    """What the other events say of themselves."""

    delay_type: str = ""
    complaint_feedback_type: str = ""


class Event(Struct, frozen=True, rename="camel"):
    """One event; the field of its kind is filled."""

    event_type: str
    mail: Mail
    bounce: Bounce | None = None
    complaint: Detail | None = None
    delivery_delay: Detail | None = None


def read_event(body: str, received_at: datetime) -> DeliveryEvent | None:
    """What an event says, or `None` for one that is of no letter of ours, or of a kind that says nothing.

    Nothing was taken after `received_at`, whatever the clock of SES says. Raises `msgspec.DecodeError` for
    what is no such event.
    """
    event = msgspec.json.decode(body, type=Event)
    tags = {name: values[0] for name, values in event.mail.tags.items() if values}
    outcome_of = _OUTCOMES.get(event.event_type)
    if outcome_of is None or not {"case", "letter", "attempt"} <= tags.keys():
        return None
    fate, reason = outcome_of(event)
    return DeliveryEvent(
        reference=tags["case"],
        letter=_letter(tags["case"], tags["letter"]),
        attempt=tags["attempt"],
        message_id=event.mail.message_id,
        taken_at=min(event.mail.timestamp.replace(microsecond=0), received_at),
        fate=fate,
        reason=reason,
    )


def _letter(reference: str, tag: str) -> str:
    """The id of the letter, whose dot no tag may hold; that of a digest is a date."""
    return tag if is_digest(reference) else tag.replace("-", ".")


OutcomeAndReason = tuple[DeliveryOutcome, str]


def _bounced(event: Event) -> OutcomeAndReason:
    bounce = event.bounce
    if bounce is None:
        return DeliveryOutcome.BOUNCED, "Bounce"
    lasts = bounce.bounce_type == _PERMANENT or bounce.status.startswith(_FOR_GOOD)
    found = ("Bounce", bounce.bounce_type, bounce.bounce_sub_type, bounce.status)
    return DeliveryOutcome.FAILED if lasts else DeliveryOutcome.BOUNCED, " ".join(filter(None, found))


def _complained(event: Event) -> OutcomeAndReason:
    detail = event.complaint or Detail()
    found = ("Complaint", detail.complaint_feedback_type)
    return DeliveryOutcome.UNWANTED, " ".join(filter(None, found))


def _delayed(event: Event) -> OutcomeAndReason:
    detail = event.delivery_delay or Detail()
    return DeliveryOutcome.DELAYED, detail.delay_type


_OUTCOMES: dict[str, Callable[[Event], OutcomeAndReason]] = {
    "Send": lambda _: (DeliveryOutcome.TAKEN, ""),
    "Delivery": lambda _: (DeliveryOutcome.DELIVERED, ""),
    "DeliveryDelay": _delayed,
    "Bounce": _bounced,
    "Complaint": _complained,
    "Reject": lambda _: (DeliveryOutcome.REFUSED, "Reject"),
    "Rendering Failure": lambda _: (DeliveryOutcome.REFUSED, "Rendering Failure"),
}
