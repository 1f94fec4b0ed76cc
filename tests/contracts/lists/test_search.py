"""The search index on the real engine: what is found, in which order, at which price."""

import re
from collections.abc import Iterable
from datetime import timedelta
from itertools import count
from typing import Any

import pytest
from botocore.awsrequest import AWSResponse

from complaints.adapters.dynamodb.models import FoundByItem, Item, SearchItem
from complaints.adapters.stores.lists import search as search_module
from complaints.adapters.stores.lists.search import DynamoSearch
from complaints.reporting.list_rows import QueuePage
from complaints.reporting.search.search_questions import read_question
from complaints.reporting.search.search_terms import Terms, found_by
from complaints.values.errors import Unavailable
from tests.builders import MONDAY
from tests.complaints.reporting.search.test_search_terms import said
from tests.contracts.cases.stored_cases import a_case, reference, shelved
from tests.contracts.store_failures import BROKEN, Answer, Trouble, troubled
from tests.fakes import FixedKeys

pytestmark = pytest.mark.usefixtures("table")


def search() -> DynamoSearch:
    return DynamoSearch(FixedKeys())


def terms(number: int, text: str) -> Terms:
    return found_by(reference(number), [said(description=text)])


def keeps(number: int, text: str, *, site: str = "demo", up_to: int = 1) -> None:
    """The index is brought to what a case says by its entry `up_to`."""
    received = MONDAY + timedelta(hours=number)
    search().keep(site, reference(number), received, up_to, terms(number, text))


def kept(number: int, text: str, *, site: str = "demo") -> None:
    """A case with this text; a higher number was received later."""
    shelved(a_case(number, site=site))
    keeps(number, text, site=site)


def find(
    question: str, sites: tuple[str, ...] = ("demo",), after: str | None = None, limit: int = 50
) -> QueuePage:
    return search().find(sites, read_question(question), after=after, limit=limit)


def found(page: QueuePage) -> list[str]:
    return [listed.row.reference for listed in page.items]


def references(*numbers: int) -> list[str]:
    return [reference(number) for number in numbers]


def stored() -> set[tuple[str, str]]:
    """What leads to a case."""
    return {(item.pk, item.sk) for item in Item.scan() if isinstance(item, SearchItem)}


def test_what_all_words_find_stands_there_the_latest_first() -> None:
    kept(1, "broken lamp")
    kept(2, "broken chair")
    kept(3, "broken lamp of Ada")
    assert found(find("broken")) == references(3, 2, 1)
    assert found(find("lamp broken")) == references(3, 1)
    assert found(find("lamp chair")) == []


def test_nothing_asked_finds_nothing() -> None:
    kept(1, "lamp")
    assert found(find("?")) == []


def test_a_site_finds_its_own() -> None:
    kept(1, "lamp")
    kept(2, "lamp", site="other")
    assert found(find("lamp")) == references(1)
    assert found(find("lamp", ("demo", "other"))) == references(2, 1)


