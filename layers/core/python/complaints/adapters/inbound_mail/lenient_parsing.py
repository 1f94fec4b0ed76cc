"""Reading what strangers sent: Python's own readers of mail raise many things at what is broken."""

from collections.abc import Callable
from email.errors import MessageError
from typing import TypeVar

_UNREADABLE = (
    LookupError,
    ValueError,
    TypeError,
    AttributeError,
    AssertionError,
    RecursionError,
    MessageError,
)

T = TypeVar("T")


def read_or(read: Callable[[], T], otherwise: T) -> T:
    """What was read, or what stands in for it where it cannot be read."""
    try:
        return read()
    except _UNREADABLE:
        return otherwise
