"""What of a chain and its letters differs from what was sealed: each leaf must fit the entry it names.

Not only the last leaf of a chain counts. Who rewrites a tail, and the state with it, has the new entries
sealed an hour later; the leaf of before does not fit them then.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime, timedelta
from hashlib import sha256

from msgspec import Struct

from complaints.audit_trail.hash_chain import hash_of
from complaints.checkpoints.checkpoint_chain import ReadCheckpoint
from complaints.checkpoints.differences import Difference, kind_of_chain
from complaints.checkpoints.leaf import ChainLeaf, HeadLeaf, LetterLeaf, RunLeaf
from complaints.checkpoints.verification.ledger import (
    Ledger,
    LetterRemovals,
    StoredCase,
    StoredChain,
    StoredLetter,
    Told,
)
from complaints.checkpoints.verification.stored_files import FilesRead, NamedFile
from complaints.context.ports import FileUnreadable
from complaints.delivery.delivery_state import FAILED, SENT
from complaints.delivery.letter_digest import recipient_commitment

CASE, RUN = "case#", "retention#"
A_BATCH = 100
"""How many letters and files of a case are looked at, with two calls for each at most, before it is asked
whether time is left: a case may have thousands."""
REMOVED_AGAIN = timedelta(days=7)
"""How long after a restore a file may be missing without a fact: in that time erasures, rules of retention
and redactions are done again (docs/backup.md)."""

_OF_CASE, _WORDS_MISSING = ("state-changed", "index-changed"), "words-missing"


class Restore(Struct, frozen=True):
    """The table was restored to the moment `to`, and went on from there at the moment `at`."""

    to: datetime
    at: datetime

    def explains(self, checkpoint: ReadCheckpoint) -> bool:
        """Whether what a checkpoint sealed may be gone: it was noted after the moment restored to."""
        return self.to < checkpoint.statement.until and checkpoint.statement.since < self.at

    def took_words(self, told: Told) -> bool:
        """Whether the words of a letter went with it: it had left before, and was put on record meanwhile."""
        return told.at is not None and self.to < told.at <= self.at

    def took_file(self, file: NamedFile, now: datetime) -> bool:
        """Whether a file may be missing for now: it was on record at the moment restored to, and may have
        been removed after it, by a fact that is gone. What is removed again within a week says so anew."""
        return file.at <= self.to and self.at <= now < self.at + REMOVED_AGAIN


class Sealed(Struct):
    """What checkpoints say of one chain: each leaf of its entries, letters and states, with the checkpoint; a
    run of the retention rules stands alone. Of states it counts here that they were written: which one is
    right the facts say."""

    entries: list[tuple[ChainLeaf, str]]
    letters: list[tuple[LetterLeaf, str]]
    runs: list[tuple[RunLeaf, str]]
    heads: list[tuple[HeadLeaf, str]] = []


def by_chain(checkpoints: Iterable[ReadCheckpoint], restores: Iterable[Restore] = ()) -> dict[str, Sealed]:
    """What was sealed, by the name of the chain; a letter is with its case, a run by itself. What a
    restore took away is left out."""
    found: dict[str, Sealed] = defaultdict(lambda: Sealed([], [], []))
    known = tuple(restores)
    for checkpoint in checkpoints:
        if any(restore.explains(checkpoint) for restore in known):
            continue
        for leaf in checkpoint.leaves:
            if isinstance(leaf, ChainLeaf):
                found[leaf.chain].entries.append((leaf, checkpoint.name))
            elif isinstance(leaf, LetterLeaf):
                owner = CASE + leaf.letter.partition("/")[0]
                found[owner].letters.append((leaf, checkpoint.name))
            elif isinstance(leaf, HeadLeaf):
                found[leaf.head].heads.append((leaf, checkpoint.name))
            elif isinstance(leaf, RunLeaf):
                found[RUN + leaf.run].runs.append((leaf, checkpoint.name))
    return dict(found)


class Looked(Struct, frozen=True):
    """What of a chain differs, as far as it was looked at: up to the letter or file at `place`, or to its end
    where that is empty. `stored` is the chain as it was read."""

    differences: tuple[Difference, ...]
    place: str = ""
    stored: StoredChain | None = None


def chain_differences(
    name: str,
    sealed: Sealed,
    ledger: Ledger,
    restores: Sequence[Restore] = (),
    reads: FilesRead | None = None,
    *,
    after: str = "",
    stored: StoredChain | None = None,
) -> Looked:
    """What of one chain, of its letters and its files, does not fit what was sealed of it, and what
    `restores` do not explain. Of files as many bytes are read as `reads` says.

    The entries are looked at first; then up to `A_BATCH` letters and files of a case, those `after` a place
    where one is named. What was `stored` when those before them were looked at need not be read again.
    """
    of_chain = sealed.entries or sealed.heads
    if stored is None and (of_chain or sealed.letters):
        stored = ledger.chain(name)
    found: list[Difference] = []
    if not after:
        found += _of_whole(name, sealed, stored, ledger)
    if not isinstance(stored, StoredCase):
        return Looked(tuple(found))
    left = [each for each in _pieces(stored, with_files=bool(of_chain)) if each[0] > after]
    read = (reads or FilesRead()).drawn(stored.files)
    for _, piece in left[:A_BATCH]:
        if isinstance(piece, NamedFile):
            found += _file(piece, ledger, restores, reads or FilesRead(), is_read=piece.key in read)
        else:
            found += _letter(name.removeprefix(CASE), piece, stored, restores)
    place = left[A_BATCH - 1][0] if len(left) > A_BATCH else ""
    return Looked(tuple(found), place, stored)


def _of_whole(name: str, sealed: Sealed, stored: StoredChain | None, ledger: Ledger) -> Iterator[Difference]:
    """What of the entries does not fit, and of letters and runs that no entry tells of."""
    of_chain = sealed.entries or sealed.heads
    if of_chain:
        if stored is None:
            yield Difference(kind_of_chain(name), "missing", name, checkpoint=of_chain[-1][1])
            return
        yield from _entries(name, sealed.entries, stored)
        yield from _flaws(name, stored)
    if isinstance(stored, StoredCase):
        yield from _sealed_letters(sealed.letters, stored)
    elif sealed.letters and not of_chain:
        yield from _other_letters(name, sealed.letters, ledger)
    if sealed.runs:
        yield from _run(name, sealed.runs, ledger)


def _pieces(stored: StoredCase, *, with_files: bool) -> list[tuple[str, NamedFile | str]]:
    """The files of a case, and the ids of its letters, each with its place, in their order: what comes later
    has a later place than others of its kind."""
    files = stored.files if with_files else ()
    pieces: dict[str, NamedFile | str] = {f"file#{each.number:06d}#{each.key}": each for each in files}
    pieces |= {f"letter#{id}": id for id in stored.told.keys() | stored.letters.keys()}
    return sorted(pieces.items(), key=lambda piece: piece[0])


def _entries(name: str, leaves: Iterable[tuple[ChainLeaf, str]], stored: StoredChain) -> Iterator[Difference]:
    seals = {entry.number: hash_of(entry.data) for entry in stored.entries}
    for leaf, checkpoint in sorted(leaves, key=lambda sealed: sealed[0].number):
        if leaf.number not in seals:
            yield Difference("entry", "missing", name, leaf.number, checkpoint)
        elif seals[leaf.number] != leaf.seal:
            yield Difference("entry", "changed", name, leaf.number, checkpoint)


def _flaws(name: str, stored: StoredChain) -> Iterator[Difference]:
    for number, harm in stored.flaws:
        if harm not in _OF_CASE:
            yield Difference("entry", harm, name, number)
        else:
            yield Difference(kind_of_chain(name), harm, name)


def _letter(reference: str, id: str, stored: StoredCase, restores: Sequence[Restore]) -> Iterator[Difference]:
    """What of a letter differs from what facts tell of it."""
    letter, told = stored.letters.get(id), stored.told.get(id)
    harm = "missing" if letter is None else next(_harms_by_facts(id, letter, told, stored.removals), None)
    if harm == _WORDS_MISSING and told and any(each.took_words(told) for each in restores):
        return
    if harm:
        yield Difference("letter", harm, f"{reference}/{id}")


def _sealed_letters(leaves: Iterable[tuple[LetterLeaf, str]], stored: StoredCase) -> Iterator[Difference]:
    """The letters of a case that were sealed: of some there is no fact."""
    for leaf, checkpoint in leaves:
        id = leaf.letter.partition("/")[2]
        if id not in stored.letters:
            if id not in stored.told:
                yield Difference("letter", "missing", leaf.letter, checkpoint=checkpoint)
        elif leaf.digest and leaf.digest not in stored.sent.get(id, ()):
            yield Difference("letter", "changed", leaf.letter, checkpoint=checkpoint)


def _file(
    file: NamedFile, ledger: Ledger, restores: Sequence[Restore], reads: FilesRead, *, is_read: bool
) -> Iterator[Difference]:
    """A file that facts name lies in the store, and is what they say."""
    try:
        found = ledger.digest(file, reads=is_read)
    except FileUnreadable:
        yield Difference(file.kind, "unreadable", file.name, file.number)
        return
    if found is None:
        if not (reads.now and any(restore.took_file(file, reads.now) for restore in restores)):
            yield Difference(file.kind, "missing", file.name, file.number)
    elif found and file.digest and found != file.digest:
        yield Difference(file.kind, "changed", file.name, file.number)


def _harms_by_facts(
    id: str, letter: StoredLetter, told: Told | None, removals: LetterRemovals
) -> Iterator[str]:
    if told is None:
        if letter.digest or letter.state in (SENT, FAILED):
            yield "state-changed"
        return
    if letter.state in (SENT, FAILED) and letter.state != told.state:
        yield "state-changed"
    if told.state == SENT and (letter.digest, letter.recipient) != (told.digest, told.recipient):
        yield "changed"
    yield from _harms_of_words(letter)
    if letter.lacks_words and letter.state == SENT and not removals.explain(id, letter):
        yield _WORDS_MISSING


def _harms_of_words(letter: StoredLetter) -> Iterator[str]:
    """Whether what is kept of a letter is what was sent; one that is to leave again may be written anew."""
    if letter.words is None or letter.state != SENT or not letter.digest:
        return
    if not letter.is_enclosed and sha256(letter.words).hexdigest() != letter.digest:
        yield "words-changed"
    elif letter.recipient and recipient_commitment(letter.words, letter.to) != letter.recipient:
        yield "recipient-changed"


def _other_letters(
    name: str, leaves: Iterable[tuple[LetterLeaf, str]], ledger: Ledger
) -> Iterator[Difference]:
    """Letters of no case: what was sealed of one holds, unless it left again later."""
    stored = ledger.letters(name.removeprefix(CASE))
    last: dict[str, tuple[LetterLeaf, str]] = {}
    for leaf, checkpoint in leaves:
        last[leaf.letter] = leaf, checkpoint
    for leaf, checkpoint in last.values():
        letter = stored.get(leaf.letter.partition("/")[2])
        harm = "missing" if letter is None else None
        if letter and leaf.digest and letter.digest != leaf.digest:
            harm = "changed"
        elif letter:
            harm = next(_harms_of_words(letter), None)
        if harm:
            yield Difference("letter", harm, leaf.letter, checkpoint=checkpoint)


def _run(name: str, leaves: Iterable[tuple[RunLeaf, str]], ledger: Ledger) -> Iterator[Difference]:
    """A run that ended is never written again: what was sealed of it holds for ever."""
    stored = ledger.run(name.removeprefix(RUN))
    for leaf, checkpoint in leaves:
        if stored is None or sha256(stored).hexdigest() != leaf.digest:
            yield Difference("run", "missing" if stored is None else "changed", name, checkpoint=checkpoint)
