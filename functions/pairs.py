"""Staff commands that name another case: both are looked at in one read, and change together."""

from msgspec.structs import replace

from complaints.case import Case
from complaints.facts import Received
from complaints.given import Given
from complaints.inventory import inventory
from complaints.pairs.beside import Beside
from complaints.pairs.likeness import are_of_one_person
from complaints.pairs.pair_commands import Merge, PairCommand
from complaints.pairs.pairwork import Side
from complaints.pairs.ties import Belongings
from complaints.refusals import Invalid, MistypedReference, Wrong
from complaints.world.assemble import world
from functions import doors
from functions.entries import said
from functions.staffroom import AtWork


def carried_out(at: AtWork, command: PairCommand, version: int) -> Case:
    """The case after the command. Raises what `Pairwork` raises, and `Invalid` for a mistyped reference."""
    command = _read(command)

    def look() -> tuple[Side, Side | None]:
        return _look(at, command)

    return world().pairwork.carry_out(look, command, expected=version, guard=at.guard)


def _read(command: PairCommand) -> PairCommand:
    """The command with the reference as it is stored."""
    try:
        return replace(command, **{command.names: doors.reference_in(command.other)})
    except MistypedReference:
        raise Invalid(Wrong(f"/{command.names}", "mistyped-case")) from None


def _look(at: AtWork, command: PairCommand) -> tuple[Side, Side | None]:
    """How both stand now. A case that is not there for this member is none."""
    own = at.case.complaint.reference
    found = world().cases.load_all({own, command.other})
    asked, named = found[own], found.get(command.other)
    if named is None or not doors.sees(at.member, named.complaint):
        return Side(asked, _given(at, asked, None)), None
    near = Beside(complaint=named.complaint)
    if isinstance(command, Merge):
        near = replace(near, is_one_person=_is_one_person(asked, named), brings=_inventory(asked))
    back = Beside(complaint=asked.complaint)
    return Side(asked, _given(at, asked, near)), Side(named, _given(at, named, back))


def _given(at: AtWork, case: Case, beside: Beside | None) -> Given:
    here = world()
    return Given(now=here.now(), by=at.by, terms=here.sites.terms(case.complaint.site), beside=beside)


def _is_one_person(one: Case, other: Case) -> bool:
    """Whether the same person complains in both, by what they told; what was forgotten tells nothing."""
    told = [
        fact
        for case in (one, other)
        for _, fact in said(case.complaint.reference, {1}, case.complaint.language)
        if isinstance(fact, Received)
    ]
    return are_of_one_person(*told)


def _inventory(case: Case) -> Belongings:
    here = world()
    reference = case.complaint.reference
    letters = here.letterbox.of_case(reference)
    return inventory(case.complaint, here.cases.entries(reference), len(letters))
