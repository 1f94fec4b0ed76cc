"""Staff commands that name another case: both are looked at in one read, and change together."""

from msgspec.structs import replace

from complaints.adapters.container import container
from complaints.audit_trail.inventory import inventory
from complaints.casework.two_case_service import CaseSide
from complaints.commands.two_cases import Merge, PairCommand
from complaints.context.case import Case
from complaints.context.context import Context
from complaints.context.other_case import OtherCase
from complaints.events.case import Received
from complaints.linked_cases.same_person import are_of_one_person
from complaints.model.links import CaseContents
from complaints.values.errors import Invalid, MistypedReference, Wrong
from functions.api.desk.case_access import CaseAccess
from functions.http import auth
from functions.serializers.opened_entries import opened_facts_of


def run_two_case_command(at: CaseAccess, command: PairCommand, version: int) -> Case:
    """The case after the command. Raises what `Pairwork` raises, and `Invalid` for a mistyped reference."""
    command = _read(command)

    def look() -> tuple[CaseSide, CaseSide | None]:
        return _look(at, command)

    return container().two_case_service.carry_out(look, command, expected=version, guard=at.guard)


def _read(command: PairCommand) -> PairCommand:
    """The command with the reference as it is stored."""
    try:
        return replace(command, **{command.names: auth.reference_in(command.other)})
    except MistypedReference:
        raise Invalid(Wrong(f"/{command.names}", "mistyped-case")) from None


def _look(at: CaseAccess, command: PairCommand) -> tuple[CaseSide, CaseSide | None]:
    """How both stand now. A case that is not there for this member is none."""
    own = at.case.complaint.reference
    found = container().cases.load_all({own, command.other})
    asked, named = found[own], found.get(command.other)
    if named is None or not auth.sees(at.member, named.complaint):
        return CaseSide(asked, _given(at, asked, None)), None
    near = OtherCase(complaint=named.complaint)
    if isinstance(command, Merge):
        near = replace(near, is_one_person=_is_one_person(asked, named), brings=_inventory(asked))
    back = OtherCase(complaint=asked.complaint)
    return CaseSide(asked, _given(at, asked, near)), CaseSide(named, _given(at, named, back))


def _given(at: CaseAccess, case: Case, beside: OtherCase | None) -> Context:
    deps = container()
    return Context(now=deps.now(), by=at.by, terms=deps.sites.terms(case.complaint.site), other_case=beside)


def _is_one_person(one: Case, other: Case) -> bool:
    """Whether the same person complains in both, by what they told; what was forgotten tells nothing."""
    told = [
        fact
        for case in (one, other)
        for _, fact in opened_facts_of(case.complaint.reference, {1}, case.complaint.language)
        if isinstance(fact, Received)
    ]
    return are_of_one_person(*told)


def _inventory(case: Case) -> CaseContents:
    deps = container()
    reference = case.complaint.reference
    letters = deps.outbox.of_case(reference)
    return inventory(case.complaint, deps.cases.entries(reference), len(letters))
