"""A case with thousands of files takes no round with it: the work between two looks at the clock is bounded,
and the next round goes on within the case."""

from collections import Counter
from collections.abc import Iterator, Mapping
from datetime import timedelta

from complaints.audit_trail.hash_chain import StoredEntry, hash_of
from complaints.checkpoints.checkpoint_chain import Trust
from complaints.checkpoints.leaf import ChainLeaf
from complaints.checkpoints.sealing import Sealing
from complaints.checkpoints.signature import key_id
from complaints.checkpoints.verification.chain_differences import A_BATCH
from complaints.checkpoints.verification.ledger import Ledger, StoredCase, StoredLetter
from complaints.checkpoints.verification.rounds import Round, go_round
from complaints.checkpoints.verification.stored_files import NamedFile
from complaints.checkpoints.verification.verify import LOOKS
from tests.builders import MONDAY
from tests.complaints.checkpoints.fakes import HeldEvidence, HeldNotes, HeldSigner

URL, DAY = "https://complaints.example.org", timedelta(days=1)
FILES, LONG, A_DAY = 1_000, "C-2", 250
"""The case in the middle has so many files; a round looks at no more than some of them."""


class Record(Ledger):
    """Three cases. `asked` counts the files that were asked for, those that are `lost` are not there."""

    def __init__(self) -> None:
        self.asked: Counter[str] = Counter()
        self.chains: Counter[str] = Counter()
        self.lost: set[str] = set()

    def chain(self, name: str) -> StoredCase:
        reference = name.removeprefix("case#")
        self.chains[name] += 1
        number = FILES if reference == LONG else 1
        keys = (f"{reference}/{each}" for each in range(number))
        files = [NamedFile("mail", key, key, "", at, MONDAY) for at, key in enumerate(keys, 1)]
        return StoredCase([StoredEntry(1, name.encode(), {})], (), files=files)

    def letters(self, owner: str) -> Mapping[str, StoredLetter]:
        return {}

    def run(self, name: str) -> None:
        """None was sealed."""

    def digest(self, file: NamedFile, *, reads: bool) -> str | None:
        self.asked[file.key] += 1
        return None if file.key in self.lost else ""


class Clock:
    """There is time until so many files were looked at; `most` is how many were between two looks at it."""

    def __init__(self, record: Record) -> None:
        self._record, self._begun = record, record.asked.total()
        self._last, self.most = self._begun, 0

    def goes_on(self) -> bool:
        total = self._record.asked.total()
        self.most, self._last = max(self.most, total - self._last), total
        return total - self._begun < A_DAY


def rounds_of(record: Record) -> Iterator[tuple[Round, int]]:
    """A round each day, until one has verified all that was sealed; with the most files between two looks."""
    files, notes, signer, now = HeldEvidence(), HeldNotes(), HeldSigner(), MONDAY
    names = ("case#C-1", f"case#{LONG}", "case#C-3")
    notes.note(now, [ChainLeaf(name, 1, hash_of(name.encode())) for name in names])
    Sealing(files, signer, notes, URL, now + timedelta(hours=2)).run()
    trust = Trust({key_id(signer.public_key): signer.public_key}, notes.last)
    for _ in range(FILES):
        now += DAY
        clock = Clock(record)
        made = go_round(files, record, signer, trust, URL, now, clock.goes_on)
        yield made, clock.most
        if not made.new.after:
            return


def test_a_round_goes_on_within_a_case_and_looks_at_each_file() -> None:
    """Once: in the time that is left at last, what is older is looked at again."""
    record = Record()
    rounds = list(rounds_of(record))
    assert max(most for _, most in rounds) == A_BATCH
    assert len(record.asked) == FILES + 2
    assert record.asked.total() <= FILES + 2 + A_DAY
    assert [made.new.partly for made, _ in rounds] == [f"case#{LONG}"] * (len(rounds) - 1) + [""]
    assert sum(made.new.chains for made, _ in rounds) == 3
    # It is read once in each round, and once more for what is older.
    assert record.chains[f"case#{LONG}"] <= len(rounds) + 1


def test_what_differs_deep_in_a_case_is_named_by_the_round_that_comes_so_far() -> None:
    record = Record()
    record.lost = {f"{LONG}/777"}
    rounds = list(rounds_of(record))
    assert max(most for _, most in rounds) == A_BATCH * LOOKS
    named = [made.differences for made, _ in rounds if made.count]
    assert [[(each.what, each.harm, each.number) for each in found] for found in named] == [
        [("mail", "missing", 778)]
    ]
