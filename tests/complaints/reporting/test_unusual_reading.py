"""Unusual reading: whom the rule names, whom it does not, and how often it is wrong."""

import random
from collections.abc import Iterable
from datetime import timedelta

import pytest

from complaints.reporting.unusual_reading import (
    DAYS_BEFORE,
    FOREIGN,
    MANY,
    UnusualReading,
    Why,
    could_be_many,
    read_of_others,
    unusual,
)
from complaints.values.casework.access_log import AccessEntry, AccessKind, Handles
from complaints.values.people import Role
from tests.builders import MONDAY

TEAM = {f"colleague-{each}": 8 for each in range(6)}


def read(
    member: str, cases: int, days_ago: int = 0, had: Handles = Handles.READER, role: Role = Role.AGENT
) -> list[AccessEntry]:
    at = MONDAY - timedelta(days=days_ago)
    return [
        AccessEntry(
            place=f"C-{member}-{number}",
            member=member,
            kind=AccessKind.CASE,
            site="demo",
            at=at,
            roles=(role,),
            handled_by=had,
        )
        for number in range(cases)
    ]


def a_day(**cases: int) -> list[AccessEntry]:
    counts = TEAM | cases
    return [entry for member, number in counts.items() for entry in read(member, number)]


def before(member: str, cases: Iterable[int]) -> dict[str, list[AccessEntry]]:
    return {member: [e for ago, number in enumerate(cases, 1) for e in read(member, number, ago)]}


@pytest.mark.iso10002("4 confidentiality: unusual")
def test_who_reads_far_more_than_usual_is_named_with_what_is_usual() -> None:
    found = unusual(a_day(deniz=31), before("deniz", [10] * 10))
    assert found == [UnusualReading(member="deniz", why=Why.MANY, cases=31, usual=10, team=8)]


@pytest.mark.parametrize(
    ("today", "earlier"), [(MANY - 1, [1] * 10), (30, [10] * 10), (60, [25] * 10)], ids=["few", "own", "busy"]
)
def test_who_reads_little_or_as_usual_is_not(today: int, earlier: list[int]) -> None:
    assert unusual(a_day(deniz=today), before("deniz", earlier)) == []


def test_where_the_whole_team_reads_more_nobody_is_named() -> None:
    day = [entry for number in range(7) for entry in read(f"m-{number}", 40)]
    known = {f"m-{number}": before(f"m-{number}", [5] * 10)[f"m-{number}"] for number in range(7)}
    assert unusual(day, known) == []


def test_somebody_new_is_compared_with_the_team_alone() -> None:
    assert [each.usual for each in unusual(a_day(deniz=25), before("deniz", [1] * 4))] == [None]


def test_only_who_read_many_needs_earlier_days() -> None:
    assert could_be_many(a_day(deniz=30, kim=25)) == ["deniz", "kim"]


@pytest.mark.parametrize(
    ("foreign", "own", "role", "is_named"),
    [
        (FOREIGN, 2, Role.AGENT, True),
        (FOREIGN - 1, 0, Role.AGENT, False),
        (FOREIGN, FOREIGN, Role.REVIEWER, False),
        (FOREIGN + 5, 0, Role.AUDITOR, False),
        (FOREIGN + 5, 0, Role.QUALITY, False),
    ],
)
def test_who_reads_cases_of_others_is_named_but_not_by_duty(
    foreign: int, own: int, role: Role, is_named: bool
) -> None:
    day = read("deniz", foreign, had=Handles.OTHER, role=role)
    mine = [e for e in read("deniz", own + 100, role=role) if int(e.place.rpartition("-")[2]) >= 100]
    found = unusual([*day, *mine], {})
    assert [each.why for each in found] == ([Why.OTHERS] if is_named else [])


def test_who_reads_such_a_case_without_having_it_is_named_but_not_by_duty() -> None:
    day = [
        *read("deniz", 1, had=Handles.OTHER),
        *read("deniz", 1, days_ago=0, had=Handles.READER),
        *read("kim", 1, had=Handles.NOBODY),
        *read("quinn", 1, had=Handles.OTHER, role=Role.QUALITY),
        *read("nur", 1, had=Handles.OTHER, role=Role.AUDITOR),
        *read("paula", 1, had=Handles.OTHER, role=Role.PRIVACY),
        *read("robin", 1, had=Handles.NOBODY),
    ]
    such = {each.place for each in day}
    now = {"C-robin-0": "robin", "C-kim-0": None}
    assert read_of_others(day, such, now) == {"kim": ("C-kim-0",), "quinn": ("C-quinn-0",)}
    assert read_of_others(day, {"C-other-0"}, now) == {}


def test_searches_and_exports_are_no_cases() -> None:
    day = [
        AccessEntry(
            place="site#demo", member="deniz", kind=AccessKind.SEARCH, site="demo", at=MONDAY, times=99
        )
    ]
    assert unusual(day, {}) == []


@pytest.mark.parametrize(("mean", "spread"), [(6, 1.5), (12, 2), (20, 2), (30, 1.5)])
def test_honest_days_are_seldom_named(mean: float, spread: float) -> None:
    """Days that vary from day to day by a factor of `spread`, and from member to member, over 320 days of
    work: at most one in a hundred is named. `docs/design/access.md` states it."""
    chance = random.Random(19)
    named = 0
    for _ in range(40):
        usual = [mean * chance.uniform(0.6, 1.6) for _ in range(8)]
        days = [
            [round(each * spread ** chance.gauss(0, 0.5)) for each in usual] for _ in range(DAYS_BEFORE // 2)
        ]
        today = [round(each * spread ** chance.gauss(0, 0.5)) for each in usual]
        entries = [e for number, cases in enumerate(today) for e in read(f"m-{number}", cases)]
        earlier = {
            f"m-{number}": before(f"m-{number}", [day[number] for day in days])[f"m-{number}"]
            for number in range(8)
        }
        named += len(unusual(entries, earlier))
    assert named <= 3
