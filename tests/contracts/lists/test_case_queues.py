"""Queues of the desk on the real engine: the most urgent first, page by page, whatever is filtered."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from itertools import chain
from random import Random
from typing import Any

import pytest
from msgspec.structs import replace

from benchmarks.measuring.aws_requests import counted as measured
from complaints.adapters.dynamodb.key_schema import head_key
from complaints.adapters.dynamodb.models import Head
from complaints.adapters.stores.lists.case_queues import DynamoQueues, _condition
from complaints.case.outcome.decision import Decision
from complaints.case.process.closing import Proposal
from complaints.reporting.list_rows import Filter, QueuePage
from complaints.values.codes import DATA_REQUEST
from complaints.values.field_types import Assessment, ClosingReason, Feedback, Outcome, Stage
from tests.builders import FRIDAY, MONDAY, THURSDAY, TUESDAY, WEDNESDAY
from tests.contracts.cases.stored_cases import a_case, reference, shelved
from tests.contracts.store_failures import troubled

pytestmark = pytest.mark.usefixtures("table")

ALL = Filter()
QUIET = {"severity": 0, "safety": 0, "complexity": 0, "impact": 0, "urgency": 0, "immediate_action": 0}
A_SECOND = timedelta(seconds=1)
DECISION = Decision(outcome=Outcome.UPHELD, entry=2, at=MONDAY, decided_by="ada", needs_approval=True)
"""One that waits for a second person."""


def assessed(**scales: int) -> Assessment:
    return Assessment(**QUIET | scales)


def by_urgency(*sites: str, queues: Sequence[str] = ("open",), wanted: Filter = ALL, **how: Any) -> QueuePage:
    usual: dict[str, Any] = {"after": None, "limit": 50}
    return DynamoQueues().by_urgency(sites or ("demo",), queues, wanted, **usual | how)


def mine(queue_filter: Filter = ALL, after: str | None = None, limit: int = 50) -> QueuePage:
    return DynamoQueues().of_owner("ada", queue_filter, after=after, limit=limit)


def found(page: QueuePage) -> list[str]:
    return [listed.row.reference for listed in page.items]


def read_through(limit: int, *sites: str, wanted: Filter = ALL) -> list[list[str]]:
    """Every page in its turn, by its cursor."""
    page = by_urgency(*sites, limit=limit, wanted=wanted)
    pages = [found(page)]
    while page.next:
        page = by_urgency(*sites, limit=limit, wanted=wanted, after=page.next)
        pages.append(found(page))
    return pages


def references(*numbers: int) -> list[str]:
    return [reference(number) for number in numbers]


def test_the_most_urgent_stands_first_and_what_has_no_promise_last() -> None:
    shelved(a_case(1, due=None), a_case(2, due=FRIDAY), a_case(3, due=TUESDAY), a_case(4, due=WEDNESDAY))
    assert found(by_urgency()) == references(3, 4, 2, 1)


@pytest.mark.parametrize(("name", "stage"), [("row", "unreadable"), ("card", "received")])
def test_a_case_whose_row_cannot_be_read_is_listed_and_hides_no_other(name: str, stage: str) -> None:
    shelved(a_case(1, due=TUESDAY), a_case(2, due=FRIDAY))
    head = Head.get(*head_key(reference(1)))
    setattr(head, name, "{")
    head.save()
    page = by_urgency()
    assert found(page) == references(1, 2)
    assert (page.items[0].row.stage, page.items[0].card.subject) == (stage, "")


def test_whoever_does_not_see_every_case_is_not_shown_one_whose_row_cannot_be_read() -> None:
    """That it is a request about personal data stands in the row alone."""
    shelved(a_case(1, due=TUESDAY), a_case(2, due=FRIDAY))
    head = Head.get(*head_key(reference(1)))
    head.row = "{"
    head.save()
    assert found(by_urgency(wanted=Filter(hidden={"demo": frozenset({DATA_REQUEST})}))) == references(2)
    assert found(by_urgency(wanted=Filter(hidden={"demo": frozenset()}))) == references(1, 2)


def test_a_queue_page_costs_the_same_at_any_size() -> None:
    costs = []
    for numbers in (range(60), range(60, 240)):
        shelved(*(a_case(number, due=TUESDAY) for number in numbers))
        with measured() as made:
            page = by_urgency()
        costs.append((made.operations, made.read_units))
        assert (len(page.items), page.next is not None) == (50, True)
    assert costs[0] == costs[1]


def test_the_cards_of_a_page_are_one_read_more_for_whoever_shows_them() -> None:
    shelved(*(a_case(number) for number in range(50)))
    with troubled() as made:
        page = by_urgency()
        shown = DynamoQueues().with_cards(page.items)
    assert made == ["Query", "BatchGetItem"]
    assert [each.row for each in shown] == [each.row for each in page.items]
    assert {each.card.subject for each in shown} == {"Six cups in the rain"}


def test_the_card_of_a_case_from_before_cards_were_encrypted_is_shown_without_a_read() -> None:
    shelved(a_case(1))
    head = Head.get(*head_key(reference(1)))
    head.card = '{"subject":"Two cups","name":"Ngozi"}'
    head.save()
    with troubled() as made:
        (listed,) = DynamoQueues().with_cards(by_urgency().items)
    assert (made, listed.card.subject, listed.card.name) == (["Query"], "Two cups", "Ngozi")


@pytest.mark.parametrize(
    "marked",
    [
        {"is_vulnerable": True},
        {"has_needs": True},
        {"assessment": assessed(safety=2)},
        {"assessment": assessed(urgency=3)},
    ],
)
def test_whoever_needs_care_or_is_in_danger_stands_before_all_others(marked: dict[str, Any]) -> None:
    shelved(a_case(1, due=MONDAY), a_case(2, due=None, **marked), a_case(3, due=FRIDAY, **marked))
    shelved(a_case(4, due=TUESDAY, assessment=assessed(safety=1)))
    assert found(by_urgency()) == references(3, 2, 1, 4)


def test_what_is_overdue_or_due_soon_has_the_same_order() -> None:
    shelved(
        a_case(1, due=MONDAY),
        a_case(2, due=TUESDAY, is_vulnerable=True),
        a_case(3, due=FRIDAY, is_vulnerable=True),
        a_case(4, due=FRIDAY),
    )
    assert found(by_urgency(due=(None, WEDNESDAY))) == references(2, 1)
    assert found(by_urgency(due=(WEDNESDAY, FRIDAY + A_SECOND))) == references(3, 4)


@pytest.mark.parametrize("limit", [1, 2, 3, 5])
def test_a_bounded_queue_goes_on_from_those_that_come_first_to_the_others(limit: int) -> None:
    shelved(*(a_case(number, due=MONDAY, has_needs=number % 3 == 0) for number in range(7)))
    first, rest = [0, 3, 6], [1, 2, 4, 5]
    page = by_urgency(due=(None, TUESDAY), limit=limit)
    seen = found(page)
    while page.next:
        page = by_urgency(due=(None, TUESDAY), limit=limit, after=page.next)
        seen += found(page)
    assert seen == references(*first, *rest)


def test_my_cases_stand_in_the_same_order() -> None:
    shelved(
        a_case(1, assignee="ada", due=MONDAY),
        a_case(2, assignee="ada", due=FRIDAY, has_needs=True),
    )
    assert found(mine()) == references(2, 1)


def test_a_row_says_what_the_desk_shows() -> None:
    shelved(a_case(1, due=TUESDAY, assignee="ada", has_news=True, failed_letters=("000001.1",)))
    (listed,) = DynamoQueues().with_cards(by_urgency().items)
    assert (listed.site, listed.level, listed.assignee) == ("demo", 1, "ada")
    assert (listed.card.subject, listed.card.name) == ("Six cups in the rain", "Ngozi Okafor")
    assert (listed.row.due, listed.row.clock) == ("2026-02-03T07:00:00Z", "acknowledge")
    assert listed.row.has_news
    assert listed.row.letter_failed


def test_cases_stand_where_they_wait() -> None:
    waiting = a_case(2, stage=Stage.AWAITING_COMPLAINANT)
    shelved(a_case(1), waiting, a_case(3, stage=Stage.RESPONDED), a_case(4, stage=Stage.INVESTIGATING))
    assert found(by_urgency()) == references(1, 4)
    assert found(by_urgency(queues=["awaiting"])) == references(2)
    assert found(by_urgency(queues=["responded"])) == references(3)


@pytest.mark.parametrize("limit", [1, 2, 5])
def test_what_is_late_stands_in_one_order_whoever_else_is_awaited(limit: int) -> None:
    stages = [Stage.ASSESSED, Stage.AWAITING_COMPLAINANT, Stage.RESPONDED]
    shelved(*(a_case(n, due=MONDAY, stage=stages[n % 3], has_needs=n == 4) for n in range(6)))
    shelved(a_case(7, due=FRIDAY, stage=stages[1]), a_case(8, due=None, stage=stages[1]))
    late: dict[str, Any] = {"queues": ["open", "awaiting", "responded"], "due": (None, TUESDAY)}
    page = by_urgency(**late, limit=limit)
    seen = found(page)
    while page.next:
        page = by_urgency(**late, limit=limit, after=page.next)
        seen += found(page)
    assert seen == references(4, 0, 1, 2, 3, 5)


@pytest.mark.parametrize("limit", [1, 2, 3, 7])
def test_pages_follow_each_other_without_a_gap_or_a_double(limit: int) -> None:
    """Over several sites as over one; two cases due in one second are told apart by their reference."""
    chance = Random(7)
    cases = [
        (chance.choice([MONDAY, TUESDAY, FRIDAY]), number, chance.choice(["demo", "demo-tr"]))
        for number in range(17)
    ]
    shelved(*(a_case(number, due=due, site=site) for due, number, site in cases))
    pages = read_through(limit, "demo", "demo-tr")
    assert list(chain(*pages)) == references(*(number for _, number, _ in sorted(cases)))
    assert all(len(page) == limit for page in pages[:-2])


def test_another_sites_cases_are_in_no_page() -> None:
    shelved(a_case(1, site="demo"), a_case(2, site="demo-tr"), a_case(3, site="demo-gb"))
    assert found(by_urgency("demo", "demo-gb")) == references(1, 3)
    assert found(by_urgency("nowhere")) == []
    assert DynamoQueues().by_urgency((), ["open"], ALL, after=None, limit=50) == QueuePage((), None)


def test_overdue_are_those_whose_moment_has_passed() -> None:
    """Due this second is in time; a second later it is late."""
    shelved(a_case(1, due=TUESDAY), a_case(2, due=WEDNESDAY), a_case(3, due=None))
    assert found(by_urgency(due=(None, TUESDAY))) == []
    assert found(by_urgency(due=(None, TUESDAY + A_SECOND))) == references(1)


def test_due_soon_are_those_between_now_and_then() -> None:
    shelved(a_case(1, due=MONDAY), a_case(2, due=TUESDAY), a_case(3, due=THURSDAY), a_case(4, due=None))
    assert found(by_urgency(due=(TUESDAY, THURSDAY))) == references(2)
    assert found(by_urgency(due=(MONDAY, THURSDAY + A_SECOND))) == references(1, 2, 3)


def test_a_bounded_queue_goes_on_within_its_bounds() -> None:
    shelved(*(a_case(number, due=MONDAY + number * A_SECOND) for number in range(5)))
    bounds = (MONDAY + A_SECOND, MONDAY + 4 * A_SECOND)
    page = by_urgency(due=bounds, limit=2)
    assert found(page) == references(1, 2)
    assert found(by_urgency(due=bounds, limit=2, after=page.next)) == references(3)


@pytest.mark.parametrize(
    ("queue_filter", "numbers"),
    [
        (Filter(level=2), [2]),
        (Filter(category="billing.collection"), [3]),
        (Filter(unassigned=True), [1, 2, 3, 5, 6]),
        (Filter(unassigned=True, level=1), [1, 3, 5, 6]),
        (Filter(assignee="ada"), [4]),
        (Filter(assignee="robin"), []),
        (Filter(awaits_approval=True), [5, 6]),
        (Filter(awaits_approval=True, level=2), []),
        (Filter(level=3), []),
    ],
)
def test_a_filter_keeps_what_it_says(queue_filter: Filter, numbers: list[int]) -> None:
    shelved(
        a_case(1),
        a_case(2, level=2),
        a_case(3, category="billing.collection"),
        a_case(4, assignee="ada"),
        a_case(5, decision=DECISION),
        a_case(6, closing=Proposal(ClosingReason.ABUSIVE, "ada")),
        a_case(7, assignee="kim", decision=replace(DECISION, approved_by="robin")),
    )
    assert found(by_urgency(wanted=queue_filter)) == references(*numbers)


def test_a_filtered_queue_reads_three_pages_at_most_and_goes_on_later() -> None:
    """One case in ten is wanted: pages may hold fewer, and together they hold all."""
    shelved(*(a_case(number, level=2 if number % 10 == 9 else 1) for number in range(30)))
    with troubled() as reads:
        page = by_urgency(limit=4, wanted=Filter(level=2))
    assert reads == ["Query"] * 3
    assert page.next
    pages = read_through(4, "demo", wanted=Filter(level=2))
    assert list(chain(*pages)) == references(9, 19, 29)


@pytest.mark.parametrize(("due", "reads"), [((None, None), 1), ((None, TUESDAY), 2)])
def test_a_page_of_one_site_is_one_read_and_one_more_for_each_rank_where_time_is_bounded(
    due: tuple[datetime | None, datetime | None], reads: int
) -> None:
    shelved(*(a_case(number) for number in range(8)))
    with troubled() as made:
        by_urgency(limit=5, due=due)
    assert made == ["Query"] * reads


def test_my_cases_are_those_that_i_look_after_and_that_still_owe_something() -> None:
    """A closed case with a remedy to do stays with its owner."""
    ended = datetime(2026, 2, 3, tzinfo=UTC)
    shelved(
        a_case(1, assignee="ada", due=FRIDAY),
        a_case(2, assignee="ada", due=TUESDAY, stage=Stage.AWAITING_COMPLAINANT),
        a_case(3, assignee="grace"),
        a_case(4),
        a_case(5, assignee="ada", stage=Stage.CLOSED, ended_at=ended, due=None),
        a_case(6, assignee="ada", stage=Stage.CLOSED, ended_at=ended, due=WEDNESDAY),
    )
    assert found(mine()) == references(2, 6, 1)
    first = mine(limit=1)
    second = mine(after=first.next, limit=1)
    assert found(second) == references(6)
    assert found(mine(after=second.next)) == references(1)


def test_my_cases_are_those_of_sites_that_i_still_serve() -> None:
    shelved(a_case(1, assignee="ada", site="demo"), a_case(2, assignee="ada", site="demo-tr"))
    assert found(mine(Filter(sites=("demo-tr", "demo-gb")))) == references(2)


def test_whoever_serves_no_site_that_was_asked_for_has_no_cases_there() -> None:
    shelved(a_case(1, assignee="ada"))
    assert mine(Filter(sites=())) == QueuePage((), None)


def test_hidden_categories_are_left_out_at_their_site_and_pages_stay_full() -> None:
    codes = ("delivery.late", "privacy.data_misuse")
    shelved(*(a_case(n, assignee="ada", category=codes[n % 2]) for n in range(6)))
    shelved(a_case(6, assignee="ada", category=None))
    shelved(a_case(7, site="other", assignee="ada", category=codes[1]))
    expected = Filter(hidden={"demo": frozenset({*(f"own.{n}" for n in range(150)), codes[1]})})
    assert read_through(2, wanted=expected) == [references(0, 2), references(4, 6)]
    assert found(by_urgency("demo", "other", wanted=expected)) == references(0, 2, 4, 6, 7)
    assert found(mine(expected)) == references(0, 2, 4, 6, 7)


def test_requests_about_data_are_left_out_at_as_many_sites_as_one_serves() -> None:
    shelved(a_case(1, assignee="ada"), a_case(2, assignee="ada", feedback=Feedback.PERSONAL_DATA))
    sites = ("demo", *(f"site-{number}" for number in range(100)))
    hidden = Filter(hidden=dict.fromkeys(sites, frozenset({DATA_REQUEST})))
    assert found(mine(hidden)) == references(1)
    assert _condition(hidden) is None, "DynamoDB takes 300 operators"
