"""The number that a page of a queue tells: exact, or what it is above, and never wrong."""

import pytest
from msgspec.structs import replace

from complaints.context.case import QueueCard
from complaints.context.stores import count_of_owner
from complaints.reporting.list_rows import QueueEntry, QueuePage, Row
from functions.desk.queue.queue_counts import QueueCounts, counts_of
from functions.desk.queue.queue_query import NOBODY, QueueQuery
from tests.builders import a_member

ME = a_member("grace")
CUT = QueuePage((), "1#next", more_than=1_000)
"""A page of a list of which one read gave so many cases, and not all."""


def query(**asked: object) -> QueueQuery:
    plain = QueueQuery(
        queue="open",
        sites=("demo",),
        level=None,
        category=None,
        assignee=None,
        owner=ME.id,
        hidden={},
        age={},
        due={},
        limit=50,
        after=None,
        listed="",
    )
    return replace(plain, **asked)


def told(page: QueuePage, asked: QueueQuery, hides: bool = False, **counted: int) -> QueueCounts:
    numbers = {"open": 0} | {name.replace("_of_", ":"): number for name, number in counted.items()}
    return counts_of(page, asked, ME, {"demo": numbers}, hides=hides)


def test_a_filter_that_leaves_more_than_one_read_gives_says_so() -> None:
    found = told(CUT, query(category="delivery.damaged"))
    assert (found.number, found.more_than) == (None, 1_000)


def test_what_one_assignee_has_is_exact_however_many_it_is() -> None:
    found = told(CUT, query(assignee="ada"), open_of_ada=1_234)
    assert (found.number, found.more_than) == (1_234, None)
    nobodys = {"demo": {count_of_owner("open", ""): 2_000}}
    assert counts_of(CUT, query(assignee=NOBODY), ME, nobodys, hides=False).number == 2_000


@pytest.mark.parametrize("more", [{"level": 2}, {"category": "delivery"}, {"age": {"demo": (None, None)}}])
def test_with_another_filter_the_number_of_an_assignee_is_not_told(more: dict[str, object]) -> None:
    assert told(CUT, query(assignee="ada", **more), open_of_ada=1_234).number is None


def test_a_number_that_the_page_proves_wrong_is_not_told() -> None:
    found = told(CUT, query(assignee="ada"), open_of_ada=7)
    assert (found.number, found.more_than) == (None, 1_000)
    assert told(CUT, query(sort="received"), open=0).more_than == 1_000


def test_who_does_not_see_all_cases_is_not_told_their_number() -> None:
    assert told(CUT, query(assignee="ada"), hides=True, open_of_ada=1_234).number is None


def test_what_was_read_whole_is_exact() -> None:
    row = Row(reference="C-1", stage="received", received_at="2026-03-02T10:00:00Z")
    entry = QueueEntry(row=row, card=QueueCard(), site="demo", level=1, assignee=None, place="1#")
    assert told(QueuePage((entry,), None, total=1), query(level=1)) == QueueCounts(1, {"open": 0})
