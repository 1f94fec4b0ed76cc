"""The timeline: what happened since a version of a case, with what machines and rules did meanwhile."""

from datetime import timedelta

from functions.pages.desk.case.wording.timeline import TimelineEntry, since
from tests.builders import MONDAY


def entry(number: int, kind: str) -> TimelineEntry:
    at = MONDAY + timedelta(minutes=number)
    return TimelineEntry(number=number, at=at, kind=kind, by=None, of=None, lines=[])


def test_an_entry_of_a_rule_is_no_version_that_somebody_could_have_looked_at() -> None:
    kinds = ("complainant", "automation", "staff", "automation", "machine")
    happened = [entry(number, kind) for number, kind in enumerate(kinds, 1)]
    assert [each.number for each in since(happened, 1)] == [3, 4, 5]
    assert [each.number for each in since(happened, 2)] == [1, 2, 3, 4, 5]
