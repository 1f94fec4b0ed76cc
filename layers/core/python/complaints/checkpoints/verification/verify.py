"""Verifies checkpoints and record together: all of it, a period, or a sample.

Of the differences the first one is the first in this order: checkpoints by time, then chains by their names.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial
from random import Random

from msgspec import Struct
from msgspec.structs import replace

from complaints.checkpoints.checkpoint_chain import (
    CheckpointReader,
    ReadCheckpoint,
    Trust,
    day_differences,
    names,
)
from complaints.checkpoints.differences import Difference, kind_of_chain
from complaints.checkpoints.leaf import HourLeaf
from complaints.checkpoints.ports import EvidenceFiles
from complaints.checkpoints.stamps.stamped_days import stamp_differences
from complaints.checkpoints.verification.chain_differences import (
    Looked,
    Restore,
    Sealed,
    by_chain,
    chain_differences,
)
from complaints.checkpoints.verification.erasures import erasure_differences
from complaints.checkpoints.verification.ledger import Ledger, StoredChain, StoredLetter
from complaints.checkpoints.verification.restores import read_restores
from complaints.checkpoints.verification.stored_files import FilesRead, NamedFile
from complaints.values.errors import Unavailable

LOOKS = 3
"""How often what does not fit is looked at: a case may change while it is read."""


class Scope(Struct, frozen=True):
    """What is verified: the checkpoints behind the name `since` up to `until` (empty: from the first, to the
    last), and of the chains in them those behind `after`, or a `sample` of so many, drawn by `seed`; of their
    files as many are read as `reads` says. Of the chain `partly` what comes behind `place` is left."""

    since: str = ""
    until: str = ""
    sample: int = 0
    seed: int = 0
    after: str = ""
    partly: str = ""
    place: str = ""
    reads: FilesRead = FilesRead()

    def holds(self, name: str) -> bool:
        return self.since < name and not (self.until and name > self.until)


class Excused(Struct, frozen=True):
    """What a restore that is on record explains: so many leaves of checkpoints are not looked for."""

    restore: Restore
    leaves: int


class Verified(Struct, frozen=True, kw_only=True):
    """What was looked at, from the checkpoint `first` to the `last`, and what does not fit. `stopped_after`
    is the last chain that there was time for, where there was none for all, and of the next one, `partly`,
    there was time up to `place`; `excused` says which restores are
    on record, and what of the scope each explains."""

    first: str
    last: str
    checkpoints: int
    chains: int
    letters: int
    files: int
    differences: tuple[Difference, ...]
    stopped_after: str = ""
    partly: str = ""
    place: str = ""
    excused: tuple[Excused, ...] = ()


FIRST = " "
"""Before the name of any chain."""


def always() -> bool:
    """There is time for more."""
    return True


def verify(
    files: EvidenceFiles,
    ledger: Ledger,
    trust: Trust,
    scope: Scope = Scope(),  # noqa: B008  # it is frozen
    goes_on: Callable[[], bool] = always,
) -> Verified:
    """Verifies a scope, chain by chain while there is time, and of a chain batch by batch. May raise
    `Unavailable`."""
    found, differences = _checkpoints(files, trust, scope, goes_on)
    restores, doubtful = read_restores(files, trust)
    sealed = by_chain(found, restores)
    differences += doubtful
    chains = _sample(sorted(name for name in sealed if name > scope.after), scope)
    counted = Counted(ledger)
    done = letters = 0
    stopped_after = partly = place = ""
    for name in chains:
        begun = scope.place if name == scope.partly else ""
        look = partial(_of_chain, name, sealed[name], counted, restores, scope.reads)
        more, place, is_whole = _verified(look, begun, goes_on)
        differences += more
        if not is_whole:
            partly = name if place else ""
            stopped_after = chains[done - 1] if done else scope.after or FIRST
            if not done and place == begun:
                # All the time went into reading: the next run has less to read, and so comes further.
                found = found[: (len(found) + 1) // 2]
            break
        letters += len({leaf.letter for leaf, _ in sealed[name].letters})
        done += 1
    if not stopped_after and found:
        differences += erasure_differences(files, counted, found, restores, goes_on)
    return Verified(
        first=found[0].name if found else scope.since,
        last=found[-1].name if found else scope.since,
        checkpoints=len(found),
        chains=done,
        letters=letters,
        files=len(counted.files),
        differences=tuple(dict.fromkeys(differences)),
        stopped_after=stopped_after,
        partly=partly,
        place=place,
        excused=tuple(
            Excused(restore, sum(len(each.leaves) for each in found if restore.explains(each)))
            for restore in restores
        ),
    )


def _checkpoints(
    files: EvidenceFiles, trust: Trust, scope: Scope, goes_on: Callable[[], bool]
) -> tuple[list[ReadCheckpoint], list[Difference]]:
    """The checkpoints of hours in the scope that hold, and what does not: those of days are compared with
    them, as far as there is time to read them."""
    hours = names(files)
    chosen = [name for name in hours if scope.holds(name)]
    earlier = [name for name in hours if name <= scope.since]
    before = next(CheckpointReader(files, trust).read(earlier[-1:]), None)
    reader = CheckpointReader(files, trust, before)
    is_end = not hours or scope.holds(hours[-1])
    found = []
    for each in reader.read(chosen, is_start=not earlier, present=hours if is_end else None):
        found.append(each)
        if not goes_on() and each.name != chosen[-1]:
            break
    hashes = {each.name: each.hash for each in found}
    days = CheckpointReader(files, trust)
    for day in days.read([name for name in names(files, "day") if scope.holds(name)]):
        reader.differences += day_differences(day, hashes, set(hours) - hashes.keys())
        reader.differences += stamp_differences(files, day, trust.authorities)
    reader.differences += _gone_days(files, trust, found)
    # The checkpoint of a day sorts before those of its hours.
    differences = [*days.differences, *reader.differences]
    return found, sorted(differences, key=lambda each: each.checkpoint or "")


def _gone_days(files: EvidenceFiles, trust: Trust, hours: Sequence[ReadCheckpoint]) -> Iterator[Difference]:
    """The checkpoints of days that those of hours name, and that are not there, or were made anew."""
    told = {leaf: each.name for each in hours for leaf in each.leaves if isinstance(leaf, HourLeaf)}
    for leaf, name in told.items():
        there = next(CheckpointReader(files, trust).read([leaf.checkpoint]), None)
        if there is None or there.hash != leaf.statement:
            harm = "forged" if there else "missing"
            yield Difference("checkpoint", harm, leaf.checkpoint, checkpoint=name)


def _sample(chains: Sequence[str], scope: Scope) -> Sequence[str]:
    if not scope.sample or scope.sample >= len(chains):
        return chains
    return sorted(Random(scope.seed).sample(chains, scope.sample))  # noqa: S311  # anybody may draw it again


class Counted(Ledger):
    """A ledger that notes of which files it was asked."""

    def __init__(self, ledger: Ledger) -> None:
        self._ledger = ledger
        self.files: set[str] = set()

    def chain(self, name: str) -> StoredChain | None:
        return self._ledger.chain(name)

    def letters(self, owner: str) -> Mapping[str, StoredLetter]:
        return self._ledger.letters(owner)

    def run(self, name: str) -> bytes | None:
        return self._ledger.run(name)

    def digest(self, file: NamedFile, *, reads: bool) -> str | None:
        self.files.add(file.key)
        return self._ledger.digest(file, reads=reads)


def _of_chain(
    name: str,
    sealed: Sealed,
    ledger: Ledger,
    restores: Sequence[Restore],
    reads: FilesRead,
    after: str,
    stored: StoredChain | None,
) -> Looked:
    """What of a chain does not fit. One that cannot be read is told of: it must not keep all
    others from being verified, today and for ever."""
    try:
        return chain_differences(name, sealed, ledger, restores, reads, after=after, stored=stored)
    except Unavailable:
        raise
    except Exception:
        return Looked((Difference(kind_of_chain(name), "unreadable", name),))


Look = Callable[[str, StoredChain | None], Looked]


def _verified(look: Look, place: str, goes_on: Callable[[], bool]) -> tuple[list[Difference], str, bool]:
    """What of a chain does not fit, from a place on while there is time; where it goes on, and whether it was
    looked at to its end."""
    found: list[Difference] = []
    stored = None
    while goes_on():
        batch = _confirmed(look, place, stored)
        found += batch.differences
        place, stored = batch.place, batch.stored
        if not place:
            return found, "", True
    return found, place, False


def _confirmed(look: Look, place: str, stored: StoredChain | None) -> Looked:
    """What is different each time it is looked at: from the second time on, the chain is read anew."""
    first = look(place, stored)
    found = dict.fromkeys(first.differences)
    for _ in range(LOOKS - 1):
        if not found:
            break
        again = set(look(place, None).differences)
        found = {each: None for each in found if each in again}
    return replace(first, differences=tuple(found))
