"""A letter on its way into words: who reads it, and what it came to say."""

import unicodedata
from datetime import date

from msgspec import Struct

from complaints.values.field_types import Outcome, Remedy


class Reader(Struct, frozen=True):
    """Who gets a letter; a complainant need not have a name, nor, on paper, a mail address.

    With `large_print` the person cannot read small letters, with `no_telephone` the letter offers no call,
    and with `plain_language` it leaves out what need not be said, and offers to explain it. With
    `no_reviewer` nobody is there who had no part in the decision. A decision repeats what the person
    `sought`. To staff it may be sent `instead_of` a
    named member who is away until a day. Whoever is asked to become a member is `invited_by` an
    administrator of this name.
    """

    email: str = ""
    name: str | None = None
    post: str | None = None
    instead_of: str | None = None
    away_until: date | None = None
    large_print: bool = False
    no_telephone: bool = False
    plain_language: bool = False
    no_reviewer: bool = False
    sought: str | None = None
    invited_by: str | None = None

    @property
    def address(self) -> str:
        """The lines of the envelope, as the complainant gave them."""
        return "\n".join(line for line in (self.name, self.post) if line)

    @property
    def called(self) -> str | None:
        """The name, if it can only be a name: letters, and dots, hyphens and apostrophes that end no link.

        Others decide what stands there, and our letters must not carry their links (abuse case 27).
        """
        return _only_a_name(self.name)

    @property
    def invited_by_name(self) -> str | None:
        """The name of whoever invites, if it can only be a name."""
        return _only_a_name(self.invited_by)


class PointWords(Struct, frozen=True, kw_only=True):
    """What a letter says on one point of a complaint, in words: what was sought beside what is given.

    `id` is its number in the complaint: a letter need not answer all points.
    """

    id: str
    text: str
    sought: str | None
    outcome: Outcome
    reasons: str
    remedies: tuple[Remedy, ...]


class Rendered(Struct, frozen=True):
    """A letter in words: a subject of one line, and the same facts as text and as HTML."""

    language: str
    subject: str
    text: str
    html: str


def _is_letters(word: str) -> bool:
    return all(unicodedata.category(sign)[0] in "LM" for sign in word)


def _only_a_name(name: str | None) -> str | None:
    words = (name or "").replace("-", " ").replace("'", " ").replace("’", " ").split()
    return name if words and all(_is_letters(word.removesuffix(".")) for word in words) else None
