"""Words of letters that are gone: a restore explains those that it took, and no others."""

from datetime import datetime, timedelta
from typing import cast

import pytest

from complaints.checkpoints.leaf import LetterLeaf
from complaints.checkpoints.verification.chain_differences import Restore, Sealed, chain_differences
from complaints.checkpoints.verification.ledger import Ledger, StoredCase, StoredLetter, Told
from complaints.delivery.delivery_state import SENT
from tests.builders import MONDAY

NAME, LETTER, DIGEST, TO = "C-7K3M9-QX2HT-7", "000001.1", "d" * 64, "r" * 64
HOUR = timedelta(hours=1)
RESTORE = Restore(to=MONDAY, at=MONDAY + 2 * HOUR)


class OneCase:
    """A record that holds one case, with a letter whose words are gone."""

    def __init__(self, noted_at: datetime) -> None:
        self._case = StoredCase(
            (),
            (),
            {LETTER: StoredLetter(SENT, DIGEST, TO, lacks_words=True)},
            {LETTER: Told(SENT, DIGEST, TO, noted_at)},
            {LETTER: frozenset({DIGEST})},
        )

    def chain(self, name: str) -> StoredCase:
        return self._case


@pytest.mark.parametrize(
    ("noted_at", "harms"),
    [(MONDAY + HOUR, []), (MONDAY - HOUR, ["words-missing"]), (MONDAY + 3 * HOUR, ["words-missing"])],
)
def test_words_are_missing_unless_the_letter_was_put_on_record_by_a_restore(
    noted_at: datetime, harms: list[str]
) -> None:
    sealed = Sealed([], [(LetterLeaf(f"{NAME}/{LETTER}", DIGEST, TO, SENT), "2026/11/30T08")], [])
    ledger = cast("Ledger", OneCase(noted_at))
    found = chain_differences(f"case#{NAME}", sealed, ledger, [RESTORE])
    assert [each.harm for each in found.differences] == harms
