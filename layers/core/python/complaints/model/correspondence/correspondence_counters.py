"""What a case keeps of messages and letters: how often the complainant wrote, and what is to be posted."""

from datetime import date, datetime

from msgspec import Struct


class MessageCount(Struct, frozen=True, omit_defaults=True):
    """How often the complainant wrote: on the last day that they did, and in all."""

    day: date | None = None
    that_day: int = 0
    in_all: int = 0


class UnpostedLetter(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A letter on paper that waits to be posted; `about` is the clock of an extension."""

    letter: str
    kind: str
    prepared_at: datetime
    about: str | None = None
