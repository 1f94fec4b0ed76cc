"""What every store of cases promises of a write that changes two of them: both are changed, or neither is."""

import pytest
from msgspec.structs import replace

from complaints.casework.correspondence.messages import Add
from complaints.context.case import AlreadyUsed, CaseWrite, Guard, VersionConflict
from complaints.context.ports import Cases
from complaints.values.people import COMPLAINANT
from tests.builders import MONDAY, TUESDAY
from tests.contracts.writes import following, opening
from tests.fakes import FakeCases

KEY = Guard(id="key-1", at=MONDAY, expires=TUESDAY, body="b-1")


@pytest.fixture(params=["fake", "dynamo"])
def cases(request: pytest.FixtureRequest) -> Cases:
    if request.param == "fake":
        return FakeCases()
    request.getfixturevalue("table")
    from complaints.adapters.stores.cases.case_store import DynamoCases

    return DynamoCases()


@pytest.fixture
def opened(cases: Cases) -> tuple[CaseWrite, CaseWrite]:
    """Two cases as they were opened."""
    first, second = opening("k-1"), opening("k-2")
    cases.write(first)
    cases.write(second)
    return first, second


def stored(cases: Cases, *writings: CaseWrite) -> bool:
    """Whether each of the cases is as it was written."""
    return all(cases.load(each.case.complaint.reference) == each.case for each in writings)


def test_two_cases_are_written_together(cases: Cases, opened: tuple[CaseWrite, CaseWrite]) -> None:
    first, second = (following(each.case) for each in opened)
    cases.write(first, second)
    assert stored(cases, first, second)
    for each in (first, second):
        assert [entry.number for entry in cases.entries(each.case.complaint.reference)] == [1, 2]


@pytest.mark.parametrize("lost", [0, 1])
def test_a_lost_race_in_either_case_changes_neither(
    cases: Cases, opened: tuple[CaseWrite, CaseWrite], lost: int
) -> None:
    """Also where the first case has a guard, letters and private values before the other's items."""
    message = following(opened[lost].case, Add(text="And a cup."), COMPLAINANT)
    cases.write(message)
    first, second = following(opened[0].case, guards=[KEY]), following(opened[1].case)
    with pytest.raises(VersionConflict) as collision:
        cases.write(first, second)
    assert collision.value.case == message.case
    assert stored(cases, message, opened[1 - lost])
    cases.write(following(opened[1 - lost].case, guards=[KEY]))


def test_a_used_key_changes_neither(cases: Cases, opened: tuple[CaseWrite, CaseWrite]) -> None:
    before = following(opened[0].case, guards=[KEY])
    cases.write(before)
    again = replace(following(before.case), guards=(KEY,))
    with pytest.raises(AlreadyUsed) as used:
        cases.write(again, following(opened[1].case))
    assert used.value.guard == KEY
    assert stored(cases, before, opened[1])


def test_of_two_writes_over_the_same_two_cases_one_counts(
    cases: Cases, opened: tuple[CaseWrite, CaseWrite]
) -> None:
    """Whichever of the two cases each of them names first."""
    there, back = ([following(each.case) for each in pair] for pair in (opened, opened[::-1]))
    cases.write(*there)
    with pytest.raises(VersionConflict):
        cases.write(*back)
    assert stored(cases, *there)
