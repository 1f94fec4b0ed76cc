"""What verification asks of the record: chains as they are stored, letters, and runs of retention rules."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from typing import Protocol

from msgspec import Struct

from complaints.audit_trail import hash_chain
from complaints.audit_trail.hash_chain import StoredEntry
from complaints.case.correspondence.letters import LetterFailed, LetterSent
from complaints.case.fact import Fact
from complaints.case.record.erasure import DataRemovalRequested, ErasureRequested, PartyErased
from complaints.case.record.redaction import Redacted
from complaints.checkpoints.verification.stored_files import NamedFile, stopped_removals
from complaints.delivery.delivery_state import FAILED, SENT
from complaints.values.casework.retention import KeptData


class StoredLetter(Struct, frozen=True):
    """A letter as it is stored. `words` and `to` are the letter as it was rendered, where it is kept;
    `is_enclosed` says that files went with it, so that `words` are not all that was sent. One that was kept
    when it left and is there no more `lacks_words`; `quoted` are the numbers of entries whose words it
    tells."""

    state: str
    digest: str
    recipient: str
    words: bytes | None = None
    to: str = ""
    is_enclosed: bool = False
    lacks_words: bool = False
    quoted: frozenset[int] = frozenset()


class LetterRemovals(Struct, frozen=True):
    """By what letters of a case may be gone as they were sent: something that takes any of them, or these
    `letters`, or a redaction of one of these entries, which takes those that quote it."""

    any: bool = False
    entries: frozenset[int] = frozenset()
    letters: frozenset[str] = frozenset()

    def explain(self, id: str, letter: StoredLetter) -> bool:
        """Whether the words of this letter may be gone."""
        return self.any or id in self.letters or not self.entries.isdisjoint(letter.quoted)


class StoredChain(Struct, frozen=True):
    """A chain as it is stored, and how it is flawed in itself: each number with its harm, the first first."""

    entries: Sequence[StoredEntry]
    flaws: Iterable[tuple[int, str]] = ()


class Told(Struct, frozen=True):
    """What the last fact of a case about a letter says, noted `at` an instant: its state, and what was sent
    to whom, if it was."""

    state: str
    digest: str = ""
    recipient: str = ""
    at: datetime | None = None


class StoredCase(StoredChain, frozen=True):
    """The chain of a case, its letters by their ids, and what its facts tell of them."""

    letters: Mapping[str, StoredLetter] = {}
    told: Mapping[str, Told] = {}
    sent: Mapping[str, frozenset[str]] = {}
    """Of each letter the digests of all that ever left: it may have left twice."""
    removals: LetterRemovals = LetterRemovals()
    files: Sequence[NamedFile] = ()
    """What its facts say lies in the store of files; nothing where that is not looked at."""


class Ledger(Protocol):
    """The record. Each call may raise `Unavailable`."""

    def chain(self, name: str) -> StoredChain | None:
        """A chain by the name of its partition; `None` where nothing of it is there."""

    def letters(self, owner: str) -> Mapping[str, StoredLetter]:
        """The letters that are of no case (those of invitations), by their ids."""

    def run(self, name: str) -> bytes | None:
        """A run of the retention rules (`<site>/<day>`) as it is stored, if it is there."""

    def digest(self, file: NamedFile, *, reads: bool) -> str | None:
        """What the store of files has under the key of a file, as `Files.digest_of` tells it. Raises
        `FileUnreadable`."""


def told_of(entries: Sequence[StoredEntry]) -> tuple[dict[str, Told], dict[str, frozenset[str]]]:
    """What the facts of a case tell of its letters: the last of each, and the digests of all that left."""
    told: dict[str, Told] = {}
    sent: dict[str, set[str]] = defaultdict(set)
    for entry in entries:
        for fact in _facts(entry):
            if isinstance(fact, LetterSent):
                told[fact.letter] = Told(SENT, fact.digest, fact.recipient, fact.at)
                sent[fact.letter].add(fact.digest)
            elif isinstance(fact, LetterFailed):
                told[fact.letter] = Told(FAILED)
    return told, {letter: frozenset(digests) for letter, digests in sent.items()}


def letter_removals(entries: Sequence[StoredEntry]) -> LetterRemovals:
    """By what letters of a case may be gone as they were sent: an erasure of the case, a rule of retention,
    redactions, and erasures of one person, of which earlier ones do not say which letters they took."""
    facts = [fact for entry in entries for fact in _facts(entry)]
    stopped = stopped_removals(facts)
    return LetterRemovals(
        any(
            isinstance(fact, ErasureRequested)
            or (isinstance(fact, PartyErased) and fact.letters is None)
            or (
                isinstance(fact, DataRemovalRequested)
                and fact.data is KeptData.LETTERS
                and fact not in stopped
            )
            for fact in facts
        ),
        frozenset(fact.entry for fact in facts if isinstance(fact, Redacted)),
        frozenset(id for fact in facts if isinstance(fact, PartyErased) for id in fact.letters or ()),
    )


def _facts(entry: StoredEntry) -> Iterator[Fact]:
    """The facts of an entry; one that cannot be read is told of as a flaw of the chain."""
    try:
        yield from (fact for _, fact in hash_chain.known(entry.data))
    except ValueError:
        return
