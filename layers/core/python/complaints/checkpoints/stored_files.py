"""The files that the facts of a case name, and what of them does not fit what lies in the store of files.

`AttachmentArrived` holds the SHA-256 of a file. It is a private value: what stands in the chain is its
commitment, for the hash of a short text would give the text away after it was removed."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from hashlib import sha256

from msgspec import Struct

from complaints.audit_trail import hash_chain
from complaints.audit_trail.hash_chain import StoredEntry
from complaints.context.ports import StoredKind
from complaints.events.event import Fact
from complaints.events.record.attachments import AttachmentArrived
from complaints.events.record.erasure import DataRemovalRequested, ErasureRequested
from complaints.rules.record.attachments import file_key
from complaints.values.casework.retention import KeptData


class NamedFile(Struct, frozen=True):
    """What facts say lies in the store under a key: by entry `number`, `at` an instant, with these bytes
    (SHA-256, hex; empty where the value was redacted)."""

    kind: StoredKind
    key: str
    digest: str
    number: int
    at: datetime


def named_files(reference: str, entries: Iterable[StoredEntry]) -> Sequence[NamedFile]:
    """What must lie in the store, by all entries of a case: what arrived, less what an erasure, or a removal
    by a rule of retention, takes."""
    found: dict[str, NamedFile] = {}
    for entry in sorted(entries, key=lambda each: each.number):
        for place, fact in _facts(entry):
            if isinstance(fact, ErasureRequested):
                return ()
            if isinstance(fact, DataRemovalRequested) and fact.data is KeptData.FILES:
                found = {}
            elif isinstance(fact, AttachmentArrived):
                _, digest = entry.private.get(hash_chain.where(place, fact, "digest"), ("", ""))
                key = file_key(reference, fact.id)
                found[key] = NamedFile("file", key, digest, entry.number, fact.at)
    return tuple(found.values())


class FilesRead(Struct, frozen=True):
    """Of how many files of a case bytes are read where the store does not tell their SHA-256, and by which
    `draw` they are chosen; `most` 0: of all. `now` is when that is; without it no restore explains
    anything."""

    most: int = 0
    draw: str = ""
    now: datetime | None = None

    def drawn(self, files: Sequence[NamedFile]) -> frozenset[str]:
        """The keys of those that may be read: of each the SHA-256 of draw, `|` and key (UTF-8) is taken, and
        the smallest are drawn."""
        keys = sorted((each.key for each in files), key=self._place)
        return frozenset(keys[: self.most] if self.most else keys)

    def _place(self, key: str) -> bytes:
        return sha256(f"{self.draw}|{key}".encode()).digest()


def _facts(entry: StoredEntry) -> Iterator[tuple[int, Fact]]:
    """The facts of an entry; one that cannot be read is told of as a flaw of the chain."""
    try:
        yield from hash_chain.known(entry.data)
    except ValueError:
        return
