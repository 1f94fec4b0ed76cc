"""What the port `Search` promises, by the table and by a collection of OpenSearch Serverless alike; and what
holds of a collection alone. The collection is a stand-in: none of AWS's was asked."""

import json
from collections.abc import Iterator
from datetime import timedelta

import pytest
from botocore.credentials import Credentials

from benchmarks.measuring.aws_requests import counted
from complaints.adapters.dynamodb.models import Item, SearchItem
from complaints.adapters.opensearch import CollectionClient, CollectionRefused, OpenSearchIndex
from complaints.adapters.stores.lists.search import DynamoSearch
from complaints.reporting.ports import Search
from complaints.reporting.search.search_questions import Question, read_question
from complaints.reporting.search.search_terms import Terms, found_by
from complaints.values.errors import Unavailable
from tests.builders import MONDAY
from tests.complaints.reporting.search.test_search_terms import said
from tests.contracts.cases.stored_cases import a_case, reference, shelved
from tests.contracts.lists.collection import CREDENTIALS, REGION, StandInCollection, served_collection
from tests.fakes import FixedKeys

pytestmark = pytest.mark.usefixtures("table")


@pytest.fixture
def collection() -> Iterator[StandInCollection]:
    with served_collection() as collection:
        yield collection


def in_collection(collection: StandInCollection, credentials: Credentials = CREDENTIALS) -> OpenSearchIndex:
    client = CollectionClient(collection.url, REGION, credentials)
    return OpenSearchIndex(FixedKeys(), DynamoSearch(FixedKeys()), client)


@pytest.fixture(params=["table", "collection"])
def search(request: pytest.FixtureRequest) -> Search:
    if request.param == "table":
        return DynamoSearch(FixedKeys())
    return in_collection(request.getfixturevalue("collection"))


def keeps(search: Search, number: int, text: str, *, site: str = "demo", up_to: int = 1, **more: str) -> None:
    """The index is brought to what a case says by its entry `up_to`."""
    terms = found_by(reference(number), [said(description=text, **more)])
    search.keep(site, reference(number), MONDAY + timedelta(hours=number), up_to, terms)


def kept(search: Search, number: int, text: str, *, site: str = "demo", **more: str) -> None:
    shelved(a_case(number, site=site))
    keeps(search, number, text, site=site, up_to=1, **more)


def find(
    search: Search, question: str | Question, sites: tuple[str, ...] = ("demo",), limit: int = 50
) -> list[str]:
    """All cases that are found, page by page."""
    expected = read_question(question) if isinstance(question, str) else question
    page = search.find(sites, expected, after=None, limit=limit)
    listed = [each.row.reference for each in page.items]
    while page.next:
        page = search.find(sites, expected, after=page.next, limit=limit)
        listed += [each.row.reference for each in page.items]
    return listed


def references(*numbers: int) -> list[str]:
    return [reference(number) for number in numbers]


def test_before_anything_is_kept_nothing_is_found(search: Search) -> None:
    assert find(search, "lamp") == []


def test_what_has_all_words_is_found_the_latest_first_and_page_by_page(search: Search) -> None:
    for number, text in enumerate(["broken lamp", "broken chair", "lamp", "a broken lamp of Ada"]):
        kept(search, number, text)
    kept(search, 9, "broken lamp", site="other")
    assert find(search, "lamp broken") == references(3, 0)
    assert find(search, "broken lamp", ("demo", "other"), limit=1) == references(9, 3, 0)
    assert find(search, "?") == []


@pytest.mark.parametrize(
    ("question", "is_found"),
    [
        ("dichtung", True),
        ("kuhlschrank", True),
        ("schrankdich", True),
        ("isil", True),
        ("4711", True),
        ("ac 4711", True),
        ("ada@example.org", True),
        ("eda@example.org", False),
        ("0532 111 22 33", True),
        ("الشكوى", True),
        ("冷蔵", True),
        ("lampe", False),
    ],
)
def test_a_question_finds_the_same_wherever_the_index_is(
    search: Search, question: str, is_found: bool
) -> None:
    text = "Die Kühlschrankdichtung ist kaputt, sagt Işıl. شكوى 冷蔵庫"
    person = {"email": "ada@example.org", "phone": "+90 532 111 22 33", "order_number": "AC-4711"}
    kept(search, 1, text, **person)
    assert find(search, question) == (references(1) if is_found else [])


