"""The list of erasures after a restore: whoever was erased apart is erased again, and nobody else."""

import msgspec
import pytest

from complaints.audit_trail.hash_chain import hash_of
from complaints.commands.people.parties import AddComplainant
from complaints.erasure import erasure_list
from complaints.model.people.parties import LettersWanted
from complaints.model.record.erasure import ErasureGround
from functions.services.cases.erase_again import erase_again
from tests.builders import GRACE, MONDAY
from tests.complaints.checkpoints.fakes import HeldEvidence
from tests.faults.test_erasure import does
from tests.installation import Installation, opened


def listed(evidence: HeldEvidence, reference: str, party: str, entry: int, seal: str) -> None:
    one = erasure_list.ListedErasure(reference, MONDAY, ErasureGround.OBJECTED, party, entry, seal)
    evidence.put(f"erasures/2026/02/02/{reference}.{seal[:9]}.json", msgspec.json.encode(one), "")


@pytest.mark.iso10002("4 confidentiality")
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
        assert [*map(str, erase_again(installation.world))] == [f"{reference} ({party})"]
        assert installation.complaint(reference).joint == ()
        assert [*erase_again(installation.world)] == []
        last = installation.world.cases.entries(reference)
        erasure_list.add_parties(evidence, reference, last)
    found = [each for each in erasure_list.listed(evidence) if each.seal == hash_of(joined.data)]
    assert [(each.party, each.entry) for each in found] == [(party, joined.number)] * 2


def taken(installation: Installation) -> str:
    reference = installation.take("again")
    does(installation, reference, GRACE, AddComplainant(name="Eve Roth", letters=LettersWanted.NONE))
    return reference
