"""The card of a case whose key was not read keeps nothing that a fact removes."""

from typing import Any

import pytest

from complaints.case.fact import Fact
from complaints.case.people.contact_details import ContactCorrected
from complaints.case.record.erasure import ErasureGround, ErasureRequested, PartyErased
from complaints.case.record.redaction import COMPLAINT_ITSELF, Redacted
from complaints.context.case import QueueCard
from complaints.handling.queue_card import card_after
from tests.builders import MONDAY, PAULA

UNREAD = QueueCard(encrypted=b"\x01...")
WHEN: dict[str, Any] = {"at": MONDAY, "by": PAULA}


@pytest.mark.parametrize(
    ("fact", "left"),
    [
        (Redacted(**WHEN, entry=COMPLAINT_ITSELF, reason=""), QueueCard()),
        (Redacted(**WHEN, entry=2, reason=""), UNREAD),
        (PartyErased(**WHEN, party="complainant", ground=ErasureGround.OBJECTED, entries=(1,)), QueueCard()),
        (PartyErased(**WHEN, party="j2", ground=ErasureGround.OBJECTED, entries=(1,)), UNREAD),
        (ContactCorrected(**WHEN, reason="", name="Ngozi"), QueueCard(name="Ngozi")),
        (ErasureRequested(**WHEN, ground=ErasureGround.OBJECTED), QueueCard()),
    ],
)
def test_what_cannot_be_read_goes_with_what_it_may_say(fact: Fact, left: QueueCard) -> None:
    assert card_after(UNREAD, [fact]) == left
