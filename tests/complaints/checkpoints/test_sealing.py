"""What is sealed, and that no run that dies, comes late or comes twice breaks the chain of checkpoints."""

import gzip
from contextlib import suppress
from datetime import UTC, datetime, timedelta

import pytest

from complaints.checkpoints.leaf import ChainLeaf, HeadLeaf, HourLeaf, Leaf, LetterLeaf, read_leaf
from complaints.checkpoints.merkle_tree import MerkleTree
from complaints.checkpoints.places import checkpoint_key, checkpoint_name, kind_of, leaves_key
from complaints.checkpoints.ports import Last
from complaints.checkpoints.sealing import Sealed, Sealing, ends_of
from complaints.checkpoints.signature import is_signed, key_id
from complaints.checkpoints.statement import (
    Statement,
    from_stored,
    hash_of,
    read_statement,
    statement_bytes,
    to_stored,
)
from tests.complaints.checkpoints.fakes import HeldEvidence, HeldNotes, HeldSigner

NOON = datetime(2026, 11, 28, 12, 5, tzinfo=UTC)
HOUR = timedelta(hours=1)
ENTRY = ChainLeaf("case#C-1", 1, "aa")
LETTER = LetterLeaf("C-1/000001.1", "bb", "committed:c", "sent")


class Installation:
    """A table's notes, a bucket and a key."""

    def __init__(self) -> None:
        self.files, self.notes, self.signer = HeldEvidence(), HeldNotes(), HeldSigner()

    def seal(self, now: datetime) -> Sealed:
        return Sealing(self.files, self.signer, self.notes, "https://c.example", now).run()

    def hours(self) -> list[Statement]:
        return [
            read_statement(from_stored(self.files.files[key])[0])
            for key in self.files.keys("checkpoints/")
            if kind_of(key) == "hour"
        ]

    def leaves(self, statement: Statement) -> list[Leaf]:
        lines = gzip.decompress(self.files.files[leaves_key(statement)]).splitlines()
        assert MerkleTree(lines).root.hex() == statement.root
        return [read_leaf(line) for line in lines]


@pytest.fixture
def installation() -> Installation:
    return Installation()


def test_what_was_noted_in_an_hour_is_sealed_after_it(installation: Installation) -> None:
    installation.notes.note(NOON - timedelta(minutes=10), [ENTRY, LETTER])
    installation.notes.note(NOON, [ChainLeaf("case#C-1", 2, "ab")])
    (made,) = installation.seal(NOON).made
    assert (made.since, made.until) == (NOON.replace(hour=11, minute=0), NOON.replace(minute=0))
    assert installation.leaves(made) == [ENTRY, LETTER]
    stored = installation.files.files["checkpoints/2026/11/28T11.json"]
    assert is_signed(*from_stored(stored), installation.signer.public_key)
    assert installation.files.files[f"keys/{made.key}.pem"] == installation.signer.public_key


def test_the_first_checkpoint_has_all_that_was_noted_before(installation: Installation) -> None:
    installation.notes.note(NOON - 30 * HOUR, [ENTRY])
    assert installation.leaves(installation.seal(NOON).made[0]) == [ENTRY]


def test_each_checkpoint_names_the_one_before_and_an_hour_without_news_has_one_too(
    installation: Installation,
) -> None:
    first = installation.seal(NOON).made[0]
    second = installation.seal(NOON + HOUR).made[0]
    assert second.previous == hash_of(statement_bytes(first))
    assert (second.since, second.size, first.previous) == (first.until, 0, "")


def test_within_the_hour_and_its_grace_nothing_is_sealed(installation: Installation) -> None:
    installation.seal(NOON)
    assert installation.seal(NOON + timedelta(minutes=57)).made == ()


def test_a_late_run_seals_all_the_hours_that_it_missed_at_once(installation: Installation) -> None:
    installation.seal(NOON)
    installation.notes.note(NOON + HOUR, [ENTRY])
    installation.notes.note(NOON + 3 * HOUR, [LETTER])
    made = installation.seal(NOON + 5 * HOUR).made[0]
    assert made.until - made.since == 5 * HOUR
    assert installation.leaves(made) == [ENTRY, LETTER]
    assert [each.since for each in installation.hours()][1] == installation.hours()[0].until


def test_a_day_that_is_over_has_a_checkpoint_of_its_hours(installation: Installation) -> None:
    for hours in range(14):
        made = installation.seal(NOON + hours * HOUR).made
    day = next(each for each in made if each.kind == "day") if len(made) > 1 else None
    days = [key for key in installation.files.keys("checkpoints/") if kind_of(key) == "day"]
    assert days == ["checkpoints/2026/11/28.json"]
    statement = read_statement(from_stored(installation.files.files[days[0]])[0])
    assert day is None or day == statement
    hours_of_day = [each for each in installation.hours() if each.since.day == 28]
    assert installation.leaves(statement) == [
        HourLeaf(checkpoint_name("hour", each.since), hash_of(statement_bytes(each))) for each in hours_of_day
    ]


class Died(Exception):
    """The run was ended."""


