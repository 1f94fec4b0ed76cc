"""The search index: an item for each word of a complaint, under the keyed hash of the word.

A search is a query for one word, which the store filters by the others; its cost follows what the word finds,
not what there is. A copy of the table does not reveal the words.
"""

import hmac
from base64 import urlsafe_b64encode
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from functools import reduce
from itertools import islice
from operator import and_
from typing import Any

from msgspec import Struct
from pynamodb.expressions.condition import Condition
from pynamodb.transactions import TransactWrite

from complaints.adapters.dynamodb.key_schema import (
    entry_sk,
    found_by_key,
    head_key,
    private_pk,
    reference_in,
    search_pk,
    sortable,
)
from complaints.adapters.dynamodb.models import FoundByItem, Head, Item, SearchItem, connection
from complaints.adapters.dynamodb.pagination import MOST_PAGES, merged
from complaints.adapters.dynamodb.reads import answering, get_all
from complaints.adapters.stores.case_queues import listed
from complaints.context.ports import Secrets
from complaints.reporting.queue_rows import QueuePage
from complaints.values.case_reference import PREFIX

_HASH_BYTES = 16


class _Hit(Struct, frozen=True):
    """A complaint that was found: when it was received, and its reference."""

    place: str

    @property
    def reference(self) -> str:
        return self.place.partition("#")[2]


class DynamoSearch:
    """The index of words in DynamoDB."""

    def __init__(self, keys: Secrets) -> None:
        self._keys = keys

    @staticmethod
    def named_in(key: Mapping[str, Any]) -> str | None:
        """The complaint whose first entry the key of a stream record names, if it names one."""
        pk, sk = key["pk"]["S"], key["sk"]["S"]
        is_first = pk.startswith(private_pk(PREFIX)) and sk == entry_sk(1)
        return reference_in(pk) if is_first else None

    def keep(self, site: str, reference: str, received_at: datetime, words: Iterable[str]) -> None:
        """Lets a complaint be found by these words, and by no others that it was found by before.

        One transaction, so that no word is left behind. Raises `errors.Unavailable`.
        """
        wanted = frozenset(self._hash(site, word) for word in words)
        key = found_by_key(reference)
        before = next((item for item in get_all([key]) if isinstance(item, FoundByItem)), None)
        known: Collection[str] = before.words or () if before else ()
        if wanted == frozenset(known):
            return
        place = f"{sortable(received_at)}#{reference}"
        with answering(), TransactWrite(connection=connection()) as transaction:
            for word in wanted:
                transaction.save(SearchItem(search_pk(site, word), place, words=set(wanted)))
            for word in frozenset(known) - wanted:
                transaction.delete(SearchItem(search_pk(site, word), place))
            transaction.save(FoundByItem(*key, words=set(wanted) or None))

    @staticmethod
    def findable() -> Iterator[str]:
        """Every complaint of the table. It reads the whole table: for maintainers only."""
        wanted = Item.pk.startswith(private_pk(PREFIX)) & (Item.sk == entry_sk(1))
        with answering():
            for item in Item.scan(wanted, attributes_to_get=["pk", "sk", "item"]):
                yield reference_in(item.pk)

    def find(self, sites: Sequence[str], words: Sequence[str], *, after: str | None, limit: int) -> QueuePage:
        """A page of the complaints of these sites that all the words find, the latest received first.

        One query for each site, and one read for what it found. Raises `errors.Unavailable`.
        """
        pages = [self._found(site, words, after, limit) for site in sites] if words else []
        hits, end = merged(pages, limit, newest_first=True)
        heads = get_all([head_key(hit.reference) for hit in hits]) if hits else ()
        known = {item.pk: item for item in heads if isinstance(item, Head)}
        found = ((known.get(head_key(hit.reference)[0]), hit.place) for hit in hits)
        return QueuePage(tuple(listed(head, place) for head, place in found if head), end)

    def named(self, reference: str, sites: Collection[str]) -> QueuePage:
        """The case of this reference, if there is one and it is of these sites."""
        heads = [item for item in get_all([head_key(reference)]) if isinstance(item, Head)]
        return QueuePage(tuple(listed(head, reference) for head in heads if head.site in sites), None)

    def _found(
        self, site: str, words: Sequence[str], after: str | None, limit: int
    ) -> tuple[Sequence[_Hit], str | None]:
        first, *others = (self._hash(site, word) for word in words)
        hits: list[_Hit] = []
        with answering():
            pages = SearchItem.query(
                search_pk(site, first),
                SearchItem.sk < after if after else None,
                filter_condition=_all_of(others),
                page_size=limit,
                scan_index_forward=False,
                attributes_to_get=["item", "sk"],
            ).page_iter
            for page in islice(pages, MOST_PAGES):
                hits.extend(_hits(page["Items"]))
                if len(hits) >= limit or not pages.last_evaluated_key:
                    break
        if len(hits) > limit:
            return hits[:limit], hits[limit - 1].place
        key = pages.last_evaluated_key
        return hits, str(key["sk"]["S"]) if key else None

    def _hash(self, site: str, word: str) -> str:
        said = f"{site}#{word}".encode()
        digest = hmac.digest(self._keys.key("search"), said, "sha256")[:_HASH_BYTES]
        return urlsafe_b64encode(digest).decode().rstrip("=")


def _hits(items: Iterable[dict[str, dict[str, str]]]) -> Iterator[_Hit]:
    return (_Hit(item["sk"]["S"]) for item in items)


def _all_of(words: Sequence[str]) -> Condition | None:
    conditions: list[Condition] = [SearchItem.words.contains(word) for word in words]
    return reduce(and_, conditions) if conditions else None
