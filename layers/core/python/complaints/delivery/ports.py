"""Ports of letters on their way."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any, Protocol

if TYPE_CHECKING:
    from complaints.case.correspondence.letter import Letter
    from complaints.context.case import ClaimedLetter, WantedAgain
    from complaints.delivery.delivery_event import DeliveryEvent
    from complaints.delivery.delivery_state import DeliveryState
    from complaints.delivery.rate_limits import RateLimit


class WantedLetter(Protocol):
    """A letter that a record of the stream asks to be sent."""

    @property
    def reference(self) -> str: ...
    @property
    def letter(self) -> str: ...
    @property
    def is_webhook(self) -> bool: ...
    @property
    def may_wait(self) -> bool: ...
    @property
    def urgency(self) -> str: ...


class Limits(Protocol):
    """What is counted towards limits, and which mailboxes are known. Each call may raise
    `errors.Unavailable`."""

    def may_leave(self, allowance: RateLimit) -> bool:
        """Whether there is one more letter, or request, by an allowance, which is taken then."""

    def has_not_left(self, allowance: RateLimit) -> None:
        """Gives back what was taken for a letter that did not leave after all."""

    def know(self, mailbox: str, until: datetime) -> None:
        """Knows a mailbox until an instant: there is a person behind it."""

    def knows(self, mailbox: str) -> bool:
        """Whether a mailbox is known."""


class Outbox(Limits, Protocol):
    """Letters that are to be sent: each attempt claims one, and nobody else has it until the attempt is over.

    Each call may raise `errors.Unavailable`.
    """

    def wanted_in(self, image: Mapping[str, Any]) -> WantedLetter | None:
        """The letter in the new image of a stream record, if it is to be sent."""

    def claim(
        self, reference: str, letter: str, attempt: str, now: datetime, urgency: str = ""
    ) -> ClaimedLetter | None:
        """Takes a wanted letter for one attempt; `None` when another attempt has it, or it is done. Where the
        attempt dies, it is as urgent as before (`WantedLetter`)."""

    def claim_waiting(self, reference: str, letter: str, attempt: str, now: datetime) -> ClaimedLetter | None:
        """Takes a letter that waits, and has no place, for one attempt that sends no mail."""

    def put_off(self, claimed: ClaimedLetter, until: datetime) -> None:
        """It was not taken now: the schedule wants it again at `until`."""

    def hold(self, claimed: ClaimedLetter, until: datetime) -> None:
        """We hold it back until `until`, which counts as no attempt."""

    def spare(self, claimed: ClaimedLetter) -> None:
        """Leaves it for good: what it says is over."""

    def want_again(self, reference: str, letter: str, now: datetime, urgency: str = "") -> WantedAgain | None:
        """Wants a letter again whose moment has passed, as urgent as before (`Due`); `None` where there is
        none."""

    def ask_for(self, reference: str, letter: str, now: datetime) -> bool:
        """Wants a letter at once that waits, and has a place; whether it waited, and had none."""

    def note(self, event: DeliveryEvent) -> DeliveryState | None:
        """The letter with what the mail service says of it; `None` where another attempt is in force, or the
        same was said before."""

    def send_again(self, event: DeliveryEvent, letter: Letter, until: datetime) -> None:
        """A letter that is marked as sent and came back for now: the schedule wants it again at `until`."""

    def keep(
        self,
        claimed: ClaimedLetter,
        message: bytes,
        to: str,
        data_key: bytes | None = b"",
        *,
        is_sealed: bool = False,
    ) -> None:
        """Keeps a letter as it was rendered, encrypted where its case has a data key (`Case.data_key`); one
        of a case that `is_sealed` with the identity."""

    def keep_nothing(self, claimed: ClaimedLetter) -> None:
        """Empties a letter as it was rendered, of a case that is not sealed: no mail of it leaves."""

    def kept(self, reference: str, letter: str, *, with_identity: bool = False) -> tuple[bytes, str] | None:
        """The bytes of a letter as it was rendered last and whom they are for, unless they were removed or
        forgotten; those of a sealed case only where its identity is asked for, too."""

    def forget(self, reference: str, letters: Iterable[str], *, is_sealed: bool = False) -> None:
        """Removes words and address of these letters as they were rendered, of a case that may be sealed, and
        the group of networks."""

    def of_case(self, reference: str) -> Sequence[DeliveryState]:
        """All letters of a case, the oldest first."""

    def networks_of(self, references: Sequence[str]) -> Mapping[str, str]:
        """From which groups of networks complaints came (`network_name`), where that is known: by reference,
        of at most a hundred."""
