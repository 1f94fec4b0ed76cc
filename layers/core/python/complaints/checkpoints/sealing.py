"""Sealing: what was noted since the last checkpoint becomes the next one.

    notes since then ─▶ leaves ─▶ root ─▶ statement, with the hash of the one before ─▶ signed, kept

A run that comes late makes one checkpoint of all the hours that it missed: each begins where the one before
it ends, so that none can be missing unseen. What no key of ours signed, or what lies ahead of now, is not
gone on from: who may only write to the bucket stops nothing by it. A run that died left leaves that belong to
nothing, and the next one does it again. Of two runs at once, the first one's statement stays.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, datetime, timedelta
from gzip import compress
from types import MappingProxyType

from msgspec import Struct

from complaints.checkpoints.leaf import ChainLeaf, HeadLeaf, HourLeaf, Leaf, sorted_lines
from complaints.checkpoints.merkle_tree import MerkleTree
from complaints.checkpoints.places import (
    CHECKPOINTS,
    checkpoint_key,
    checkpoint_name,
    kind_of,
    leaves_key,
    public_key_key,
)
from complaints.checkpoints.ports import EvidenceFiles, Last, Notes, Signer
from complaints.checkpoints.signature import is_signed, key_id
from complaints.checkpoints.statement import (
    Kind,
    NotAStatement,
    Statement,
    from_stored,
    hash_of,
    read_statement,
    statement_bytes,
    to_stored,
)

GRACE = timedelta(minutes=3)
"""How long after an hour it may still be noted what belongs to it: longer than the function may run."""

JSON, PEM, GZIP = "application/json", "application/x-pem-file", "application/gzip"
_HOUR, _DAY = timedelta(hours=1), timedelta(days=1)


class Sealed(Struct, frozen=True):
    """What a run did. `rolled_back` says that a checkpoint is on record that the bucket does not have; files
    that stand where a checkpoint does, and are none of ours, are `doubtful`."""

    made: tuple[Statement, ...]
    rolled_back: bool = False
    doubtful: tuple[str, ...] = ()


class Sealing:
    """Makes the checkpoints of one installation, once, at the moment `now`. Besides the key of the signer
    those that signed earlier are trusted: PEM by their ids."""

    def __init__(
        self,
        files: EvidenceFiles,
        signer: Signer,
        notes: Notes,
        installation: str,
        now: datetime,
        earlier: Mapping[str, bytes] = MappingProxyType({}),
    ) -> None:
        self._files, self._signer, self._notes = files, signer, notes
        self._installation, self._now = installation, now
        self._keys = {**earlier, self._key: signer.public_key}
        self._doubtful: dict[str, None] = {}

    def run(self) -> Sealed:
        """Makes the checkpoints that are due: of the hours that are over, and of the days. May raise
        `Unavailable`: what is missing then is made by the next run."""
        self._files.put(public_key_key(self._key), self._signer.public_key, PEM)
        kept, noted = self._last("hour", self._now), self._notes.last_checkpoint()
        # Where the bucket has a later one than is on record, a run died between the two.
        rolled_back = noted is not None and (
            kept is None or (kept.until <= noted.until and kept.statement != noted.statement)
        )
        last = noted if rolled_back and noted and noted.until <= self._now else kept
        end = _hour_of(self._now - GRACE)
        made = []
        if last is None or last.until < end:
            begin = last.until if last else end - _HOUR
            leaves = [*ends_of(self._notes.between(last.until if last else None, end)), *self._day()]
            previous = last.statement if last else ""
            while begin < end and not (sealed := self._seal("hour", begin, end, leaves, previous)):
                begin += _HOUR
            if begin < end and sealed:
                made.append(sealed)
                self._notes.keep_last_checkpoint(Last(end, hash_of(statement_bytes(sealed))))
        made += self._seal_days(made[-1].until if made else end)
        return Sealed(tuple(made), rolled_back, tuple(self._doubtful))

    @property
    def _key(self) -> str:
        return key_id(self._signer.public_key)

    def _day(self) -> Iterator[HourLeaf]:
        """The last checkpoint of a day: one that vanishes would else be made anew, and nobody knew."""
        if found := self._last_found("day", self._now):
            yield HourLeaf(checkpoint_name("day", found[0].since), hash_of(found[1]))

    def _seal_days(self, until: datetime) -> Iterator[Statement]:
        """The checkpoint of the days that are over, whose leaves are the statements of their hours. Where a
        file of somebody else stands in the place of a day, the next one has its hours, too."""
        last, end = self._last("day", until), _day_of(until)
        begin = last.until if last else self._first_day()
        if begin is None or begin >= end:
            return
        hours = [
            HourLeaf(checkpoint_name("hour", statement.since), hash_of(data))
            for statement, data in self._between(begin, end)
        ]
        previous = last.statement if last else ""
        sealed = None
        while begin < end and not (sealed := self._seal("day", begin, end, hours, previous)):
            begin += _DAY
        if sealed:
            yield sealed

    def _first_day(self) -> datetime | None:
        hours = (self._read(key) for key in self._files.keys(CHECKPOINTS) if kind_of(key) == "hour")
        return next((_day_of(found[0].since) for found in hours if found), None)

    def _between(self, begin: datetime, end: datetime) -> Iterator[tuple[Statement, bytes]]:
        day = begin
        while day < end:
            for key in self._files.keys(f"{CHECKPOINTS}{checkpoint_name('day', day)}T"):
                if kind_of(key) == "hour" and (found := self._read(key)):
                    yield found
            day += _DAY

    def _seal(
        self, kind: Kind, since: datetime, until: datetime, leaves: Iterable[Leaf], previous: str
    ) -> Statement | None:
        """The statement that is kept of it; `None` where a file of somebody else stands in its place."""
        lines = sorted_lines(leaves)
        tree = MerkleTree(lines)
        statement = Statement(
            kind=kind,
            installation=self._installation,
            since=since,
            until=until,
            size=tree.size,
            root=tree.root.hex(),
            previous=previous,
            key=self._key,
        )
        data = statement_bytes(statement)
        self._files.put(leaves_key(statement), compress(b"\n".join(lines), mtime=0), GZIP)
        key = checkpoint_key(kind, since)
        if self._files.put(key, to_stored(data, self._signer.sign(data)), JSON):
            return statement
        found = self._read(key)
        return found[0] if found else None

    def _last(self, kind: Kind, now: datetime) -> Last | None:
        found = self._last_found(kind, now)
        return Last(found[0].until, hash_of(found[1])) if found else None

    def _last_found(self, kind: Kind, now: datetime) -> tuple[Statement, bytes] | None:
        """The last checkpoint of a kind in the bucket: mostly it is of this month or the one before."""
        month, latest = now.replace(day=1), checkpoint_key(kind, now)
        for prefix in (f"{month:%Y/%m/}", f"{month - _DAY:%Y/%m/}", ""):
            keys = [key for key in self._files.keys(CHECKPOINTS + prefix) if kind_of(key) == kind]
            for key in reversed(keys):
                if key > latest:
                    self._doubtful[key] = None
                elif found := self._read(key):
                    return found
        return None

    def _read(self, key: str) -> tuple[Statement, bytes] | None:
        """A statement with its bytes, if it is one of ours, in its place, and of time that is past."""
        try:
            data, signature = from_stored(self._files.get(key) or b"")
            statement = read_statement(data)
        except NotAStatement:
            self._doubtful[key] = None
            return None
        public = self._keys.get(statement.key)
        is_ours = public is not None and is_signed(data, signature, public)
        if (
            is_ours
            and checkpoint_key(statement.kind, statement.since) == key
            and statement.until <= self._now
        ):
            return statement, data
        self._doubtful[key] = None
        return None


def ends_of(noted: Iterable[Leaf]) -> Iterator[Leaf]:
    """Of what was noted, what goes into a checkpoint: of each chain its last entry and its last state, and
    every letter.

    An entry that was noted with several seals was changed, and so was a state: each of them goes in, and one
    will not fit.
    """
    chains: dict[tuple[str, bool], dict[int, set[ChainLeaf | HeadLeaf]]] = defaultdict(
        lambda: defaultdict(set)
    )
    for leaf in noted:
        if isinstance(leaf, ChainLeaf):
            chains[leaf.chain, False][leaf.number].add(leaf)
        elif isinstance(leaf, HeadLeaf):
            chains[leaf.head, True][leaf.number].add(leaf)
        else:
            yield leaf
    for numbers in chains.values():
        end = max(numbers)
        for number, several in numbers.items():
            if number == end or len(several) > 1:
                yield from several


def _hour_of(moment: datetime) -> datetime:
    return moment.astimezone(UTC).replace(minute=0, second=0, microsecond=0)


def _day_of(moment: datetime) -> datetime:
    return _hour_of(moment).replace(hour=0)
