"""Complaints that were taken before there was an index are found after the operator's command."""

from collections.abc import Iterator

import pytest

from complaints.adapters.dynamodb.models import Item, SearchItem
from infrastructure.cli.reindex import index
from tests.installation import Installation, opened


@pytest.fixture
def installation(table: str) -> Iterator[Installation]:
    with opened(table) as installation:
        yield installation


def test_every_complaint_is_found_afterwards_and_doing_it_again_writes_nothing(
    installation: Installation,
) -> None:
    references = {installation.take(f"k-{number}") for number in range(3)}
    assert index() == 3
    first = {(item.pk, item.sk) for item in Item.scan() if isinstance(item, SearchItem)}
    assert {sk.partition("#")[2] for _, sk in first} == references
    assert index() == 3
    assert {(item.pk, item.sk) for item in Item.scan() if isinstance(item, SearchItem)} == first
