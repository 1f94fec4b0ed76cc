"""No false alarm: whatever people and machines ask for, in whatever order, what was sealed of it verifies."""

from collections import Counter
from typing import Any

import pytest
from hypothesis import given, seed, settings
from hypothesis import strategies as st

from tests.evidence.honest_histories import STEP, History, Then, lived
from tests.evidence.verifier import Bare


@settings(max_examples=300, deadline=None)
@given(st.lists(STEP, max_size=14))
def test_s118_what_was_sealed_of_an_honest_case_verifies(steps: list[Any]) -> None:
    assert lived(steps).differences() == []


@settings(max_examples=15, deadline=None)
@given(st.lists(STEP, max_size=14))
def test_s118_what_was_sealed_of_an_honest_case_verifies_offline(
    bare: Bare, tmp_path_factory: pytest.TempPathFactory, steps: list[Any]
) -> None:
    told = lived(steps).offline(bare, tmp_path_factory.mktemp("copies"))
    assert told.endswith("EVERYTHING FITS.\n"), told


@pytest.mark.soak
@settings(max_examples=500, deadline=None, database=None)
@given(st.lists(STEP, max_size=40))
def test_what_was_sealed_of_five_hundred_honest_cases_verifies_offline(
    bare: Bare, tmp_path_factory: pytest.TempPathFactory, steps: list[Any]
) -> None:
    told = lived(steps).offline(bare, tmp_path_factory.mktemp("copies"))
    assert told.endswith("EVERYTHING FITS.\n"), told


@pytest.mark.soak
@settings(max_examples=10_000, deadline=None, database=None)
@given(st.lists(STEP, max_size=40))
def test_what_was_sealed_of_ten_thousand_honest_cases_verifies(steps: list[Any]) -> None:
    assert lived(steps).differences() == []


def test_histories_hold_races_merges_erasures_and_restores() -> None:
    """What is told of them would else be of cases in which none of it happened."""
    happened: Counter[Then] = Counter()

    @seed(118)
    @settings(max_examples=60, deadline=None, database=None)
    @given(st.lists(STEP, min_size=10, max_size=14))
    def live(steps: list[Any]) -> None:
        happened.update(lived(steps).happened)

    live()

    for each in (
        Then.RACED, Then.FILED, Then.MAILED, Then.REMOVED, Then.MERGED, Then.ERASED, Then.RESTORED,
    ):  # fmt: skip
        assert happened[each], each


@pytest.mark.parametrize(("kind", "prefix"), [("file", "C-"), ("mail", "m")])
def test_what_nobody_removed_would_be_named(kind: str, prefix: str) -> None:
    """Else no history could show that nothing is named without need."""
    history = History()
    story = history.stories[0]
    assert history.file(story, b"A picture.")
    assert history.mail(story, b"From: ngozi")
    history.seal()
    assert history.differences() == []
    lost = next(key for key in history.ledger.bucket if key.startswith(prefix))
    content = history.ledger.bucket.pop(lost)
    assert [(each.what, each.harm) for each in history.differences()] == [(kind, "missing")]
    history.ledger.bucket[lost] = content + b" "
    assert [(each.what, each.harm) for each in history.differences()] == [(kind, "changed")]


def test_what_the_store_hands_out_to_nobody_is_named_and_hides_nothing_else() -> None:
    history = History()
    story = history.stories[0]
    assert history.file(story, b"A picture.")
    assert history.mail(story, b"From: ngozi")
    history.seal()
    locked, lost = history.ledger.bucket
    history.ledger.locked = {locked}
    del history.ledger.bucket[lost]
    assert [(each.what, each.harm) for each in history.differences()] == [
        ("file", "unreadable"),
        ("mail", "missing"),
    ]
