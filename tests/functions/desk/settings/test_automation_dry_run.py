"""The dry run of a rule: page by page, each case read once, of cases that somebody may see."""

from collections import Counter
from collections.abc import Iterator, Sequence

import pytest

from complaints.adapters.stores.cases.case_store import DynamoCases
from complaints.audit_trail.hash_chain import StoredEntry
from complaints.automation.triggers import Rule
from complaints.values.casework.automation import Automation
from complaints.values.people import Member, Role
from functions.desk.settings.casework.automation_dry_run import page_of
from tests.builders import a_member
from tests.installation import Installation, opened

RULE = Rule(code="all", version=1, record=Automation(title="All", add_tags=("seen",), assign="nobody"))
CASES, PAGE = 8, 3


@pytest.fixture
def installation(table: str) -> Iterator[Installation]:
    with opened(table) as installation:
        yield installation


def pages(installation: Installation, member: Member) -> tuple[int, int, set[str]]:
    """How many cases were looked at and would have been changed, and which are named."""
    cases = changed = 0
    named: set[str] = set()
    place: str | None = None
    while True:
        trial, place = page_of(installation.world, "demo", RULE, member, place, PAGE)
        assert trial.counts["cases"] <= PAGE
        cases, changed = cases + trial.counts["cases"], changed + trial.counts["changed"]
        assert trial.counts["refused"] == trial.counts["changed"]
        named |= {item.reference for item in trial.items}
        if place is None:
            return cases, changed, named


def test_a_dry_run_goes_through_all_cases_and_writes_nothing(
    installation: Installation, monkeypatch: pytest.MonkeyPatch
) -> None:
    references = {installation.take(f"k-{number}") for number in range(CASES)}
    before = {reference: installation.complaint(reference) for reference in references}
    store, read = installation.world.cases, Counter[str]()

    def entries(reference: str) -> Sequence[StoredEntry]:
        read[reference] += 1
        return DynamoCases.entries(store, reference)

    monkeypatch.setattr(store, "entries", entries)
    everything = a_member("sam", roles=(Role.ADMIN,))
    assert pages(installation, everything) == (CASES, CASES, references)
    assert read == dict.fromkeys(references, 1)
    elsewhere = a_member("sam", roles=(Role.ADMIN,), sites=("other",))
    assert pages(installation, elsewhere) == (CASES, CASES, set())
    assert {reference: installation.complaint(reference) for reference in references} == before
