"""What is kept of a letter that was sent, so that it proves itself: a hash of its bytes, and a commitment to
the recipient; and what it says, as a hash of its words, by which an answer that quotes it is read."""

import hmac
import re
from collections.abc import Sequence
from hashlib import sha256
from typing import NamedTuple, Self

from complaints.audit_trail.hash_chain import commitment

_PURPOSE = b"recipient"
_ADDRESSES = re.compile(r"<[^<>\s]{1,2000}>|[^\s<>]*(?:://|@)\S*")
"""Links and addresses: mail programs write them anew, and secrets in ours are masked."""
_WORD = re.compile(r"\w+")
_WORDING = re.compile(r"\.w([1-9][0-9]{0,4})-([0-9a-f]{16})@")


class Wording(NamedTuple):
    """How many words a letter has, and the hash of them in the order of the alphabet: text and HTML of a
    letter, and what programs make of it, differ in lines and order alone."""

    length: int
    digest: str

    @classmethod
    def of(cls, words: Sequence[str]) -> Self:
        """That of these words."""
        return cls(len(words), sha256(" ".join(sorted(words)).encode()).hexdigest()[:16])

    @classmethod
    def in_thread(cls, references: str) -> tuple[Self, ...]:
        """Those that the ids of a thread name, the last first."""
        found = _WORDING.findall(references)
        return tuple(cls(int(length), digest) for length, digest in reversed(found[-2:]))

    def __str__(self) -> str:
        """As it stands in an id."""
        return f"w{self.length}-{self.digest}"


def words_of(text: str) -> list[str]:
    """The words of a text, in small letters, but for links and addresses."""
    return _WORD.findall(_ADDRESSES.sub(" ", text).casefold())


def sent_digest(message: bytes) -> str:
    """The hash (SHA-256, hex) of the bytes as they were handed over, enclosures included."""
    return sha256(message).hexdigest()


def recipient_commitment(rendered: bytes, to: str) -> str:
    """The commitment to whom the letter went, under a key made of all that it says.

    It can be opened as long as the letter is kept as it was rendered, and tells nothing when that is gone.
    """
    return commitment(hmac.digest(rendered, _PURPOSE, "sha256"), to)
