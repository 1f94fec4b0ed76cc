"""The access log: once an hour for each member, case and kind, found by case, by member and by site."""

from datetime import datetime, timedelta
from uuid import uuid4

import pytest

from complaints.adapters.stores.cases.access_log import DynamoAccessLog
from complaints.adapters.stores.cases.case_store import DynamoCases
from complaints.values.casework.access_log import AccessEntry, AccessKind, Handles, mark_of
from tests.builders import MONDAY

NEVER = MONDAY.replace(year=2099)
"""When entries of these tests expire."""


@pytest.fixture
def place(table: str) -> str:
    return f"C-{uuid4().hex[:8]}"


def entry(place: str, at: datetime = MONDAY, kind: AccessKind = AccessKind.CASE) -> AccessEntry:
    return AccessEntry(
        place=place, member=f"m-{place}", kind=kind, site=f"s-{place}", at=at, handled_by=Handles.NOBODY
    )


def test_an_entry_is_there_once_with_how_often_it_was_noted(place: str) -> None:
    log, first = DynamoAccessLog(), entry(place)
    for minutes in (0, 5, 10):
        log.note(entry(place, MONDAY + timedelta(minutes=minutes)), NEVER)
    [found] = log.of_place(place, 10)
    assert (found.at, found.times, found.handled_by) == (first.at, 3, Handles.NOBODY)
    assert [each.place for each in log.of_member(first.member, MONDAY.date(), MONDAY.date(), 10)] == [place]
    assert [each.place for each in log.of_site(first.site, MONDAY.date(), 10)] == [place]


def test_hours_and_kinds_stand_apart_the_latest_first(place: str) -> None:
    log, later = DynamoAccessLog(), MONDAY + timedelta(hours=1)
    for each in (entry(place), entry(place, later), entry(place, later, AccessKind.FILE)):
        log.note(each, NEVER)
    found = [(each.at, each.kind) for each in log.of_place(place, 10)]
    assert found == [(later, AccessKind.FILE), (later, AccessKind.CASE), (MONDAY, AccessKind.CASE)]
    assert len(log.of_place(place, 1)) == 1
    day = MONDAY.date()
    assert log.of_member(f"m-{place}", day - timedelta(days=2), day - timedelta(days=1), 10) == []


def test_a_case_is_looked_up_with_whether_it_was_noted(place: str) -> None:
    mark = mark_of(place, f"m-{place}", AccessKind.CASE, MONDAY)
    assert not DynamoCases().look_up(place, access=mark).is_noted
    DynamoAccessLog().note(entry(place), NEVER)
    assert DynamoCases().look_up(place, access=mark).is_noted
    assert not DynamoCases().look_up(place).is_noted
