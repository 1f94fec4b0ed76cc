"""A mail that came in, as data: who wrote what, what came with it, and whether a person wrote it at all."""

from enum import StrEnum

from msgspec import Struct


class Automatic(StrEnum):
    """What a mail is that no person wrote to us: it is kept and never answered (RFC 3834)."""

    BOUNCE = "bounce"
    REPLY = "reply"
    RECEIPT = "receipt"
    LIST = "list"
    OWN = "own"


class Enclosure(Struct, frozen=True, kw_only=True):
    """A file that came with a mail; `name` is what the sender calls it, and no path."""

    name: str
    type: str
    content: bytes


class Incoming(Struct, frozen=True, kw_only=True):
    """A mail as far as it could be read.

    `id` is the same for the same mail, however often it is delivered. `sender` and `to` are bare addresses
    in small letters. `text` is what the person wrote, `quoted` what stood below it of earlier mails.
    """

    id: str
    sender: str
    name: str = ""
    to: tuple[str, ...] = ()
    subject: str = ""
    text: str = ""
    quoted: str = ""
    enclosures: tuple[Enclosure, ...] = ()
    automatic: Automatic | None = None
