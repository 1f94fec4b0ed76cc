"""A proof of work by a key in generations."""

import pytest
from msgspec import to_builtins

from complaints.values.errors import ProofRefused
from complaints.values.key_ring import KeyRing
from functions.use_cases.submission import proof_of_work
from functions.use_cases.submission.proof_of_work import new_challenge
from infrastructure.local.demonstration.client import proof_of
from tests.builders import MONDAY

FIRST = KeyRing.of(b"k" * 32)


@pytest.mark.parametrize("signed_by", [FIRST, FIRST.rotated(b"1" * 32, 2)])
def test_a_challenge_of_each_valid_generation_is_solved(signed_by: KeyRing) -> None:
    proof = proof_of(to_builtins(new_challenge(signed_by, "demo", MONDAY)))
    now = FIRST.rotated(b"1" * 32, 2)
    assert proof_of_work.check(proof, now, "demo", MONDAY).id
    with pytest.raises(ProofRefused):
        proof_of_work.check(proof, KeyRing.of(b"o" * 32), "demo", MONDAY)
