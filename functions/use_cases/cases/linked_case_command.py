"""Staff commands that name another case: both are looked at in one read, and change together."""

from typing import TYPE_CHECKING, TypedDict

from msgspec.structs import replace

from complaints.audit_trail.hash_chain import inventory
from complaints.case.complaint import Complaint
from complaints.case.outcome.points import KnownPoint, PointRaised
from complaints.case.people.adjustments import KnownNeed
from complaints.case.process.receipt import Received
from complaints.case.record.links import CaseContents
from complaints.casework.people.contact_details import receipt_in_force
from complaints.casework.record.links import PairCommand
from complaints.casework.record.merging import Merge
from complaints.casework.record.repeats import are_of_one_person
from complaints.context.case import Case
from complaints.context.decision_context import Context, OtherCase
from complaints.handling.linked_case_service import CaseSide
from complaints.values.errors import Invalid, MistypedReference, Wrong
from functions.http import auth
from functions.serializers.parts import adjustments
from functions.serializers.parts.entries_with_texts import opened, opened_facts_of
from functions.use_cases.accounts import other_accounts
from functions.use_cases.cases.case_access import CaseAccess

if TYPE_CHECKING:
    from complaints.adapters.container import Container
    from complaints.context.stores import CaseStore
    from complaints.delivery.ports import Outbox


def run_two_case_command(deps: "Container", at: CaseAccess, command: PairCommand, version: int) -> Case:
    """The case after the command.

    Raises what `TwoCaseService` raises, and `Invalid` for a mistyped reference.
    """
    command = _read(command)

    def look() -> tuple[CaseSide, CaseSide | None]:
        return _look(deps, at, command)

    return deps.two_case_service.carry_out(look, command, expected=version, guard=at.guard)


def _read(command: PairCommand) -> PairCommand:
    """The command with the reference as it is stored."""
    try:
        return replace(command, **{command.names: auth.reference_in(command.other)})
    except MistypedReference:
        raise Invalid(Wrong(f"/{command.names}", "mistyped-case")) from None


def _look(deps: "Container", at: CaseAccess, command: PairCommand) -> tuple[CaseSide, CaseSide | None]:
    """How both stand now. A case that is not there for this member is none."""
    own = at.case.complaint.reference
    found = deps.cases.load_all({own, command.other})
    asked, named = found[own], found.get(command.other)
    if named is None or not auth.sees(deps.sites, at.member, named.complaint):
        return CaseSide(asked, _context(deps, at, asked, None)), None
    near = OtherCase(complaint=named.complaint)
    if isinstance(command, Merge):
        near = replace(
            near,
            is_one_person=_is_one_person(deps, asked, named),
            brings=_inventory(deps.cases, deps.outbox, asked),
            **_on_record(deps, asked.complaint),
        )
    back = OtherCase(complaint=asked.complaint)
    return CaseSide(asked, _context(deps, at, asked, near)), CaseSide(named, _context(deps, at, named, back))


def _context(deps: "Container", at: CaseAccess, case: Case, beside: OtherCase | None) -> Context:
    now = deps.now()
    return Context(
        now=now,
        by=at.by,
        terms=deps.sites.terms(case.complaint.site),
        other_case=beside,
        accounts=other_accounts(deps, case.complaint, at.by, now),
    )


def _is_one_person(deps: "Container", one: Case, other: Case) -> bool:
    """Whether the same person complains in both, by what they told; what was forgotten tells nothing."""
    receipts = [_receipt(deps, case) for case in (one, other)]
    return are_of_one_person(*filter(None, receipts))


def _receipt(deps: "Container", case: Case) -> Received | None:
    """What was told first, with the contact details in force."""
    complaint = case.complaint
    numbers = {1, *complaint.contact.numbers}
    facts = opened_facts_of(deps, complaint.reference, numbers, complaint.language)
    return receipt_in_force(facts, complaint.contact)


class OnRecord(TypedDict):
    """What comes along with a case that is merged."""

    needs: tuple[KnownNeed, ...]
    points: tuple[KnownPoint, ...]


def _on_record(deps: "Container", complaint: Complaint) -> OnRecord:
    """The adjustments and points of a case: one more read, where there are any. What was removed is none."""
    numbers = adjustments.entries(complaint) | {point.entry for point in complaint.points}
    facts = opened(deps.messages.of_entries(complaint.reference, numbers)) if numbers else []
    needs = adjustments.adjustments_view(complaint, facts)
    raised = [fact for _, fact in facts if isinstance(fact, PointRaised) and fact.text]
    return OnRecord(
        needs=tuple(KnownNeed(need.kind, need.details or None) for need in needs),
        points=tuple(
            KnownPoint(category=fact.category, text=fact.text, remedy_sought=fact.remedy_sought or None)
            for fact in raised
        ),
    )


def _inventory(cases: "CaseStore", outbox: "Outbox", case: Case) -> CaseContents:
    reference = case.complaint.reference
    letters = outbox.of_case(reference)
    return inventory(case.complaint, cases.entries(reference), len(letters))
