"""What other complaints of a person say of needs and of authority, which a case does not have on record.

It is offered to staff, and nothing is taken over by itself: an address that somebody typed does not show who
complains, and what stands in a case is told to whoever holds its link.
"""

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING

from msgspec import Struct

from complaints.case.complaint import Complaint
from complaints.case.fact import Fact
from complaints.case.people.adjustments import AdjustmentKind
from complaints.case.people.parties import RepresentationRecorded
from complaints.casework.record.details import told_in_force
from functions.serializers.field_types import Reference
from functions.serializers.parts import adjustments
from functions.serializers.parts.adjustments import adjustments_view
from functions.serializers.parts.entries_with_texts import opened_facts_of_cases

if TYPE_CHECKING:
    from complaints.adapters.container import Container


class PersonNeed(Struct, frozen=True, kw_only=True):
    """An adjustment that is on record in another complaint of the person, the latest with it."""

    reference: Reference
    adjustment: AdjustmentKind
    details: str | None


class PersonAuthority(Struct, frozen=True, kw_only=True):
    """For whom the person acts in another complaint, by an authority that was checked and holds."""

    reference: Reference
    represented: str | None
    relation: str | None
    until: date | None
    evidence: str | None


class EarlierRecord(Struct, frozen=True, kw_only=True):
    """What other complaints have on record that this one has not."""

    needs: list[PersonNeed]
    authority: list[PersonAuthority]


def earlier_record(
    deps: "Container", own: Complaint, others: Sequence[Complaint], today: date, language: str
) -> EarlierRecord:
    """What the others have, of which the latest is the first: one more read where there is any."""
    needing = [each for each in others if _new_needs(own, each)]
    acting = [
        each for each in others if own.authority is None and each.authority and each.authority.holds(today)
    ]
    numbers: dict[str, frozenset[int]] = {each.reference: adjustments.entries(each) for each in needing}
    for each in acting:
        held = {each.authority.entry} if each.authority else set()
        numbers[each.reference] = numbers.get(each.reference, frozenset()) | each.contact.numbers | {1} | held
    facts = opened_facts_of_cases(deps, numbers, language) if numbers else {}
    needs: dict[AdjustmentKind, PersonNeed] = {}
    for each in needing:
        for need in adjustments_view(each, facts.get(each.reference, [])):
            if need.kind in _new_needs(own, each):
                found = PersonNeed(reference=each.reference, adjustment=need.kind, details=need.details)
                needs.setdefault(need.kind, found)
    authority = [_authority(each, facts.get(each.reference, [])) for each in acting]
    return EarlierRecord(needs=list(needs.values()), authority=authority)


def _new_needs(own: Complaint, other: Complaint) -> set[AdjustmentKind]:
    return {need.kind for need in other.adjustments if not own.needs(need.kind)}


def _authority(complaint: Complaint, facts: Sequence[tuple[int, Fact]]) -> PersonAuthority:
    receipt = told_in_force(facts, complaint)
    entry = complaint.authority.entry if complaint.authority else 0
    recorded = (fact for number, fact in facts if number == entry)
    return PersonAuthority(
        reference=complaint.reference,
        represented=receipt.represented if receipt else None,
        relation=receipt.relation if receipt else None,
        until=complaint.authority.until if complaint.authority else None,
        evidence=next((fact.evidence for fact in recorded if isinstance(fact, RepresentationRecorded)), None),
    )
