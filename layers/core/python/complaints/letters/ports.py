"""The port of digests: letters that are told together, in one mail a day."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from complaints.case.correspondence.letter import Letter
    from complaints.context.case import ClaimedLetter
    from complaints.delivery.delivery_event import DeliveryEvent
    from complaints.letters.notices.digest import HeldLetter


class Digests(Protocol):
    """The digests of readers and their lines. Each call may raise `errors.Unavailable`."""

    def hold(self, claimed: ClaimedLetter, digest: Letter) -> bool:
        """Makes a claimed letter a line of a digest; `False` where the digest takes none any more.

        Raises `MarkLost` when another attempt has the letter.
        """

    def lines(self, digest: Letter) -> Sequence[HeldLetter]:
        """The letters in a digest; complete once it is wanted."""

    def note_sent(self, claimed: ClaimedLetter, message_id: str, now: datetime) -> None:
        """The mail service took the digest; the schedule takes care that all its lines are marked."""

    def finish(self, claimed: ClaimedLetter, state: str, *, digest: str = "", recipient: str = "") -> None:
        """All its lines are marked: it is due no more. `digest` and `recipient` say what was sent to whom."""

    def send_again(self, event: DeliveryEvent, until: datetime) -> None:
        """A digest that came back for now: the schedule wants it again at `until`."""

    def spare(self, held: HeldLetter) -> None:
        """A line that needs no telling any more."""

    def release(self, held: HeldLetter, now: datetime) -> None:
        """A line becomes a letter again, to its current reader."""
