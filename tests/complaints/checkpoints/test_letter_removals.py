"""Which letters of a case may be gone as they were sent, by what its facts say."""

import pytest

from complaints.audit_trail.hash_chain import Entry, StoredEntry, encode
from complaints.case.record.erasure import ErasureGround, PartyErased
from complaints.checkpoints.verification.ledger import StoredLetter, letter_removals
from tests.builders import MONDAY, PAULA

SENT = StoredLetter("sent", "d" * 64, "committed:x", lacks_words=True)


def entry_with(letters: tuple[str, ...] | None) -> StoredEntry:
    """An entry by which one of several people was erased."""
    fact = PartyErased(
        at=MONDAY, by=PAULA, party="j2", ground=ErasureGround.OBJECTED, entries=(2,), letters=letters
    )
    data = encode(Entry(reference="C-1", number=3, version=3, before="", facts=(fact,)))
    return StoredEntry(3, data, {})


@pytest.mark.parametrize(
    ("letters", "gone"),
    [(("000002.1",), ["000002.1"]), ((), []), (None, ["000001.1", "000002.1"])],
    ids=["those that it names", "none", "any, where it is of an earlier release"],
)
def test_s115_the_erasure_of_one_person_explains_the_letters_that_it_took(
    letters: tuple[str, ...] | None, gone: list[str]
) -> None:
    removals = letter_removals([entry_with(letters)])
    assert [id for id in ("000001.1", "000002.1") if removals.explain(id, SENT)] == gone
