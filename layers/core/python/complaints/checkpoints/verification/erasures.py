"""The list of erasures beside checkpoints and facts: none is gone, and each was asked for."""

from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, timedelta

from complaints.checkpoints.checkpoint_chain import ReadCheckpoint
from complaints.checkpoints.differences import Difference
from complaints.checkpoints.leaf import ErasureLeaf
from complaints.checkpoints.places import ERASURES
from complaints.checkpoints.ports import EvidenceFiles
from complaints.checkpoints.verification.chain_differences import CASE, Restore
from complaints.checkpoints.verification.ledger import Ledger

_DAY = timedelta(days=1)
_ASKED = (b'"ErasureRequested"', b'"PartyErased"')


def erasure_differences(
    files: EvidenceFiles,
    ledger: Ledger,
    found: Sequence[ReadCheckpoint],
    restores: Sequence[Restore],
    goes_on: Callable[[], bool],
) -> Iterator[Difference]:
    """What of the list does not fit in the days of these checkpoints, while there is time. What a restore
    took back, and is to be erased again, is excused."""
    begin = found[0].statement.since.astimezone(UTC)
    days = range((found[-1].statement.until.astimezone(UTC).date() - begin.date()).days + 1)
    keys = (key for day in days for key in files.keys(f"{ERASURES}{begin + day * _DAY:%Y/%m/%d}/"))
    listed = [key.removeprefix(ERASURES).removesuffix(".json") for key in keys]
    leaves = ((leaf, each.name) for each in found for leaf in each.leaves if isinstance(leaf, ErasureLeaf))
    for leaf, checkpoint in leaves:
        if leaf.erasure not in listed and not any(files.keys(f"{ERASURES}{leaf.erasure}.json")):
            yield Difference("erasure", "missing", leaf.erasure, checkpoint=checkpoint)
    for name in listed:
        day = name.rpartition("/")[0]
        if not goes_on():
            return
        if any(f"{each.to:%Y/%m/%d}" <= day <= f"{each.at:%Y/%m/%d}" for each in restores):
            continue
        stored = ledger.chain(CASE + name.rpartition("/")[2].partition(".")[0])
        if stored and not any(word in entry.data for entry in stored.entries for word in _ASKED):
            yield Difference("erasure", "unasked", name)