@pytest.mark.parametrize("after", range(5))
def test_a_run_that_dies_anywhere_is_gone_on_with(
    installation: Installation, monkeypatch: pytest.MonkeyPatch, after: int
) -> None:
    """What is noted in between is in it or in the next one; no statement is ever replaced."""
    installation.seal(NOON)
    installation.notes.note(NOON + timedelta(minutes=20), [ENTRY])
    writes = iter(range(after))
    put, keep = installation.files.put, installation.notes.keep_last_checkpoint

    def dying(write: object) -> object:
        def write_or_die(*arguments: object) -> object:
            if next(writes, None) is None:
                raise Died
            return write(*arguments)  # type: ignore[operator]

        return write_or_die

    with monkeypatch.context() as patch:
        patch.setattr(installation.files, "put", dying(put))
        patch.setattr(installation.notes, "keep_last_checkpoint", dying(keep))
        with suppress(Died):
            installation.seal(NOON + HOUR)
    before = dict(installation.files.files)
    sealed = installation.seal(NOON + HOUR + timedelta(minutes=10))
    assert not sealed.rolled_back
    assert before.items() <= installation.files.files.items()
    assert [len(installation.leaves(each)) for each in installation.hours()] == [0, 1]
    following = installation.seal(NOON + 2 * HOUR).made[0]
    assert following.previous == hash_of(statement_bytes(installation.hours()[1]))


def test_of_two_runs_at_once_the_first_statement_stays(installation: Installation) -> None:
    installation.seal(NOON)
    files = dict(installation.files.files)
    again = Installation()
    again.files, again.notes.noted = installation.files, [(NOON - HOUR, ENTRY)]
    again.seal(NOON)
    assert files.items() <= installation.files.files.items()


def test_a_checkpoint_that_is_gone_is_told_and_its_hour_is_not_sealed_anew(
    installation: Installation,
) -> None:
    installation.seal(NOON)
    gone = installation.seal(NOON + HOUR).made[0]
    del installation.files.files["checkpoints/2026/11/28T12.json"]
    sealed = installation.seal(NOON + 2 * HOUR)
    assert sealed.rolled_back
    assert sealed.made[0].previous == hash_of(statement_bytes(gone))
    assert sealed.made[0].since == gone.until


def forged(installation: Installation, since: datetime, until: datetime, number: int = 2) -> str:
    """A file in the place of a checkpoint, signed by the key of this number."""
    signer = HeldSigner(number)
    data = statement_bytes(
        Statement(
            kind="hour",
            installation="https://c.example",
            since=since,
            until=until,
            size=0,
            root="",
            previous="",
            key=key_id(signer.public_key),
        )
    )
    key = checkpoint_key("hour", since)
    installation.files.files[key] = to_stored(data, signer.sign(data))
    return key


def test_what_nobody_of_ours_signed_and_what_lies_ahead_does_not_stop_the_sealing(
    installation: Installation,
) -> None:
    first = installation.seal(NOON).made[0]
    ahead = forged(installation, first.until + 9 * HOUR, first.until + 10 * HOUR, number=1)
    stranger = forged(installation, first.until, first.until + 99 * HOUR)
    unreadable = checkpoint_key("hour", first.until - 3 * HOUR)
    installation.files.files[unreadable] = b"{}"
    installation.notes.note(NOON + timedelta(minutes=1), [ENTRY])
    blocked = installation.seal(NOON + HOUR)
    assert (blocked.made, set(blocked.doubtful)) == ((), {ahead, stranger, unreadable})
    made = installation.seal(NOON + 2 * HOUR).made[0]
    assert (made.since, made.previous) == (first.until + HOUR, hash_of(statement_bytes(first)))
    assert installation.leaves(made) == [ENTRY]


def test_a_file_in_the_place_of_a_day_leaves_its_hours_to_the_next_day(installation: Installation) -> None:
    hour = installation.seal(NOON).made[0]
    installation.files.files[checkpoint_key("day", NOON)] = b"{}"
    assert [each.kind for each in installation.seal(NOON + 24 * HOUR).made] == ["hour"]
    _, day = installation.seal(NOON + 48 * HOUR).made
    assert (day.kind, day.since.day) == ("day", 29)
    assert HourLeaf(
        checkpoint_name("hour", hour.since), hash_of(statement_bytes(hour))
    ) in installation.leaves(day)


def test_what_the_table_says_of_a_checkpoint_that_is_still_to_come_is_not_gone_on_from(
    installation: Installation,
) -> None:
    installation.seal(NOON)
    installation.notes.last = Last(NOON + 99 * HOUR, "aa")
    sealed = installation.seal(NOON + HOUR)
    assert (sealed.rolled_back, len(sealed.made)) == (True, 1)


def test_of_each_chain_the_last_entry_is_sealed_and_every_seal_of_one_that_was_changed() -> None:
    noted: list[Leaf] = [ENTRY, ChainLeaf("case#C-1", 2, "ab"), ChainLeaf("site#demo", 4, "ac"), LETTER]
    assert set(ends_of(noted)) == {*noted[1:]}
    changed = ChainLeaf("case#C-1", 1, "ff")
    assert set(ends_of([*noted, changed])) == {*noted, changed}


def test_of_each_case_the_last_state_is_sealed_and_each_that_was_written_without_an_entry() -> None:
    states = [HeadLeaf("case#C-1", number, "aa") for number in (1, 2)]
    assert set(ends_of([ENTRY, *states])) == {ENTRY, states[1]}
    again = HeadLeaf("case#C-1", 2, "ff")
    assert set(ends_of([*states, states[1], again])) == {states[1], again}
