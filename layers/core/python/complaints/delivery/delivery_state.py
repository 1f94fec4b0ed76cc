"""The delivery state of a letter, as stored with its case."""

from datetime import datetime

from msgspec import Struct

from complaints.case.correspondence.letter import Letter
from complaints.delivery.delivery_event import DeliveryOutcome

WANTED, CLAIMED, WAITING, SENT, FAILED = "wanted", "claimed", "waiting", "sent", "failed"
TO_PRINT = "to_print"
HELD = "held"
SPARED = "spared"
"""Never sent: what it was about was over before it left."""

UNMARKED = (CLAIMED, WAITING, WANTED, HELD)
"""States of a letter of which it is not on record whether it left."""


class DeliveryState(Struct, frozen=True):
    """A letter of a case and its delivery state; `fate` is what the mail service reported last.

    `message_id` is the mail that is on record, `bounces` how often it bounced temporarily and was scheduled
    again. One that is waiting is tried again at `waits_until`, unless somebody asked for it. `correlation` is
    the id that log lines about it say.
    """

    letter: Letter
    state: str
    fate: DeliveryOutcome | None = None
    attempts: int = 0
    doubtful: bool = False
    message_id: str | None = None
    bounces: int = 0
    waits_until: datetime | None = None
    correlation: str = ""
    is_asked_for: bool = False

    @property
    def is_on_its_way(self) -> bool:
        """Whether it is still to be sent, by mail or on paper."""
        return self.state in (*UNMARKED, TO_PRINT)

    @property
    def is_marked(self) -> bool:
        """Whether it is on record whether the letter left."""
        return self.state not in UNMARKED