def test_where_some_words_are_enough_cases_with_any_are_found(search: Search) -> None:
    for number, text in enumerate(["kettle", "kettle toaster", "toaster grill", "kettle grill", "kettle"]):
        kept(search, number, text)
    loosened = read_question("kettle toaster grill").loosened()
    assert loosened is not None
    assert find(search, loosened, limit=1) == references(3, 2, 1)


def test_words_that_were_removed_find_nothing_and_an_earlier_state_brings_none_back(search: Search) -> None:
    kept(search, 1, "lamp of Adalbert")
    keeps(search, 1, "Adalbert", up_to=3)
    keeps(search, 1, "lamp of Adalbert", up_to=2)
    assert find(search, "lamp") == []
    assert find(search, "adalbert") == references(1)


def test_no_word_stands_in_a_collection(collection: StandInCollection) -> None:
    kept(in_collection(collection), 1, "lamp of Adalbert", email="ada@example.org")
    stored = json.dumps(collection.documents).casefold()
    assert not [word for word in ("lamp", "adalbert", "ada@") if word in stored]


def test_a_search_is_one_call_and_one_read_and_a_case_two_calls_or_one(collection: StandInCollection) -> None:
    index = in_collection(collection)
    kept(index, 1, "lamp")
    with counted() as tally:
        keeps(index, 1, "chair", up_to=2)
    assert (tally.write_units, tally.read_units) == (1, 2)
    document = f"PUT /cases/_doc/{reference(1)}"
    assert collection.calls == ["PUT /cases", document, document]
    keeps(in_collection(collection), 1, "chair", up_to=3)
    assert collection.calls[3:] == ["PUT /cases", document], "another start finds the index made"
    with counted() as tally:
        assert find(index, "chair") == references(1)
    assert (collection.calls[5:], tally.operations[1:]) == (["POST /cases/_search"], ["BatchGetItem"])


def test_a_case_that_goes_over_leaves_nothing_in_the_index_of_the_table(
    collection: StandInCollection,
) -> None:
    kept(DynamoSearch(FixedKeys()), 1, "lamp")
    keeps(in_collection(collection), 1, "lamp", up_to=1)
    assert [item for item in Item.scan() if isinstance(item, SearchItem)] == []
    assert find(in_collection(collection), "lamp") == references(1)


def test_what_was_overtaken_is_to_be_indexed_again(collection: StandInCollection) -> None:
    """The stream repeats what fails, and reads the case anew: so the latest state is written last."""
    index = in_collection(collection)
    kept(index, 1, "lamp")
    collection.meanwhile = [lambda: keeps(in_collection(collection), 1, "chair", up_to=3)]
    with pytest.raises(Unavailable):
        keeps(index, 1, "lamp and table", up_to=2)
    assert find(index, "chair") == [], "the earlier state was written last"
    keeps(index, 1, "chair", up_to=3)
    assert find(index, "lamp") == []
    assert find(index, "chair") == references(1)


@pytest.mark.parametrize("status", [429, 500, 503])
def test_a_collection_that_does_not_answer_now_is_unavailable(
    collection: StandInCollection, status: int
) -> None:
    index = in_collection(collection)
    kept(index, 1, "lamp")
    collection.broken = [status]
    with pytest.raises(Unavailable):
        find(index, "lamp")
    assert find(index, "lamp") == references(1)


def test_a_collection_that_cannot_be_reached_is_unavailable() -> None:
    with served_collection() as gone:
        pass
    with pytest.raises(Unavailable):
        find(in_collection(gone), "lamp")


def test_a_call_that_others_signed_is_refused(collection: StandInCollection) -> None:
    stranger = Credentials("AKIDEXAMPLE", "guessed", "session")
    with pytest.raises(CollectionRefused, match="403"):
        keeps(in_collection(collection, stranger), 1, "lamp")
    assert collection.calls == []


def test_all_words_of_a_case_may_go(collection: StandInCollection) -> None:
    index = in_collection(collection)
    kept(index, 1, "lamp")
    index.keep("demo", reference(1), MONDAY, 2, Terms((), ()))
    assert collection.documents[reference(1)]["terms"] == []
