"""The list of erasures after a restore: whoever was erased apart is erased again, and nobody else."""

from datetime import timedelta

import msgspec

from complaints import erasure
from complaints.adapters.container import container, use_container
from complaints.audit_trail.hash_chain import hash_of
from complaints.case.people.parties import AuthorityStep, LettersWanted
from complaints.case.record.erasure import ErasureGround
from complaints.casework.people.joint_complaints import AddComplainant
from complaints.casework.people.parties import Represent
from complaints.casework.process.closing import Withdraw
from complaints.casework.record.party_erasure import ErasePartyAgain
from complaints.context.decision_context import Context
from complaints.values.people import COMPLAINANT, MACHINE
from functions.use_cases.cases.erase_again import erase_again, waiting
from functions.use_cases.cases.party_passages import passages_of
from functions.workers import checkpoints
from infrastructure.cli.data.erase_again import erased
from infrastructure.deployment.open_container import open_to_erase
from tests.builders import GRACE, MONDAY
from tests.complaints.checkpoints.fakes import HeldEvidence, HeldSigner
from tests.faults.test_erasure import does
from tests.installation import Installation, opened


def listed(evidence: HeldEvidence, reference: str, party: str, entry: int, seal: str) -> None:
    one = erasure.ListedErasure(reference, MONDAY, ErasureGround.OBJECTED, party, entry, seal)
    evidence.put(f"erasures/2026/02/02/{reference}.{seal[:9]}.json", msgspec.json.encode(one), "")


def sealed(installation: Installation, evidence: HeldEvidence) -> None:
    """All that is listed is in the next checkpoint."""
    world = installation.world
    world.signer = HeldSigner()
    world.checkpoint_notes.note(world.now(), [leaf for _, leaf in erasure.listed(evidence)])
    installation.clock.moment += timedelta(hours=2)
    checkpoints.seal(world)
    installation.clock.moment -= timedelta(hours=2)


def test_after_a_restore_the_same_person_is_erased_and_not_whoever_has_the_name_now(table: str) -> None:
    evidence = HeldEvidence()
    with opened(table, evidence=evidence) as installation:
        reference = taken(installation)
        entries = installation.world.cases.entries(reference)
        joined = next(each for each in entries if b"ComplainantJoined" in each.data)
        party = f"j{joined.number}"
        listed(evidence, reference, party, joined.number, "0" * 64)
        assert [*erase_again(installation.world)] == []
        assert [each.id for each in installation.complaint(reference).joint] == [party]
        listed(evidence, reference, party, joined.number, hash_of(joined.data))
        sealed(installation, evidence)
        assert [*map(str, erase_again(installation.world))] == [f"{reference} ({party})"]
        assert installation.complaint(reference).joint == ()
        assert [*erase_again(installation.world)] == []
        assert [*erased(is_check=False, unsealed=False)] == ["Nothing on the list is still to be erased."]
        last = installation.world.cases.entries(reference)
        erasure.add_all(evidence, reference, last)
    found = [each for each, _ in erasure.listed(evidence) if each.seal == hash_of(joined.data)]
    assert [(each.party, each.entry) for each in found] == [(party, joined.number)] * 2


def planted(evidence: HeldEvidence, reference: str) -> None:
    one = erasure.ListedErasure(reference, MONDAY, ErasureGround.OBJECTED)
    evidence.put(f"erasures/2026/02/02/{reference}.json", msgspec.json.encode(one), "")


def test_an_erasure_that_is_planted_in_the_list_is_named_and_destroys_nothing(table: str) -> None:
    """Neither as it lies there, nor for whoever takes what no checkpoint holds: the case never ended."""
    evidence = HeldEvidence()
    with opened(table, evidence=evidence) as installation:
        reference = taken(installation)
        sealed(installation, evidence)
        planted(evidence, reference)
        assert [refused for _, refused in waiting(installation.world)] == ["unsealed"]
        assert [each.refused for each in erase_again(installation.world)] == ["unsealed"]
        assert [each.refused for each in erase_again(installation.world, unsealed=True)] == ["open"]
        assert installation.complaint(reference).erasure is None


def test_an_erasure_of_before_checkpoints_held_them_waits_for_somebody_to_look_at_it(table: str) -> None:
    evidence = HeldEvidence()
    with opened(table, evidence=evidence) as installation:
        reference = taken(installation)
        does(installation, reference, COMPLAINANT, Withdraw())
        planted(evidence, reference)
        assert [each.refused for each in erase_again(installation.world)] == ["unsealed"]
        assert [each.refused for each in erase_again(installation.world, unsealed=True)] == [None]
        assert installation.complaint(reference).erasure


def test_what_was_told_anew_after_the_erasure_stays(table: str) -> None:
    evidence, represented = HeldEvidence(), "represented"
    with opened(table, evidence=evidence) as installation:
        reference = taken(installation)
        for name in ("Ada Roth", "Cem Roth"):
            does(installation, reference, GRACE, Represent(represented=name, authority=AuthorityStep.CHECKED))
            if name == "Ada Roth":
                erase = ErasePartyAgain(party=represented, ground=ErasureGround.OBJECTED)
                carried_out(installation, reference, erase)
                erasure.add_all(evidence, reference, installation.world.cases.entries(reference))
                sealed(installation, evidence)
        told = installation.world.cases.entries(reference)
        assert [each.party for each, _ in erasure.listed(evidence)] == [represented]
        assert [*erase_again(installation.world)] == []
        assert installation.world.cases.entries(reference) == told


def test_the_mails_of_a_person_are_looked_for_where_they_lie(table: str) -> None:
    open_to_erase(table, evidence="the-evidence", files="the-files")
    here = container().settings
    use_container(None)
    assert (here.table, here.evidence, here.files) == (table, "the-evidence", "the-files")


def carried_out(installation: Installation, reference: str, command: ErasePartyAgain) -> None:
    world = installation.world
    case = world.cases.load(reference)
    assert case is not None
    passages = tuple(passages_of(world, command.party, case.complaint))
    context = Context(now=world.now(), by=MACHINE, terms=world.sites.terms("demo"), passages=passages)
    world.casework.carry_out(case, command, context)


def taken(installation: Installation) -> str:
    reference = installation.take("again")
    does(installation, reference, GRACE, AddComplainant(name="Eve Roth", letters=LettersWanted.NONE))
    return reference
