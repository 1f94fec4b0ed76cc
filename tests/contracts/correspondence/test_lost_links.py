"""Lost links that are asked for by an address alone: what is kept of it, and how often."""

import pytest

from complaints.adapters.dynamodb import table as tables
from complaints.adapters.dynamodb.key_schema import lost_link_key
from complaints.adapters.dynamodb.models import LostLinkItem
from complaints.adapters.stores.correspondence.lost_links import DynamoLostLinks
from complaints.delivery.rate_limits import LINKS_OF_A_BOX
from tests.builders import MONDAY
from tests.fakes import FixedKeys

ADDRESS = "ngozi@okafor.example"


@pytest.fixture
def links(table: str) -> DynamoLostLinks:
    tables.bind(table)
    return DynamoLostLinks(FixedKeys())


def test_the_address_stands_there_encrypted_until_it_was_looked_up(links: DynamoLostLinks) -> None:
    assert links.address("a") is None
    links.ask("a", ADDRESS, MONDAY)
    stored = LostLinkItem.get(*lost_link_key("a"))
    assert ADDRESS.encode() not in stored.address
    assert stored.expires > MONDAY.timestamp()
    assert (links.address("a"), links.address("b")) == (ADDRESS, None)
    links.forget("a")
    assert links.address("a") is None
    assert not links.take("a")


def test_s68_it_is_asked_for_and_sent_so_often_under_one_id(links: DynamoLostLinks) -> None:
    for _ in range(LINKS_OF_A_BOX + 1):
        links.ask("a", ADDRESS, MONDAY)
        taken = links.take("a")
        links.forget("a")
    assert (taken, links.address("a")) == (False, None)
    links.ask("a", ADDRESS, MONDAY)
    assert links.address("a") is None
    links.ask("b", ADDRESS, MONDAY)
    assert [links.take("b") for _ in range(LINKS_OF_A_BOX + 1)] == [True] * LINKS_OF_A_BOX + [False]


def test_a_record_of_the_stream_names_what_was_asked_for() -> None:
    pk, sk = lost_link_key("a")
    key = {"pk": {"S": pk}, "sk": {"S": sk}}
    assert DynamoLostLinks.named_in(key) == "a"
    assert DynamoLostLinks.named_in(key | {"pk": {"S": "case#C-1"}}) is None
