"""Closed cases on the real engine: the last ended first, month by month."""

from datetime import UTC, datetime

import pytest

from benchmarks.measuring.aws_requests import counted
from complaints.adapters.dynamodb.key_schema import day_sk, tally_pk
from complaints.adapters.dynamodb.models import TallyItem
from complaints.adapters.stores.lists.case_queues import DynamoQueues
from complaints.reporting.list_rows import Filter, QueuePage
from tests.contracts.cases.stored_cases import a_case, a_closed_case, reference, shelved

pytestmark = pytest.mark.usefixtures("table")

NOW = datetime(2026, 5, 15, 12, tzinfo=UTC)


def ended(number: int, year: int, month: int, day: int, site: str = "demo") -> None:
    shelved(a_closed_case(number, datetime(year, month, day, tzinfo=UTC), site=site))


def page(after: str | None = None, limit: int = 50, *, wanted: Filter | None = None) -> QueuePage:
    sites = ("demo", "demo-tr")
    return DynamoQueues().closed(sites, wanted or Filter(), after=after, limit=limit, now=NOW, looks_on=True)


def read_through(limit: int) -> tuple[list[str], int]:
    """All that the cursors lead to, and over how many pages."""
    listed, pages, cursor = [], 0, None
    while True:
        got = page(cursor, limit)
        listed += [item.row.reference for item in got.items]
        pages, cursor = pages + 1, got.next
        if cursor is None:
            return listed, pages


def _all_of(sites: tuple[str, ...]) -> list[str]:
    """As exports read: a few months at a time."""
    listed: list[str] = []
    cursor = None
    while True:
        got = DynamoQueues().closed(sites, Filter(), after=cursor, limit=50, now=NOW)
        listed += [item.row.reference for item in got.items]
        cursor = got.next
        if cursor is None:
            return listed


def references(*numbers: int) -> list[str]:
    return [reference(number) for number in numbers]


@pytest.mark.parametrize("limit", [1, 2, 3, 50])
def test_the_last_ended_stands_first_over_months_and_sites(limit: int) -> None:
    ended(1, 2026, 5, 14)
    ended(2, 2026, 5, 14, "demo-tr")
    ended(3, 2026, 5, 2)
    ended(4, 2026, 4, 30, "demo-tr")
    ended(5, 2025, 12, 31)
    ended(6, 2023, 6, 1)
    assert read_through(limit)[0] == references(2, 1, 3, 4, 5, 6)


def test_quiet_months_are_passed_over_until_there_is_a_case() -> None:
    ended(1, 2025, 11, 1)
    first = page()
    assert [item.row.reference for item in first.items] == references(1)


def test_a_page_with_cases_looks_a_few_months_further_and_the_next_one_to_the_end() -> None:
    ended(1, 2026, 5, 1)
    first = page()
    assert first.next is not None
    assert page(first.next) == QueuePage((), None)


def test_quiet_months_of_many_sites_are_passed_over_a_few_at_a_time() -> None:
    sites = [f"site-{number}" for number in range(50)]
    got = DynamoQueues().closed(sites, Filter(), after=None, limit=50, now=NOW, looks_on=True)
    assert (got.items, got.next) == ((), "2026-02~")


def test_who_does_not_look_on_stops_after_a_few_months() -> None:
    ended(1, 2025, 11, 1)
    got = DynamoQueues().closed(["demo"], Filter(), after=None, limit=50, now=NOW)
    assert (got.items, got.next) == ((), "2026-02~")


def test_who_ended_years_ago_is_listed_and_empty_decades_are_not_read() -> None:
    ended(1, 2026, 5, 1)
    shelved(a_closed_case(2, datetime(2021, 5, 2, tzinfo=UTC), due=None))
    shelved(a_closed_case(3, datetime(1971, 1, 1, tzinfo=UTC), due=None, site="demo-tr"))
    with counted() as tally:
        listed = _all_of(("demo", "demo-tr"))
    assert listed == references(1, 2, 3)
    assert len(tally.calls) < 100, "of 1,300 months of both sites"


@pytest.mark.parametrize("day", ["2011-03-31", "2011-04-01", "2011-04-30", "2011-05-01"])
def test_an_old_case_that_only_figures_tell_of_is_listed(day: str) -> None:
    """As an erased one: retention does not look for it any more. Dates of figures are those of the site."""
    ended(1, 2011, 4, 30 if day > "2011-04-15" else 1)
    TallyItem(tally_pk("demo"), day_sk(day, "closed")).save()
    assert read_through(50)[0] == references(1)


def test_open_cases_are_in_no_month() -> None:
    shelved(a_case(1))
    assert read_through(50)[0] == []


def test_a_full_page_goes_on_behind_its_last_case() -> None:
    ended(1, 2026, 5, 3)
    ended(2, 2026, 4, 3)
    first = page(limit=1)
    assert [item.row.reference for item in first.items] == references(1)
    assert [item.row.reference for item in page(first.next, 1).items] == references(2)


def test_a_filter_holds_in_every_month() -> None:
    shelved(a_closed_case(1, datetime(2026, 5, 3, tzinfo=UTC), level=2))
    ended(2, 2026, 5, 4)
    shelved(a_closed_case(3, datetime(2026, 4, 3, tzinfo=UTC), level=2))
    got = page(wanted=Filter(level=2))
    assert [item.row.reference for item in got.items] == references(1, 3)
