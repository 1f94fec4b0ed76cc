"""Complaints that were taken before there was an index are found after the operator's command."""

from collections.abc import Iterator

import pytest

from complaints.adapters.dynamodb.models import Item, SearchItem
from infrastructure.cli.reindex import index
from tests.installation import House, opened


@pytest.fixture
def house(table: str) -> Iterator[House]:
    with opened(table) as house:
        yield house


def test_every_complaint_is_found_afterwards_and_doing_it_again_writes_nothing(house: House) -> None:
    references = {house.take(f"k-{number}") for number in range(3)}
    assert index() == 3
    first = {(item.pk, item.sk) for item in Item.scan() if isinstance(item, SearchItem)}
    assert {sk.partition("#")[2] for _, sk in first} == references
    assert index() == 3
    assert {(item.pk, item.sk) for item in Item.scan() if isinstance(item, SearchItem)} == first
