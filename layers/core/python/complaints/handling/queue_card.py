"""What a queue shows of a case besides its state: the name of the person and the subject."""

from collections.abc import Iterable

from msgspec.structs import replace

from complaints.case.fact import Fact
from complaints.case.people.contact_details import ContactCorrected
from complaints.case.record.erasure import ErasureRequested, PartyErased
from complaints.case.record.redaction import COMPLAINT_ITSELF, Redacted
from complaints.context.case import QueueCard


def card_after(card: QueueCard, facts: Iterable[Fact], *, is_sealed: bool = False) -> QueueCard:
    """What a queue shows of the case after these facts: of one that `is_sealed` no name."""
    for fact in facts:
        if isinstance(fact, Redacted) and fact.entry == COMPLAINT_ITSELF:
            card = replace(card, subject="", encrypted=b"")
        if isinstance(fact, ErasureRequested):
            card = QueueCard()
        if isinstance(fact, PartyErased) and fact.party == "complainant":
            card = replace(card, name="", encrypted=b"")
        if isinstance(fact, ContactCorrected) and fact.name is not None:
            card = replace(card, name=fact.name, encrypted=b"")
    return replace(card, name="") if is_sealed and card.name else card
