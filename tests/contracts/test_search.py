"""The index of words on the real engine: what is found, in which order, at which price."""

from datetime import timedelta

import pytest

from complaints.adapters.dynamodb.models import FoundByItem, Item, SearchItem
from complaints.adapters.stores.search import DynamoSearch
from complaints.reporting.queue_rows import QueuePage
from tests.builders import MONDAY
from tests.contracts.store_failures import troubled
from tests.contracts.stored_cases import a_case, reference, shelved
from tests.fakes import FixedKeys

pytestmark = pytest.mark.usefixtures("table")


def search() -> DynamoSearch:
    return DynamoSearch(FixedKeys())


def kept(number: int, *words: str, site: str = "demo") -> None:
    """A case that these words find; a higher number was received later."""
    shelved(a_case(number, site=site))
    search().keep(site, reference(number), MONDAY + timedelta(hours=number), words)


def find(
    *words: str, sites: tuple[str, ...] = ("demo",), after: str | None = None, limit: int = 50
) -> QueuePage:
    return search().find(sites, words, after=after, limit=limit)


def found(page: QueuePage) -> list[str]:
    return [listed.row.reference for listed in page.items]


def test_what_all_words_find_stands_there_the_latest_first() -> None:
    kept(1, "broken", "lamp")
    kept(2, "broken", "chair")
    kept(3, "broken", "lamp", "ada")
    assert found(find("broken")) == [reference(3), reference(2), reference(1)]
    assert found(find("lamp", "broken")) == [reference(3), reference(1)]
    assert found(find("lamp", "chair")) == []


def test_nothing_asked_finds_nothing() -> None:
    kept(1, "lamp")
    assert found(find()) == []


def test_a_site_finds_its_own() -> None:
    kept(1, "lamp")
    kept(2, "lamp", site="other")
    assert found(find("lamp")) == [reference(1)]
    assert found(find("lamp", sites=("demo", "other"))) == [reference(2), reference(1)]


@pytest.mark.parametrize("limit", [1, 2, 5])
def test_pages_follow_each_other_without_gap_or_repeat(limit: int) -> None:
    for number in range(5):
        kept(number, "lamp", *(["ada"] if number % 2 else []), site=("demo", "other")[number % 2])
    sites, pages = ("demo", "other"), []
    page = find("lamp", sites=sites, limit=limit)
    pages.extend(found(page))
    while page.next:
        page = find("lamp", sites=sites, limit=limit, after=page.next)
        pages.extend(found(page))
    assert pages == [reference(number) for number in (4, 3, 2, 1, 0)]


def test_a_word_that_went_finds_nothing_any_more_and_leaves_nothing_behind() -> None:
    kept(1, "lamp", "ada")
    search().keep("demo", reference(1), MONDAY + timedelta(hours=1), ["ada"])
    assert found(find("lamp")) == []
    assert found(find("ada")) == [reference(1)]
    search().keep("demo", reference(1), MONDAY + timedelta(hours=1), [])
    assert not [item for item in Item.scan() if isinstance(item, SearchItem)]
    assert found(find("ada")) == []


def test_keeping_the_same_again_writes_nothing() -> None:
    kept(1, "lamp")
    with troubled() as asked:
        search().keep("demo", reference(1), MONDAY + timedelta(hours=1), ["lamp"])
    assert asked == ["BatchGetItem"]


def test_no_word_stands_in_the_table() -> None:
    kept(1, "lamp", "ada@example.org")
    items = [str(item.serialize()) for item in Item.scan() if isinstance(item, SearchItem | FoundByItem)]
    assert len(items) == 3
    assert not [item for item in items if "lamp" in item or "ada" in item]


def test_a_search_is_one_query_and_one_read() -> None:
    kept(1, "lamp")
    with troubled() as asked:
        find("lamp")
    assert asked == ["Query", "BatchGetItem"]
