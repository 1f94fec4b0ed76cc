"""Under which name a mailbox is known to belong to a person: a keyed hash, which tells nothing of it."""

import hmac
from functools import partial
from typing import TYPE_CHECKING

from complaints.delivery import fair_sending

if TYPE_CHECKING:
    from complaints.context.ports import Secrets


def hidden(secrets: "Secrets", address: str) -> str:
    """A name for an address that tells nothing of it."""
    return hmac.digest(secrets.key("replay"), f"box|{address}".encode(), "sha256").hex()


def name_of(secrets: "Secrets", address: str) -> str:
    """Under which name its mailbox is known, if staff wrote to it."""
    return fair_sending.name_of_known(address, partial(hidden, secrets))
