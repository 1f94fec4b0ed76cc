"""Who has the file of a person made, of which cases, and who fetches it until when."""

from datetime import timedelta
from typing import Any

import pytest

from complaints.management.ordered_files import KEPT
from complaints.management.privacy.personal_data import (
    MOST_CASES,
    FetchPersonalData,
    IdentityCheck,
    MadePersonalData,
    OrderPersonalData,
    PersonalData,
)
from complaints.management.record import RecordKind
from complaints.values.errors import Forbidden, Invalid, NotNow
from complaints.values.people import MACHINE, Actor, Role
from tests.builders import MONDAY
from tests.complaints.management.evaluation_records import AUDREY, GRACE, QUINN, REX, Kept

PAULA = Actor("staff", "paula", (Role.PRIVACY,))
OTHER = Actor("staff", "petra", (Role.PRIVACY,))
MADE = MadePersonalData(left_out=0, files=9, bytes=1000, sums="00")
THERE = {"C-1": ("C-1", "C-2"), "c 2": ("C-2",)}
"""What is there for who asks, as it was typed; C-2 became part of C-1."""


def ordered(by: Actor = PAULA, gathered: Any = None, *cases: str) -> Kept:
    kept = Kept(RecordKind.PERSONAL_DATA)
    command = OrderPersonalData(cases=cases or ("C-1", "c 2"), identity=IdentityCheck.CALLED_BACK)
    kept.do(command, by, THERE if gathered is None else gathered)
    return kept


def content(kept: Kept) -> PersonalData:
    assert isinstance(kept.record.content, PersonalData)
    return kept.record.content


@pytest.mark.parametrize("by", [AUDREY, GRACE, QUINN, REX])
def test_s12_nobody_but_privacy_has_it_made(by: Actor) -> None:
    with pytest.raises(Forbidden):
        ordered(by)


def test_each_case_is_in_it_once_with_those_that_became_part_of_it() -> None:
    assert content(ordered()).cases == ("C-1", "C-2")
    assert content(ordered()).ordered_by == "paula"


def test_a_case_that_is_not_there_for_who_asks_is_refused() -> None:
    with pytest.raises(Invalid) as refused:
        ordered(PAULA, THERE, "C-1", "C-9")
    assert [(each.pointer, each.code) for each in refused.value.errors] == [("/cases/1", "unknown-case")]


def test_one_file_has_so_many_cases_at_most() -> None:
    many = {"C-1": tuple(f"C-{number}" for number in range(MOST_CASES + 1))}
    with pytest.raises(Invalid) as refused:
        ordered(PAULA, many, "C-1")
    assert [(each.pointer, each.code) for each in refused.value.errors] == [("/cases", "too-many-cases")]


def test_it_is_made_once_and_by_nobody_of_staff() -> None:
    kept = ordered()
    with pytest.raises(Forbidden):
        kept.do(MADE, PAULA)
    kept.do(MADE, MACHINE)
    assert content(kept).made_at == MONDAY


def test_only_who_ordered_it_fetches_it_while_it_is_kept() -> None:
    kept = ordered()
    with pytest.raises(NotNow):
        kept.do(FetchPersonalData(), PAULA)
    kept.do(MADE, MACHINE)
    with pytest.raises((Forbidden, NotNow)):
        kept.do(FetchPersonalData(), OTHER)
    kept.do(FetchPersonalData(), PAULA)
    assert content(kept).fetched == 1
    with pytest.raises(NotNow):
        kept.do(FetchPersonalData(), PAULA, now=MONDAY + KEPT + timedelta(seconds=1))
