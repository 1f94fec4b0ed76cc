"""Keeps letters to the caps that they are under: what is over one waits, and counts for none."""

import hmac
from collections.abc import Iterator
from contextlib import contextmanager

from complaints.adapters.container import container
from complaints.context.ports import SendingDelayed, SendingRefused
from complaints.delivery import rate_limits
from complaints.delivery.rate_limits import RateLimit, RateLimited
from complaints.model.letter import Letter


@contextmanager
def within_limits(letter: Letter, to: str) -> Iterator[None]:
    """Counts the letter that is sent in the block towards each of its caps, unless it does not leave.

    Raises `RateLimited`, before anything is sent, when one of them is reached.
    """
    outbox = container().outbox
    taken: list[RateLimit] = []
    try:
        for allowance in rate_limits.of_letter(letter, to, container().now(), _hidden):
            if not outbox.may_leave(allowance):
                raise RateLimited(allowance.until)
            taken.append(allowance)
        yield
    except (RateLimited, SendingDelayed, SendingRefused):
        for allowance in taken:
            outbox.has_not_left(allowance)
        raise


def _hidden(address: str) -> str:
    """A name for an address that tells nothing of it."""
    return hmac.digest(container().secrets.key("replay"), f"box|{address}".encode(), "sha256").hex()
