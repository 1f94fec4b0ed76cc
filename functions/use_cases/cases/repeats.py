"""Finds complaints that repeat an earlier one of the same person (indicator 20), as the stream tells of them.

The person is found by the search index, in which mail addresses stand as keyed hashes. What is found is a
fact of the later case, which holds no more than a reference.
"""

from collections.abc import Callable, Iterable, Sequence
from typing import TYPE_CHECKING

from complaints.audit_trail.hash_chain import StoredEntry
from complaints.case.complaint import Complaint
from complaints.case.fact import Fact
from complaints.case.outcome.classification import Classified
from complaints.case.outcome.feedback import Converted
from complaints.case.people.contact_details import ContactCorrected, MailAddressConfirmed, MailAddressProposed
from complaints.case.process.receipt import Received
from complaints.case.record.merging import Merged
from complaints.casework.people.contact_details import address_of
from complaints.casework.record.links import NoteRepeat
from complaints.casework.record.repeats import Compared, repeats
from complaints.context.case import Case
from complaints.context.decision_context import Context
from complaints.reporting.search.search_questions import read_question
from complaints.values.field_types import Feedback
from complaints.values.people import MACHINE
from complaints.values.text.normalization import match_key
from functions.serializers.parts.entries_with_texts import opened

if TYPE_CHECKING:
    from complaints.adapters.container import Container


TELLING = (Received, Converted, Classified, ContactCorrected, MailAddressConfirmed, Merged)
"""The facts that say whose a complaint is, and what it is about; after all others nothing is looked up."""

MOST = 50
"""Cases of an address that are compared, the latest received."""


def look(
    deps: "Container", read: Callable[[str], Sequence[StoredEntry]], reference: str, number: int
) -> None:
    """Compares a case with those of the same address, where its entry of this `number` says anything new.

    A head, a search, the heads and the words of what is found: three to six reads, and a write for each
    case of which something else is known then. After a change of the address as much for the former one.
    Raises `Unavailable`.
    """
    entries = read(reference)
    written = [entry for entry in entries if entry.number == number]
    if not any(isinstance(fact, TELLING) for _, fact in opened(written)):
        return
    case = deps.cases.load(reference)
    if case is None:
        return
    own = case.complaint
    facts = list(opened(entries))
    address = address_of(fact for at, fact in facts if at == own.contact.email)
    _compare(deps, case, address)
    if any(_is_new_address(fact) for at, fact in facts if at == number):
        former = _former_address(facts, address)
        if former:
            _compare(deps, case, former, is_former=True)


def _compare(deps: "Container", case: Case, address: str | None, *, is_former: bool = False) -> None:
    """Compares a case with those of an address. Of one that `is_former` only these can change: the case is
    none of them any more."""
    own = case.complaint
    reference = own.reference
    known = {reference: case}
    if address and own.feedback is Feedback.COMPLAINT:
        # Also of a case that became part of another: those that repeated it repeat another one, or none.
        page = deps.search.find((own.site,), read_question(address), after=None, limit=MOST)
        others = [each.row.reference for each in page.items if each.row.reference != reference]
        known |= deps.cases.load_all(others) if others else {}
    compared = _compared(deps, list(known.values()), address) if len(known) > 1 else []
    found = repeats(compared)
    for name in found if is_former else {reference, *found}:
        before = known[name].complaint.repeats
        # One that is known of a case which is not among these stays: there may be more than are compared.
        if found.get(name) != before and (before is None or before in known or name == reference):
            _note(deps, known[name], found.get(name))


def _is_new_address(fact: Fact) -> bool:
    return isinstance(fact, MailAddressConfirmed) or (isinstance(fact, ContactCorrected) and bool(fact.email))


def _former_address(facts: Iterable[tuple[int, Fact]], address: str | None) -> str | None:
    """The last address that held before this one; one that was proposed holds once it is confirmed."""
    held, proposed = [], None
    for _, fact in facts:
        if isinstance(fact, MailAddressProposed):
            proposed = address_of([fact])
        else:
            held.append(proposed if isinstance(fact, MailAddressConfirmed) else address_of([fact]))
    return next((each for each in reversed(held) if each and each != address), None)


def _compared(deps: "Container", cases: Sequence[Case], address: str | None) -> list[Compared]:
    """What is compared of those that have the address: one batch read of their words."""
    complaints = {each.complaint.reference: each.complaint for each in cases if _is_compared(each.complaint)}
    wanted = {name: {each.contact.email, _product_entry(each)} for name, each in complaints.items()}
    texts = deps.messages.of_cases(wanted)
    found = []
    for name, complaint in complaints.items():
        facts = opened(texts.get(name, ()))
        of_address = address_of(fact for at, fact in facts if at == complaint.contact.email)
        if of_address == address and complaint.received_at:
            product = _product(fact for at, fact in facts if at == _product_entry(complaint))
            found.append(Compared(name, complaint.received_at, complaint.category, product))
    return found


def _product_entry(complaint: Complaint) -> int:
    """The entry that names the product: that of staff, or the first."""
    return (complaint.classification and complaint.classification.product) or 1


def _product(facts: Iterable[Fact]) -> str | None:
    named = (fact.product for fact in facts if isinstance(fact, Received | Classified))
    return next((match_key(product) for product in named if product), None)


def _is_compared(complaint: Complaint) -> bool:
    return complaint.feedback is Feedback.COMPLAINT and complaint.merged_into is None


def _note(deps: "Container", case: Case, of: str | None) -> None:
    terms = deps.sites.terms(case.complaint.site)
    deps.casework.carry_out(case, NoteRepeat(of=of), Context(now=deps.now(), by=MACHINE, terms=terms))
