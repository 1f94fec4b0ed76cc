"""What the mail service reports of a letter: accepted, delivered, or failed."""

from datetime import datetime
from enum import StrEnum

from msgspec import Struct


class DeliveryOutcome(StrEnum):
    """What became of a mail, as far as is known.

    `bounced` is for now only (4.x.x of RFC 3463): the same letter may arrive later. `failed` is for good.
    `unwanted` arrived, and was called spam. At the last two the address takes no more mail of ours, unless
    the mail service never sent it (`refused`).
    """

    TAKEN = "taken"
    DELAYED = "delayed"
    DELIVERED = "delivered"
    BOUNCED = "bounced"
    REFUSED = "refused"
    FAILED = "failed"
    UNWANTED = "unwanted"

    @property
    def is_sent(self) -> bool:
        """Whether the letter has left us, and nothing says that it will not arrive."""
        return self in (DeliveryOutcome.TAKEN, DeliveryOutcome.DELAYED, DeliveryOutcome.DELIVERED)

    @property
    def was_taken(self) -> bool:
        """Whether the mail service took the letter, whatever became of it then."""
        return self is not DeliveryOutcome.REFUSED

    @property
    def is_of_address(self) -> bool:
        """Whether the address takes no more mail, and not only this letter failed."""
        return self in (DeliveryOutcome.FAILED, DeliveryOutcome.UNWANTED)


ORDER = tuple(DeliveryOutcome)
"""The later says more: events come in any order, and what is known is never replaced by less."""


class DeliveryEvent(Struct, frozen=True, kw_only=True):
    """One such word; it counts only for the `attempt` that sent the letter.

    `taken_at` is when the mail service took it. `reason` holds codes alone.
    """

    reference: str
    letter: str
    attempt: str
    message_id: str
    taken_at: datetime
    fate: DeliveryOutcome
    reason: str = ""
