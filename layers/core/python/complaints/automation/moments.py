"""The moments of a case: what it was after each of its entries, as conditions ask for it."""

from collections.abc import Iterator, Sequence
from datetime import datetime

from msgspec import Struct

from complaints.audit_trail import hash_chain
from complaints.audit_trail.hash_chain import StoredEntry
from complaints.case.complaint import Complaint
from complaints.case.correspondence.inbound_mail import MailJoined
from complaints.case.correspondence.messages import MessageReceived
from complaints.case.fact import Fact
from complaints.case.outcome.classification import Classified
from complaints.case.process.escalation import DecisionRefused
from complaints.case.process.receipt import Received
from complaints.casework.record.details import told_in_force
from complaints.handling.replay import replay
from complaints.reporting.search.search_words import in_order
from complaints.values.own_fields import read_stored
from complaints.values.people import Actor

MOST_LETTERS = 100_000
"""Code points of what a complainant said in all that are looked at."""

_SAID: dict[type[Fact], tuple[str, ...]] = {
    Received: ("subject", "description", "remedy_sought", "danger_details"),
    MessageReceived: ("text",),
    MailJoined: ("text",),
    DecisionRefused: ("reason",),
}
"""Where the words of the complainant stand."""


class Moment(Struct, frozen=True, kw_only=True):
    """A case after its entry `number`, which was made `at` a time `by` somebody.

    `said` are the complainant's words up to then, `products` those of the product, each as `in_order` gives
    them. `tags` and `fields` (answers by the codes of own fields) are those that held then. `receipt` is what
    was told, with the details in force.
    """

    number: int
    at: datetime
    by: Actor
    complaint: Complaint
    said: str = " "
    products: str = " "
    tags: tuple[str, ...] = ()
    receipt: Received | None = None

    @property
    def fields(self) -> dict[str, str]:
        return read_stored(self.receipt.own_fields) if self.receipt else {}


def moments(reference: str, entries: Sequence[StoredEntry]) -> Iterator[Moment]:
    """The moments of a case, the oldest first. The cost grows with its length; each text is read once.

    Raises `msgspec.MsgspecError` for an entry that is none.
    """
    told: list[tuple[int, Fact]] = []
    said = products = ""
    for stored, complaint in zip(entries, replay(reference, entries), strict=True):
        facts = [
            hash_chain.opened(fact, place, stored.private) for place, fact in hash_chain.known(stored.data)
        ]
        told += [(stored.number, fact) for fact in facts]
        words = [
            text for fact in facts for name in _SAID.get(type(fact), ()) if (text := getattr(fact, name))
        ]
        if words and len(said) < MOST_LETTERS:
            said += in_order("\n".join(words)[: MOST_LETTERS - len(said)])
        products += "".join(
            in_order(fact.product)
            for fact in facts
            if isinstance(fact, Received | Classified) and fact.product
        )
        yield Moment(
            number=stored.number,
            at=facts[0].at,
            by=facts[0].by,
            complaint=complaint,
            said=said,
            products=products,
            tags=_tags(told, complaint),
            receipt=told_in_force(told, complaint),
        )


def _tags(told: Sequence[tuple[int, Fact]], complaint: Complaint) -> tuple[str, ...]:
    entry = complaint.classification.tags if complaint.classification else None
    if entry is None:
        return ()
    tags = [fact.tags for number, fact in told if number == entry and isinstance(fact, Classified)]
    return tuple(tag for text in tags[-1:] if text for tag in text.split(", "))
