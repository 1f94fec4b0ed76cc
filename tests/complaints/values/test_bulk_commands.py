"""Bulk commands: however their steps are taken, each case is done once, and what became of one stands."""

from datetime import UTC, datetime

from hypothesis import given
from hypothesis import strategies as st

from complaints.values.casework.bulk_commands import DONE, PROPOSED, BulkCase, BulkCommand, after_step

OUTCOMES = st.sampled_from([DONE, PROPOSED, "stale", "second-person", "not-found"])
NAMES = st.lists(st.integers(0, 99), min_size=1, max_size=30, unique=True)


def bulk(names: list[int]) -> BulkCommand:
    return BulkCommand(
        id="b",
        member="deniz",
        at=datetime(2026, 3, 4, tzinfo=UTC),
        verb="assign",
        body='{"to":"kim"}',
        cases=tuple(BulkCase(f"C-{name}", 1) for name in names),
    )


@given(NAMES, st.lists(st.dictionaries(st.integers(0, 99), OUTCOMES, max_size=10), max_size=20))
def test_what_became_of_a_case_stands_and_all_add_up(names: list[int], steps: list[dict[int, str]]) -> None:
    now = bulk(names)
    first: dict[str, str] = {}
    for step in steps:
        now = after_step(now, {f"C-{name}": outcome for name, outcome in step.items()})
        for name, outcome in step.items():
            if name in names:
                first.setdefault(f"C-{name}", outcome)
    assert {case.reference: case.outcome for case in now.cases if case.outcome} == first
    counted = now.number(DONE) + now.number(PROPOSED) + len(now.refused) + len(now.remaining)
    assert counted == len(now.cases) == len(names)
    assert now.revision == 1 + len(steps)


@given(NAMES)
def test_once_all_is_done_the_text_that_was_sent_is_kept_no_longer(names: list[int]) -> None:
    done = after_step(bulk(names), {f"C-{name}": DONE for name in names})
    assert done.body == ""
    assert after_step(bulk([*names, 100]), {f"C-{name}": DONE for name in names}).body
