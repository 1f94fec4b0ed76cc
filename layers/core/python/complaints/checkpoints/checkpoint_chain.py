"""Reads the chain of checkpoints, and names each that does not fit."""

from collections.abc import Container, Iterator, Mapping, Sequence
from gzip import BadGzipFile, decompress
from typing import TYPE_CHECKING
from zlib import error as DeflateError

from msgspec import Struct

from complaints.checkpoints.differences import Difference
from complaints.checkpoints.leaf import HourLeaf, Leaf, NotALeaf, read_leaf
from complaints.checkpoints.merkle_tree import MerkleTree
from complaints.checkpoints.places import CHECKPOINTS, checkpoint_name, kind_of, leaves_key
from complaints.checkpoints.ports import EvidenceFiles, Last
from complaints.checkpoints.signature import is_signed
from complaints.checkpoints.statement import (
    Kind,
    NotAStatement,
    Statement,
    from_stored,
    hash_of,
    read_statement,
)

if TYPE_CHECKING:
    from cryptography.x509 import Certificate

_SUFFIX = ".json"


class ReadCheckpoint(Struct, frozen=True):
    """A checkpoint as it was found, with the hash of its statement and its leaves."""

    name: str
    statement: Statement
    hash: str
    leaves: Sequence[Leaf]


class Trust(Struct, frozen=True):
    """What a reader trusts besides the bucket: keys by their ids (PEM), the checkpoint that was made last,
    statements that are known from elsewhere, such as a mail, by name and hash, and certificates to one of
    which who signed a time stamp must lead; without any, nobody judges that.

    Whose checkpoints these are is said by the key: the address of an installation may change.
    """

    keys: Mapping[str, bytes]
    last: Last | None = None
    anchors: Mapping[str, str] = {}
    authorities: "Sequence[Certificate]" = ()


def names(files: EvidenceFiles, kind: Kind = "hour") -> list[str]:
    """The names of all checkpoints of a kind, the oldest first."""
    return [
        key.removeprefix(CHECKPOINTS).removesuffix(_SUFFIX)
        for key in files.keys(CHECKPOINTS)
        if kind_of(key) == kind
    ]


class CheckpointReader:
    """Reads checkpoints in their order. `before` is the one that the first must follow on, if it is known."""

    def __init__(self, files: EvidenceFiles, trust: Trust, before: ReadCheckpoint | None = None) -> None:
        self._files, self._trust, self._before = files, trust, before
        self.differences: list[Difference] = []

    def read(
        self, found: Sequence[str], *, is_start: bool = False, present: Sequence[str] | None = None
    ) -> Iterator[ReadCheckpoint]:
        """The checkpoints of these names that are what was signed. What does not fit is noted on the way.

        `is_start` says that the first of them is the first of all. Where the last of them is the last of all,
        `present` are the names of all.
        """
        before = self._before
        for name in found:
            checkpoint = self._one(name)
            if checkpoint is None:
                continue
            self._follows(checkpoint, before, is_start)
            before = checkpoint
            yield checkpoint
        if present is not None:
            self._ends(before, set(present))

    def _one(self, name: str) -> ReadCheckpoint | None:
        found = self._signed(name)
        if isinstance(found, str):
            self._differs(found, name)
            return None
        statement, data = found
        leaves = self._leaves(statement)
        if isinstance(leaves, str):
            self._differs(leaves, name)
            return None
        return ReadCheckpoint(name, statement, hash_of(data), leaves)

    def _signed(self, name: str) -> tuple[Statement, bytes] | str:
        """The statement of this name with its bytes, or the harm."""
        stored = self._files.get(f"{CHECKPOINTS}{name}{_SUFFIX}")
        if stored is None:
            return "missing"
        try:
            data, signature = from_stored(stored)
            statement = read_statement(data)
        except NotAStatement:
            return "unreadable"
        key = self._trust.keys.get(statement.key)
        if key is None or not is_signed(data, signature, key):
            return "forged"
        if checkpoint_name(statement.kind, statement.since) != name:
            return "misplaced"
        known = self._trust.anchors.get(name)
        if known is not None and known != hash_of(data):
            return "forged"
        return statement, data

    def _leaves(self, statement: Statement) -> Sequence[Leaf] | str:
        """The leaves of a statement, or the harm."""
        stored = self._files.get(leaves_key(statement))
        if stored is None:
            return "leaves-missing"
        try:
            lines = decompress(stored).splitlines()
            leaves = [read_leaf(line) for line in lines]
        except (BadGzipFile, EOFError, DeflateError, NotALeaf):
            return "leaves-changed"
        tree = MerkleTree(lines)
        if tree.size != statement.size or tree.root.hex() != statement.root:
            return "leaves-changed"
        return leaves

    def _follows(self, checkpoint: ReadCheckpoint, before: ReadCheckpoint | None, is_start: bool) -> None:
        """Whether a checkpoint follows on the one before it: if it begins later, one is missing between."""
        statement = checkpoint.statement
        if before is None:
            if is_start and statement.previous:
                # One that this one names, and that stood before all that are there.
                self._differs("out-of-order", checkpoint.name)
        elif statement.since > before.statement.until:
            self._differs("missing", checkpoint_name(statement.kind, before.statement.until))
        elif statement.since < before.statement.until or statement.previous != before.hash:
            self._differs("out-of-order", checkpoint.name)

    def _ends(self, last: ReadCheckpoint | None, found: set[str]) -> None:
        """Whether those that are known from elsewhere are there."""
        for name in sorted(self._trust.anchors.keys() - found):
            self._differs("rolled-back", name)
        known = self._trust.last
        if known is None:
            return
        if last is None or last.statement.until < known.until:
            after = last.statement.until if last else known.until
            self._differs("rolled-back", checkpoint_name("hour", after))
        elif last.statement.until == known.until and last.hash != known.statement:
            self._differs("rolled-back", last.name)

    def _differs(self, harm: str, name: str) -> None:
        self.differences.append(Difference("checkpoint", harm, name, checkpoint=name))


def day_differences(
    day: ReadCheckpoint, hours: Mapping[str, str], others: Container[str]
) -> Iterator[Difference]:
    """Whether the hours that a day's checkpoint sealed are those that are there, by name and hash; `others`
    are there, and are not looked at."""
    sealed = {leaf.checkpoint: leaf.statement for leaf in day.leaves if isinstance(leaf, HourLeaf)}
    for name, statement in sorted(sealed.items()):
        if name in others:
            continue
        if name not in hours:
            yield Difference("checkpoint", "missing", name, checkpoint=day.name)
        elif hours[name] != statement:
            yield Difference("checkpoint", "forged", name, checkpoint=day.name)
