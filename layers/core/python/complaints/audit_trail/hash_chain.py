"""The hash chain of the audit trail: each entry holds the hash of the one before.

What people wrote and who they are stands outside the chain; the chain holds a commitment to each
value, HMAC-SHA-256 under a salt of 128 bits of its own. Without the salt a commitment tells
nothing, so a person can be forgotten and the record still proves itself.

An entry of a case as it is stored, with the letters that quote it.

Which private values of an entry say who complains: of a sealed case they are stored apart.

What a case holds of that which must not be lost, counted from its chain.
"""

import hmac
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Callable, Iterable, Mapping
from hashlib import sha256
from typing import Any, Generic, NamedTuple, Protocol, TypeVar, get_args

import msgspec
from msgspec import Struct
from msgspec.structs import replace

from complaints.case.complaint import Complaint
from complaints.case.correspondence.mail import ReceivedMail
from complaints.case.fact import Fact
from complaints.case.facts import MESSAGES, AnyFact
from complaints.case.record.links import CaseContents
from complaints.values.errors import WrittenByNewerRelease
from complaints.values.people import Actor

FORMAT = 1
SALT_BYTES = 16

Private = dict[str, tuple[str, str]]
"""Place in the entry (`0.MessageReceived.text`) to salt (base64) and value."""


F = TypeVar("F", bound=Fact)


class ChainEnd(Protocol):
    """The end of a chain: whose it is, and its last entry (`number` 0: there is none yet)."""

    @property
    def reference(self) -> str: ...
    @property
    def number(self) -> int: ...
    @property
    def version(self) -> int: ...
    @property
    def seal(self) -> str: ...


class Entry(Struct, Generic[F], frozen=True, kw_only=True):
    """The facts of one command, sealed; `before` is the hash of the entry before, or empty."""

    format: int = FORMAT
    reference: str
    number: int
    version: int
    before: str
    facts: tuple[F, ...]


class StoredEntry(Struct, frozen=True):
    """An entry as the store gives it: under which number it stands, its bytes, its private values."""

    number: int
    data: bytes
    private: Mapping[str, tuple[str, str]]


class Link(NamedTuple):
    """The hashed entry as stored, its private values, and the new end of the chain."""

    data: bytes
    private: Private
    number: int
    version: int
    seal: str


class _Raw(Struct):
    """The facts of an entry, of whatever kinds they are."""

    facts: tuple[dict[str, Any], ...]


encode = msgspec.json.Encoder(order="deterministic").encode
_decode = msgspec.json.Decoder(Entry[AnyFact]).decode
_raw = msgspec.json.Decoder(_Raw).decode
_KNOWN = frozenset(kind.__name__ for kind in get_args(AnyFact))


def link(end: ChainEnd, facts: Iterable[Fact], by: Actor, salt: Callable[[int], bytes]) -> Link:
    """The entry that follows on `end`; people's entries count as a new version."""
    sealed, private = seal(facts, salt)
    entry = Entry(
        reference=end.reference,
        number=end.number + 1,
        version=end.version + by.is_person,
        before=end.seal,
        facts=sealed,
    )
    data = encode(entry)
    return Link(data, private, entry.number, entry.version, hash_of(data))


def decode(data: bytes) -> Entry[AnyFact]:
    """An entry of a case from its stored bytes. Raises `ValueError` for bytes that are none."""
    return _decode(data)


def known(data: bytes) -> list[tuple[int, Fact]]:
    """The facts of an entry with their places, less those of kinds that only a later release knows.

    Raises `WrittenByNewerRelease` for one known by another shape, and `ValueError` for bytes that are none.
    """
    try:
        return list(enumerate(_decode(data).facts))
    except msgspec.ValidationError:
        return _known(data)


def _known(data: bytes) -> list[tuple[int, Fact]]:
    try:
        facts = [(place, fact) for place, fact in enumerate(_raw(data).facts) if fact.get("fact") in _KNOWN]
        return [(place, msgspec.convert(fact, AnyFact)) for place, fact in facts]
    except msgspec.ValidationError as error:
        raise WrittenByNewerRelease from error