@pytest.mark.parametrize("limit", [1, 2, 5])
def test_pages_follow_each_other_without_gap_or_repeat(limit: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(search_module, "AT_ONCE", 2)
    for number in range(5):
        kept(number, "lamp", site=("demo", "other")[number % 2])
        kept(number + 10, "lamb and lamps", site="demo")
    assert all_pages("lamp", ("demo", "other"), limit) == references(14, 13, 12, 11, 10, 4, 3, 2, 1, 0)
    assert all_pages("lamb", ("demo", "other"), limit) == references(14, 13, 12, 11, 10)


def all_pages(question: str, sites: tuple[str, ...], limit: int) -> list[str]:
    page = find(question, sites, limit=limit)
    listed = found(page)
    while page.next:
        page = find(question, sites, limit=limit, after=page.next)
        listed.extend(found(page))
    return listed


def test_where_some_words_are_enough_the_cases_of_any_are_united(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(search_module, "AT_ONCE", 2)
    for number, text in enumerate(["kettle", "kettle toaster", "toaster grill", "kettle grill", "kettle"]):
        kept(number, text)
    loosened = read_question("kettle toaster grill").loosened()
    assert loosened is not None
    page, listed = search().find(("demo",), loosened, after=None, limit=1), list[str]()
    while page.next:
        listed.extend(found(page))
        page = search().find(("demo",), loosened, after=page.next, limit=1)
    assert [*listed, *found(page)] == references(3, 2, 1)


def test_a_word_that_went_finds_nothing_any_more_and_leaves_nothing_behind() -> None:
    kept(1, "lamp of Adalbert")
    keeps(1, "Adalbert", up_to=2)
    assert found(find("lamp")) == []
    assert found(find("adalbert")) == references(1)
    search().keep("demo", reference(1), MONDAY + timedelta(hours=1), 3, Terms((), ()))
    assert stored() == set()
    assert found(find("adalbert")) == []


def test_what_was_read_of_an_earlier_state_brings_no_word_back() -> None:
    kept(1, "lamp")
    keeps(1, "chair", up_to=3)
    keeps(1, "lamp", up_to=2)
    assert found(find("lamp")) == []
    assert found(find("chair")) == references(1)


def test_words_that_somebody_else_wrote_meanwhile_are_not_left_behind() -> None:
    """As when `make index` and the stream have read the same case, one before and one after a redaction."""
    kept(1, "table")
    right = stored()
    keeps(1, "chair", up_to=2)

    def overtaken(request: Any, answer: Answer) -> AWSResponse:
        keeps(1, "lamp", up_to=3)
        return answer()

    with troubled(overtaken, "TransactWriteItems", times=1):
        keeps(1, "table", up_to=4)
    assert stored() == right


def many(word: str) -> str:
    """A text of more keys than a transaction takes: all begin with other letters."""
    return " ".join(f"{first}{second}{word}" for first in "bcdfghjklmnp" for second in "bcdfghjklmnp")


def broken_after(passed: int) -> Trouble:
    """The store breaks down after some attempts."""
    attempts = count()

    def trouble(request: Any, answer: Answer) -> AWSResponse:
        return answer() if next(attempts) < passed else BROKEN(request, answer)

    return trouble


@pytest.mark.parametrize("passed", [0, 1, 2])
def test_what_ended_early_is_brought_to_its_end(passed: int) -> None:
    kept(1, "lamp")
    with troubled(broken_after(passed), "TransactWriteItems"), pytest.raises(Unavailable):
        keeps(1, many("chair"), up_to=2)
    keeps(1, many("chair"), up_to=2)
    assert all_pages("bbchair cdchair npchair", ("demo",), 50) == references(1)
    left = stored()
    keeps(1, "", up_to=3)
    keeps(1, many("chair"), up_to=4)
    assert stored() == left


@pytest.mark.parametrize("passed", [0, 1, 2])
def test_after_an_early_end_words_that_went_since_leave_nothing_behind(passed: int) -> None:
    kept(1, "")
    nothing = stored()
    with troubled(broken_after(passed), "TransactWriteItems"), pytest.raises(Unavailable):
        keeps(1, many("chair"), up_to=2)
    keeps(1, "", up_to=3)
    assert stored() == nothing


def test_keeping_the_same_again_writes_nothing() -> None:
    kept(1, "lamp")
    with troubled() as calls:
        keeps(1, "lamp", up_to=2)
        keeps(1, "chair", up_to=3)
    assert calls == ["BatchGetItem"] * 2 + ["TransactWriteItems"]


def test_no_word_stands_in_the_table_and_cases_with_the_same_words_have_no_part_in_common() -> None:
    for number in (1, 2):
        kept(number, "lamp ada@example.org")
    items = [item for item in Item.scan() if isinstance(item, SearchItem | FoundByItem)]
    assert not [item for item in items if re.search("lamp|example", str(item.serialize()))]
    one, other = ({item.parts[n : n + 3] for n in range(0, len(item.parts), 3)} for item in parts_of(items))
    assert len(one & other) * 100 < len(one)


def parts_of(items: Iterable[Item]) -> list[FoundByItem]:
    return [item for item in items if isinstance(item, FoundByItem)]


@pytest.mark.parametrize(
    ("question", "calls"),
    [
        ("lamp", ["Query", "BatchGetItem", "BatchGetItem"]),
        ("broken lamp 4711", ["Query"] * 3 + ["BatchGetItem"] * 2),
        ("kettle", ["Query"]),
    ],
)
def test_a_search_is_a_query_for_each_of_three_words_and_two_reads(question: str, calls: list[str]) -> None:
    kept(1, "broken lamp 4711")
    with troubled() as asked_for:
        find(question)
    assert asked_for == calls


def test_the_rarest_word_leads(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(search_module, "AT_ONCE", 5)
    for number in range(2):
        kept(number, "invoices zebra")
    for number in range(2, 30):
        kept(number, "invoices")
    with troubled() as calls:
        assert found(find("invoices zebra")) == references(1, 0)
    assert calls == ["Query", "Query", "BatchGetItem", "BatchGetItem"]
