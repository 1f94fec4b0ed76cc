"""The operator's command brings the search index to what the stream made of it, or would have."""

from collections.abc import Iterator
from types import SimpleNamespace
from typing import Any

import pytest
from moto import mock_aws

from complaints.adapters.dynamodb.key_schema import entry_sk, private_pk
from complaints.adapters.dynamodb.models import FoundByItem, Item, SearchItem
from functions.workers.case_stream import follow_cases
from infrastructure.cli.data.reindex import index, main
from tests.installation import Installation, opened


@pytest.fixture
def installation(table: str) -> Iterator[Installation]:
    with opened(table) as installation:
        yield installation


def followed(*references: str) -> None:
    """The stream tells of the first entries of these cases."""
    records: Any = [
        SimpleNamespace(
            keys={"pk": {"S": private_pk(each)}, "sk": {"S": entry_sk(1)}},
            sequence_number=each,
            new_image=None,
            event_name="INSERT",
        )
        for each in references
    ]
    assert follow_cases(records) == {"batchItemFailures": []}


def indexed() -> list[Item]:
    return [item for item in Item.scan() if isinstance(item, SearchItem | FoundByItem)]


def test_it_makes_what_the_stream_makes_and_doing_it_again_writes_nothing(installation: Installation) -> None:
    references = {installation.take(f"k-{number}") for number in range(3)}
    followed(*references)
    by_the_stream = [item.serialize() for item in indexed()]
    assert {item.sk.partition("#")[2] for item in indexed() if isinstance(item, SearchItem)} == references
    assert index() == 3
    assert [item.serialize() for item in indexed()] == by_the_stream
    with Item.batch_write() as batch:
        for item in indexed():
            batch.delete(item)
    assert index() == 3
    assert sorted(map(str, (item.serialize() for item in indexed()))) == sorted(map(str, by_the_stream))


def test_what_an_earlier_release_indexed_by_whole_words_goes(installation: Installation) -> None:
    reference = installation.take("k-1")
    SearchItem("search#demo#of-an-earlier-release", f"2026-02-02T07:00:00Z#{reference}").save()
    FoundByItem(private_pk(reference), "search", words={"of-an-earlier-release"}).save()
    index()
    assert "search#demo#of-an-earlier-release" not in {item.pk for item in indexed()}


def test_a_prefix_below_which_there_is_no_key_is_named(
    installation: Installation, table: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    installation.take("k-1")
    monkeypatch.setattr("sys.argv", ["reindex", table, "/mistyped"])
    with mock_aws(), pytest.raises(SystemExit, match=r"^Nothing was indexed: .* /mistyped/search"):
        main()