def hash_of(data: bytes) -> str:
    """SHA-256 (FIPS 180-4) in hexadecimal."""
    return sha256(data).hexdigest()


def seal(facts: Iterable[Fact], salt: Callable[[int], bytes]) -> tuple[tuple[Fact, ...], Private]:
    """The facts with commitments in place of private values, and the values with their salts."""
    private: Private = {}
    sealed = tuple(_sealed(place, fact, salt, private) for place, fact in enumerate(facts))
    return sealed, private


def opened(fact: Fact, place: int, private: Mapping[str, tuple[str, str]]) -> Fact:
    """A sealed fact with its values again; a value that was forgotten is empty, and one of a sealed identity
    that was not read is as if nobody had named it."""
    apart = fact.IDENTITY if getattr(fact, "sealed", False) else ()
    values = {
        name: private[at][1] if (at := where(place, fact, name)) in private else None if name in apart else ""
        for name in fact.PRIVATE
        if getattr(fact, name) is not None
    }
    return replace(fact, **values) if values else fact


def where(place: int, fact: Fact, name: str) -> str:
    """Where a private value of an entry stands.

    >>> from complaints.case.correspondence.messages import NoteAdded
    >>> where(0, NoteAdded, "text")
    '0.NoteAdded.text'
    """
    kind = fact if isinstance(fact, type) else type(fact)
    return f"{place}.{kind.__name__}.{name}"


def commitment(salt: bytes, value: str) -> str:
    """What stands for a private value in its entry: the salted hash, which tells nothing of the value."""
    digest = hmac.digest(salt, value.encode(), "sha256")
    return "committed:" + urlsafe_b64encode(digest).decode().rstrip("=")


def _sealed(place: int, fact: Fact, salt: Callable[[int], bytes], private: Private) -> Fact:
    commitments = {}
    for name in fact.PRIVATE:
        value = getattr(fact, name)
        if value is not None:
            value_salt = salt(SALT_BYTES)
            private[where(place, fact, name)] = (urlsafe_b64encode(value_salt).decode(), value)
            commitments[name] = commitment(value_salt, value)
    return replace(fact, **commitments) if commitments else fact


def keeps(fact: Fact, place: int, private: Mapping[str, tuple[str, str]]) -> bool:
    """Whether every value that is still there is the one that the fact committed to."""
    for name in fact.PRIVATE:
        stored = private.get(where(place, fact, name))
        if stored and not _is_committed(stored, getattr(fact, name)):
            return False
    return True


def _is_committed(stored: tuple[str, str], committed: str | None) -> bool:
    salt, value = stored
    try:
        return commitment(urlsafe_b64decode(salt), value) == committed
    except ValueError:  # a salt that is no base64 is not one of ours
        return False


class Passage(Struct, frozen=True, kw_only=True):
    """`letters` are the ids of those that quote the entry; `is_on_its_way` says that one has not left yet.

    `mails` are the inbound mails that its text came from.
    """

    entry: StoredEntry
    letters: tuple[str, ...] = ()
    is_on_its_way: bool = False
    mails: tuple[ReceivedMail, ...] = ()


def places_of_identity(facts: Iterable[Fact]) -> frozenset[str]:
    """Where the values of an entry stand that say who somebody is."""
    return frozenset(where(place, fact, name) for place, fact in enumerate(facts) for name in fact.IDENTITY)


def divided(facts: Iterable[Fact], private: Private) -> tuple[Private, Private]:
    """The private values of an entry: those that staff read, and those of the identity."""
    places = places_of_identity(facts)
    words = {at: value for at, value in private.items() if at not in places}
    return words, {at: value for at, value in private.items() if at in places}


def inventory(complaint: Complaint, entries: Iterable[StoredEntry], letters: int) -> CaseContents:
    """The messages that stand in its entries, its letters, and the stored files."""
    facts = (fact for entry in entries for fact in decode(entry.data).facts)
    return CaseContents(
        messages=sum(isinstance(fact, MESSAGES) for fact in facts),
        letters=letters,
        attachments=sum(file.is_kept for file in complaint.attachments),
    )
