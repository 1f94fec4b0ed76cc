"""The files and mails that the facts of a case name, as they lie in the store of files.

`AttachmentArrived` holds the SHA-256 of a file. It is a private value: what stands in the chain is its
commitment, for the hash of a short text would give the text away after it was removed. What a mail brought
(`Received`, `MessageReceived`, `MailJoined`) holds that of the mail as it came, in `raw`.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from hashlib import sha256

from msgspec import Struct

from complaints.audit_trail import hash_chain
from complaints.audit_trail.hash_chain import StoredEntry
from complaints.case.correspondence.inbound_mail import MailJoined
from complaints.case.correspondence.mail import RawMail
from complaints.case.correspondence.messages import MessageReceived
from complaints.case.fact import Fact
from complaints.case.process.receipt import Received
from complaints.case.record.attachments import AttachmentArrived
from complaints.case.record.erasure import (
    DataRemovalRequested,
    DataRemovalStopped,
    DataRemoved,
    ErasureRequested,
    PartyErased,
)
from complaints.case.record.redaction import Redacted
from complaints.casework.record.attachments import file_key
from complaints.context.ports import StoredKind
from complaints.values.casework.retention import KeptData


class NamedFile(Struct, frozen=True):
    """What facts say lies in the store under a key: by entry `number`, `at` an instant, with these bytes
    (SHA-256, hex; empty where the value was redacted). `name` begins with the reference of the case."""

    kind: StoredKind
    name: str
    key: str
    digest: str
    number: int
    at: datetime


def named_files(reference: str, entries: Iterable[StoredEntry]) -> Sequence[NamedFile]:
    """What must lie in the store, by all entries of a case: the files that arrived and the mails that brought
    something, less what may be removed.

    A file goes with an erasure of the case, or a rule of retention about files. A mail goes with an erasure,
    with a redaction of what it brought or the erasure of whoever wrote it, and with a rule about mails, or
    about files if some came with it: until that is done it may take what comes meanwhile, too.
    """
    found: dict[int, list[NamedFile]] = defaultdict(list)
    with_files: set[str] = set()
    removing: set[KeptData] = set()
    in_order = sorted(entries, key=lambda each: each.number)
    stopped = stopped_removals(fact for entry in in_order for _, fact in _facts(entry))
    for entry in in_order:
        for place, fact in _facts(entry):
            if isinstance(fact, ErasureRequested):
                return ()
            if isinstance(fact, DataRemovalRequested):
                if fact not in stopped:
                    removing.add(fact.data)
                    found = _without(found, fact.data, with_files)
            elif isinstance(fact, DataRemoved):
                found = _without(found, fact.data, with_files, mails_only=True)
                removing.discard(fact.data)
            elif isinstance(fact, Redacted):
                found[fact.entry] = [each for each in found[fact.entry] if each.kind == "file"]
            elif isinstance(fact, PartyErased):
                for number in fact.entries:
                    found[number] = [each for each in found[number] if each.kind == "file"]
            elif named := _named(reference, entry, place, fact):
                found[entry.number].append(named)
                if named.kind == "mail" and _raw_of(fact, has_files=True):
                    with_files.add(named.key)
    for data in removing:
        found = _without(found, data, with_files, mails_only=True)
    return tuple(each for number in sorted(found) for each in found[number])


def stopped_removals(facts: Iterable[Fact]) -> Sequence[DataRemovalRequested]:
    """The removals by rules of retention that were asked for and stopped before they began."""
    asked: dict[KeptData, DataRemovalRequested] = {}
    stopped = []
    for fact in facts:
        if isinstance(fact, DataRemovalRequested):
            asked[fact.data] = fact
        elif isinstance(fact, DataRemovalStopped) and fact.data in asked:
            stopped.append(asked.pop(fact.data))
    return stopped


def _named(reference: str, entry: StoredEntry, place: int, fact: Fact) -> NamedFile | None:
    """What a fact says lies in the store, if it says so."""
    if isinstance(fact, AttachmentArrived):
        _, digest = entry.private.get(hash_chain.where(place, fact, "digest"), ("", ""))
        key = file_key(reference, fact.id)
        return NamedFile("file", key, key, digest, entry.number, fact.at)
    if raw := _raw_of(fact):
        return NamedFile("mail", f"{reference}/{raw.key}", raw.key, raw.digest, entry.number, fact.at)
    return None


def _raw_of(fact: Fact, *, has_files: bool = False) -> RawMail | None:
    """The mail as it came of which a fact was made, if it was; or only one with which files came."""
    raw = fact.raw if isinstance(fact, Received | MessageReceived | MailJoined) else None
    return raw if raw and raw.has_files >= has_files else None


def _without(
    found: Mapping[int, list[NamedFile]],
    data: KeptData,
    with_files: Collection[str],
    *,
    mails_only: bool = False,
) -> dict[int, list[NamedFile]]:
    """What is left where a rule of retention takes such data."""

    def goes(each: NamedFile) -> bool:
        if each.kind == "file":
            return data is KeptData.FILES and not mails_only
        return data is KeptData.MAILS or (data is KeptData.FILES and each.key in with_files)

    return defaultdict(
        list, {number: [each for each in files if not goes(each)] for number, files in found.items()}
    )


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
