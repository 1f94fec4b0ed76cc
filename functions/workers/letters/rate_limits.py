"""Keeps letters to the caps that they are under: what is over one waits, and counts for none."""

import hmac
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from typing import TYPE_CHECKING, Protocol

from complaints.context.ports import SendingDelayed, SendingRefused
from complaints.delivery import rate_limits
from complaints.delivery.rate_limits import RateLimit, RateLimited
from complaints.model.correspondence.letter import Letter

if TYPE_CHECKING:
    from complaints.adapters.dependencies import HasNow, HasOutbox, HasSecrets
    from complaints.context.ports import Secrets

    class RateLimitsDeps(HasOutbox, HasSecrets, HasNow, Protocol):
        """The dependencies of this module: what its functions use of the container."""


@contextmanager
def within_limits(deps: "RateLimitsDeps", letter: Letter, to: str) -> Iterator[None]:
    """Counts the letter that is sent in the block towards each of its caps, unless it does not leave.

    Raises `RateLimited`, before anything is sent, when one of them is reached.
    """
    outbox = deps.outbox
    taken: list[RateLimit] = []
    try:
        for allowance in rate_limits.of_letter(letter, to, deps.now(), partial(_hidden, deps.secrets)):
            if not outbox.may_leave(allowance):
                raise RateLimited(allowance.until)
            taken.append(allowance)
        yield
    except (RateLimited, SendingDelayed, SendingRefused):
        for allowance in taken:
            outbox.has_not_left(allowance)
        raise


def _hidden(secrets: "Secrets", address: str) -> str:
    """A name for an address that tells nothing of it."""
    return hmac.digest(secrets.key("replay"), f"box|{address}".encode(), "sha256").hex()
