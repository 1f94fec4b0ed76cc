"""No false alarm: whatever people and machines ask for, in whatever order, what was sealed of it verifies.

The stream may tell twice, late and out of order, and hours may be missed; words are redacted, cases merged.
"""

from collections.abc import Mapping
from datetime import timedelta
from itertools import count
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from complaints.audit_trail.hash_chain import hash_of
from complaints.casework import verify_chain
from complaints.checkpoints.checkpoint_chain import Trust
from complaints.checkpoints.leaf import ChainLeaf, Leaf, LetterLeaf
from complaints.checkpoints.ledger import Ledger, StoredCase, StoredLetter, told_of
from complaints.checkpoints.sealing import Sealing
from complaints.checkpoints.signature import key_id
from complaints.checkpoints.verify import verify
from complaints.commands.case import LetterRefused, LetterTaken, Tick
from complaints.values.people import MACHINE
from tests.builders import Story, a_complaint, a_member
from tests.complaints.casework.test_any_sequence import PEOPLE, REFUSALS, STEPS, TRIED
from tests.complaints.checkpoints.fakes import HeldEvidence, HeldNotes, HeldSigner

URL = "https://complaints.example.org"
NOTHING, SEALED, TOLD_AGAIN = range(3)
DIGESTS = count(1)


class OneCase(Ledger):
    """A ledger of one case, whose letters are what the mail service said of them."""

    def __init__(self, story: Story) -> None:
        self.story = story
        self.stored: dict[str, StoredLetter] = {}

    def chain(self, name: str) -> StoredCase:
        entries = list(self.story.cases.entries(self.story.reference))
        flaws = [(flaw.number, flaw.harm) for flaw in verify_chain.flaws(self.story.build(), entries)]
        told, sent = told_of(entries)
        return StoredCase(entries, flaws, self.stored, told, sent)

    def letters(self, owner: str) -> Mapping[str, StoredLetter]:
        return self.stored


class History:
    """A case, a stream that tells of it, and its checkpoints."""

    def __init__(self) -> None:
        self.story = a_complaint().received()
        self.ledger = OneCase(self.story)
        self.files, self.notes, self.signer = HeldEvidence(), HeldNotes(), HeldSigner()
        self.noted: list[Leaf] = []
        self.told = 0

    def asks(self, command: Any, by: Any, step: timedelta) -> bool:
        before = self.story.build().number
        try:
            self.story.does(by, command, self.story.now + step, a_member("grace"))
        except REFUSALS:
            return False
        return self.story.build().number > before

    def answer(self, letter: Any, step: timedelta, *, taken: bool) -> None:
        """The mail service takes a letter, or refuses it: the letter and the fact say so together."""
        digest = f"{next(DIGESTS):064x}"
        if taken:
            command: Any = LetterTaken(
                letter=letter.id,
                kind=letter.kind,
                message_id="m",
                about=letter.about,
                digest=digest,
                recipient="committed:x",
            )
            after = StoredLetter("sent", digest, "committed:x")
        else:
            command = LetterRefused(letter=letter.id, kind=letter.kind, reason="gone", about=letter.about)
            after = StoredLetter("failed", "", "")
        if self.asks(command, MACHINE, step):
            self.ledger.stored[letter.id] = after
            line = f"{self.story.reference}/{letter.id}"
            self.tell([LetterLeaf(line, after.digest, after.recipient, after.state)])

    def follow(self) -> None:
        entries = self.story.cases.entries(self.story.reference)
        chain = f"case#{self.story.reference}"
        self.tell([ChainLeaf(chain, each.number, hash_of(each.data)) for each in entries[self.told :]])
        self.told = len(entries)

    def tell(self, leaves: list[Leaf]) -> None:
        self.noted += leaves
        self.notes.note(self.story.now, leaves)

    def tell_again(self) -> None:
        self.notes.note(self.story.now, reversed(self.noted))

    def seal(self) -> None:
        self.follow()
        now = self.story.now + timedelta(hours=2)
        Sealing(self.files, self.signer, self.notes, URL, now).run()

    def differences(self) -> list[object]:
        trust = Trust({key_id(self.signer.public_key): self.signer.public_key}, self.notes.last)
        return list(verify(self.files, self.ledger, trust).differences)


STEP = st.tuples(
    st.sampled_from([Tick(), *TRIED]), PEOPLE, STEPS, st.integers(NOTHING, TOLD_AGAIN), st.booleans()
)


def differences_after(steps: list[Any]) -> list[object]:
    """What verification finds of a case with this history, which is sealed now and then."""
    history = History()
    history.seal()
    for command, by, step, then, taken in steps:
        history.asks(command, by, step)
        if then == SEALED:
            history.seal()
        elif then == TOLD_AGAIN:
            history.tell_again()
        if history.story.cases.letters and taken:
            history.answer(history.story.cases.letters[-1], step, taken=len(steps) % 3 > 0)
    history.seal()
    return history.differences()


@settings(max_examples=300, deadline=None)
@given(st.lists(STEP, max_size=14))
def test_s118_what_was_sealed_of_an_honest_case_verifies(steps: list[Any]) -> None:
    assert differences_after(steps) == []


@pytest.mark.soak
@settings(max_examples=10_000, deadline=None, database=None)
@given(st.lists(STEP, max_size=40))
def test_what_was_sealed_of_ten_thousand_honest_cases_verifies(steps: list[Any]) -> None:
    assert differences_after(steps) == []
