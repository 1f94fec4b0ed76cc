"""Keeps letters to the caps that they are under: what is over one waits, and counts for none."""

import hmac
from collections.abc import Iterator
from contextlib import contextmanager

from complaints.adapters.container import world
from complaints.context.ports import PostDelayed, PostRefused
from complaints.delivery import rate_limits
from complaints.delivery.rate_limits import Allowance, OverCap
from complaints.model.letter import Letter


@contextmanager
def kept_to(letter: Letter, to: str) -> Iterator[None]:
    """Counts the letter that is sent in the block towards each of its caps, unless it does not leave.

    Raises `OverCap`, before anything is sent, when one of them is reached.
    """
    letterbox = world().letterbox
    taken: list[Allowance] = []
    try:
        for allowance in rate_limits.of_letter(letter, to, world().now(), _hidden):
            if not letterbox.may_leave(allowance):
                raise OverCap(allowance.until)
            taken.append(allowance)
        yield
    except (OverCap, PostDelayed, PostRefused):
        for allowance in taken:
            letterbox.has_not_left(allowance)
        raise


def _hidden(address: str) -> str:
    """A name for an address that tells nothing of it."""
    return hmac.digest(world().keys.key("replay"), f"box|{address}".encode(), "sha256").hex()
