"""Facts about letters on paper, about addresses that accept mail no more, and about links that were lost,
renewed or withdrawn."""

from datetime import datetime

from complaints.events.event import Fact
from complaints.values.field_types import LinkChange


class LetterPrepared(Fact, frozen=True, kw_only=True):
    """A letter waits to be printed; `about` is the clock of an extension."""

    letter: str
    kind: str
    about: str | None = None


class LetterPosted(Fact, frozen=True, kw_only=True):
    """A printed letter was posted, or handed over; `told_at` is when."""

    letter: str
    kind: str
    told_at: datetime


class AddressFailed(Fact, frozen=True, kw_only=True):
    """The complainant's address takes no more mail: letters are printed from now on.

    `letter` is the one that failed, `reason` what the mail service said in codes.
    """

    letter: str
    reason: str


class LinkAsked(Fact, frozen=True, kw_only=True):
    """The link to the complaint was lost: it goes once more to the address on record."""


class LinkChanged(Fact, frozen=True, kw_only=True):
    """All links to the complainant's page ended. A new one took their place, or none did."""

    PRIVATE = ("reason",)
    change: LinkChange
    reason: str | None = None


LetterFact = LetterPrepared | LetterPosted | AddressFailed | LinkAsked | LinkChanged
