"""What became of the webhooks of a site: one line for each, without anything that was in it."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Protocol

from msgspec import Struct

KEPT = timedelta(days=30)
"""How long a line is kept."""
A_PAGE = 50
TEST = "webhook.test"
"""The type of the message that a test sends: it is about no complaint."""


class DeliveryResult(StrEnum):
    """What became of a message: it is tried again while it waits."""

    SENT = "sent"
    WAITING = "waiting"
    FAILED = "failed"


class WebhookDelivery(Struct, frozen=True, kw_only=True):
    """One message and its last attempt, `at` an instant.

    `event` is its type, `called_for` when that happened, `reference` and `letter` of which case and letter;
    both are empty for a test. `answer` is the status of the receiver's answer, or why there was none;
    `next_try` when it is tried again.
    """

    event: str
    called_for: datetime
    reference: str = ""
    letter: str = ""
    result: DeliveryResult
    answer: str
    attempts: int
    at: datetime
    next_try: datetime | None = None


class WebhookLog(Protocol):
    """The deliveries of sites, each kept for a month. Each call may raise `errors.Unavailable`."""

    def note(self, site: str, delivery: WebhookDelivery) -> None:
        """Writes what became of a message, in place of its attempt before."""

    def latest(self, site: str) -> Sequence[WebhookDelivery]:
        """The last `A_PAGE` messages, the latest first."""

    def send_again(self, site: str, reference: str, letter: str, now: datetime) -> bool:
        """Wants a failed message of the site again, with all attempts anew; whether it was to be."""
