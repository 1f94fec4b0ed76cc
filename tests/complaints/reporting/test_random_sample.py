"""A sample is drawn by a rule that anybody can follow, and each case is as likely as any other."""

import hashlib
from collections import Counter

import pytest

from complaints.reporting.random_sample import drawn

CASES = [f"C-{number:05d}" for number in range(40)]


@pytest.mark.iso10002("8.5 auditing: sample")
def test_anybody_draws_the_same_sample_with_nothing_but_a_hash() -> None:
    by_hand = sorted(CASES, key=lambda case: hashlib.sha256(b"spring|" + case.encode()).hexdigest())[:5]
    assert list(drawn("spring", CASES, 5)) == by_hand
    assert drawn("spring", reversed(CASES + CASES), 5) == tuple(by_hand)


def test_another_seed_draws_others() -> None:
    assert drawn("spring", CASES, 5) != drawn("autumn", CASES, 5)


def test_all_are_drawn_where_there_are_no_more() -> None:
    assert set(drawn("spring", CASES, 100)) == set(CASES)


def test_each_case_is_as_likely_as_any_other() -> None:
    """Of 400 samples of ten in forty, each case is expected in a hundred; six standard deviations are 52."""
    times = Counter(case for seed in range(400) for case in drawn(str(seed), CASES, 10))
    assert all(48 <= times[case] <= 152 for case in CASES)
