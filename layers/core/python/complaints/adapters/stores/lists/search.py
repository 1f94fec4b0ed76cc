"""The search index: an item for each key of a case, under its keyed hash, and one for all it is found by.

A search looks up the rarest of a few keys, the latest cases first, and compares the parts of the cases that
it leads to: its cost follows what the key finds, not what there is. A copy of the table does not reveal the
words; parts are hashed with the reference, so that they do not even tell which cases have one in common.
"""

import hmac
from base64 import urlsafe_b64encode
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any, NamedTuple

from pynamodb.attributes import Attribute
from pynamodb.exceptions import TransactWriteError
from pynamodb.expressions.condition import Condition
from pynamodb.transactions import TransactWrite

from complaints.adapters.dynamodb.key_schema import (
    entry_sk,
    found_by_key,
    private_pk,
    reference_in,
    search_pk,
    sortable,
)
from complaints.adapters.dynamodb.models import FoundByItem, Item, SearchItem
from complaints.adapters.dynamodb.pagination import MOST_PAGES, merged
from complaints.adapters.dynamodb.reads import answering
from complaints.adapters.dynamodb.table import connection
from complaints.adapters.dynamodb.transactions import CONFLICT_TRIES, failed
from complaints.adapters.stores.lists.case_queues import listed_of
from complaints.context.ports import Secrets
from complaints.reporting.list_rows import QueuePage
from complaints.reporting.search.search_questions import Question
from complaints.reporting.search.search_terms import Terms
from complaints.values.errors import Unavailable
from complaints.values.text.case_reference import PREFIX

AT_ONCE = 100
"""Cases that a key leads to in one read, and that are compared in one: a batch holds no more."""

_KEY_BYTES = 6
"""Of the hash of a key: among a million keys of a site, one in 300 million would be taken for another."""
_PART_BYTES = 3
"""Of the hash of a part: of a case with a thousand, one word in 16,000 would be taken for another."""


class _Hit(NamedTuple):
    """A case that was found: when it was received, and its reference."""

    place: str

    @property
    def reference(self) -> str:
        return self.place.partition("#")[2]


_MOST_WRITTEN = 99
"""Keys in one transaction, which takes a hundred items."""

_Write = tuple[list[Item], list[Item]]
"""Items to save, and items to delete."""

_Listed = tuple[Sequence[_Hit], str | None]
"""Cases, the latest first, and the place where the next ones begin, if there are any."""


class DynamoSearch:
    """The search index in DynamoDB (port `Search`)."""

    def __init__(self, keys: Secrets) -> None:
        self._keys = keys

    @staticmethod
    def named_in(key: Mapping[str, Any]) -> str | None:
        """The case of whose texts the key of a stream record has news, if it has."""
        pk, sk = key["pk"]["S"], key["sk"]["S"]
        return reference_in(pk) if pk.startswith(private_pk(PREFIX)) and sk.startswith("entry#") else None

    def keep(self, site: str, reference: str, received_at: datetime, number: int, terms: Terms) -> None:
        """Lets a case be found by the terms that its entries up to `number` have, and by no others.

        One transaction, or several where there are too many keys for one. Then all keys that ever stood
        there are put on record first, so that none is left behind where this ends early, and the next call
        brings it to its end. What was read of an earlier state of the case changes nothing. Where somebody
        else wrote meanwhile, it begins anew: the keys to delete are others now. Raises `errors.Unavailable`.
        """
        needed = frozenset(self._key(site, key) for key in terms.keys)
        parts = b"".join(sorted({self._part(reference, part) for part in terms.parts}))
        place = f"{sortable(received_at)}#{reference}"
        for _ in range(CONFLICT_TRIES):
            before = next(_found_by_items([reference], consistent=True), None)
            if before and (before.number or 0) > number:
                return
            if self._is_kept(site, place, before, number, needed, parts):
                return
        raise Unavailable

    @staticmethod
    def _is_kept(
        site: str, place: str, before: FoundByItem | None, number: int, needed: frozenset[str], parts: bytes
    ) -> bool:
        """Whether the terms stand there: not where somebody else wrote after `before` was read."""
        reference = _Hit(place).reference
        known = frozenset(before.words or ()) if before else frozenset()
        is_settled = before is not None and not before.unsettled
        if before and is_settled and (needed, parts) == (known, before.parts or b""):
            return True
        added = [SearchItem(search_pk(site, key), place) for key in needed - (known if is_settled else set())]
        gone = [SearchItem(search_pk(site, key), place) for key in known - needed]
        found_by = FoundByItem(
            *found_by_key(reference), words=needed or None, parts=parts or None, number=number
        )
        writes = _in_transactions(added, gone)
        if len(writes) > 1:
            all_keys = FoundByItem(
                *found_by_key(reference), words=needed | known, parts=parts, number=number, unsettled=True
            )
            writes = [([all_keys], []), *writes]
        *first, (last_added, last_gone) = writes
        for saved, deleted in [*first, ([*last_added, found_by], last_gone)]:
            if not _is_written(saved, deleted, before):
                return False
            before = next((item for item in saved if isinstance(item, FoundByItem)), before)
        return True

    @staticmethod
    def findable() -> Iterator[str]:
        """Every complaint of the table. It reads the whole table: for maintainers only."""
        condition = Item.pk.startswith(private_pk(PREFIX)) & (Item.sk == entry_sk(1))
        with answering():
            for item in Item.scan(condition, attributes_to_get=["pk", "sk", "item"]):
                yield reference_in(item.pk)

    def find(self, sites: Sequence[str], question: Question, *, after: str | None, limit: int) -> QueuePage:
        """A page of the cases of these sites that have what is asked for, the latest received first.

        For each site a query for each key that is looked up, and a read of the parts of what they lead to;
        as much again, up to `MOST_PAGES` times, while a page is not full; in the end one read of what was
        found. Raises `errors.Unavailable`.
        """
        pages = [self._found(site, question, after, limit) for site in sites] if question.words else []
        hits, end = merged(pages, limit, newest_first=True)
        found = listed_of({hit.reference: hit.place for hit in hits})
        return QueuePage(found, end)

    def named(self, reference: str, sites: Collection[str]) -> QueuePage:
        """The case of this reference, if there is one and it is of these sites."""
        found = listed_of({reference: reference})
        return QueuePage(tuple(each for each in found if each.site in sites), None)

    def _found(self, site: str, question: Question, after: str | None, limit: int) -> _Listed:
        """Cases of one site: those that the rarest word leads to, or where not all words are needed, any."""
        lists = [self._led_to(site, sought.keys, after) for sought in question.looked_up]
        rarest = min(range(len(lists)), key=lambda place: _frequency(lists[place]))
        leading = question.looked_up[rarest].keys
        led_to, end = lists[rarest] if question.wants_all else _united(lists)
        hits = self._compared(led_to, question)
        for _ in range(MOST_PAGES - 1 if question.wants_all else 0):
            if len(hits) >= limit or end is None:
                break
            led_to, end = self._led_to(site, leading, end)
            hits.extend(self._compared(led_to, question))
        return (hits[:limit], hits[limit - 1].place) if len(hits) > limit else (hits, end)

    def _led_to(self, site: str, keys: Iterable[str], after: str | None) -> _Listed:
        """The next cases that any of the keys leads to."""
        return _united([_read(search_pk(site, self._key(site, key)), after) for key in keys])

    def _compared(self, hits: Sequence[_Hit], question: Question) -> list[_Hit]:
        """Those that have what the question needs, in their order."""
        chunks = (hits[first : first + AT_ONCE] for first in range(0, len(hits), AT_ONCE))
        having = {
            item.pk
            for chunk in chunks
            for item in _found_by_items([hit.reference for hit in chunk])
            if self._has(item, question)
        }
        return [hit for hit in hits if private_pk(hit.reference) in having]

    def _has(self, item: FoundByItem, question: Question) -> bool:
        reference, stored = reference_in(item.pk), item.parts or b""
        known = {stored[first : first + _PART_BYTES] for first in range(0, len(stored), _PART_BYTES)}
        had = sum(
            any(all(self._part(reference, part) in known for part in parts) for parts in sought.any_of)
            for sought in question.words
        )
        return had >= question.needed

    def _key(self, site: str, key: str) -> str:
        return urlsafe_b64encode(self._hash(f"{site}#{key}")[:_KEY_BYTES]).decode()

    def _part(self, reference: str, part: str) -> bytes:
        return self._hash(f"{reference}#{part}")[:_PART_BYTES]

    def _hash(self, message: str) -> bytes:
        return hmac.digest(self._keys.key("search"), message.encode(), "sha256")


def _found_by_items(references: Iterable[str], *, consistent: bool = False) -> Iterator[FoundByItem]:
    """By what these cases are found."""
    keys = list(map(found_by_key, references))
    with answering():
        items = list(Item.batch_get(keys, consistent_read=consistent)) if keys else ()
    return (item for item in items if isinstance(item, FoundByItem))


def _in_transactions(added: Sequence[Item], gone: Sequence[Item]) -> list[_Write]:
    """What is saved and deleted, in parts that leave a transaction room for one item more."""
    changes = [*((item, True) for item in added), *((item, False) for item in gone)]
    return [
        (
            [item for item, is_saved in changes[first : first + _MOST_WRITTEN] if is_saved],
            [item for item, is_saved in changes[first : first + _MOST_WRITTEN] if not is_saved],
        )
        for first in range(0, len(changes) or 1, _MOST_WRITTEN)
    ]


def _is_written(saved: Iterable[Item], deleted: Iterable[Item], before: FoundByItem | None) -> bool:
    """Whether it could be written: not where `before` is no longer on record. Raises `Unavailable`."""
    unchanged = FoundByItem.pk.does_not_exist()
    if before:
        unchanged = _is_still(FoundByItem.number, before.number) & _is_still(FoundByItem.words, before.words)
    try:
        with answering(), TransactWrite(connection=connection()) as transaction:
            for item in saved:
                transaction.save(item, condition=unchanged if isinstance(item, FoundByItem) else None)
            for item in deleted:
                transaction.delete(item)
    except Unavailable as error:
        if isinstance(error.__cause__, TransactWriteError) and failed(error.__cause__.cancellation_reasons):
            return False
        raise
    return True


def _is_still(attribute: Attribute[Any], value: object) -> Condition:
    return attribute.does_not_exist() if value is None else attribute == value


def _read(pk: str, after: str | None) -> _Listed:
    """The next cases of one key."""
    with answering():
        pages = SearchItem.query(
            pk,
            SearchItem.sk < after if after else None,
            page_size=AT_ONCE,
            scan_index_forward=False,
            attributes_to_get=["sk"],
        ).page_iter
        page = next(pages)
    hits = [_Hit(item["sk"]["S"]) for item in page["Items"]]
    return hits, hits[-1].place if pages.last_evaluated_key else None


def _united(lists: Sequence[_Listed]) -> _Listed:
    """The cases of several keys in one order, each once."""
    if len(lists) == 1:
        return lists[0]
    hits, end = merged(lists, AT_ONCE * len(lists), newest_first=True)
    return list(dict.fromkeys(hits)), end


def _frequency(led_to: _Listed) -> tuple[str, int]:
    """Sorts the rarest first: what ends, by its number, then what reaches back the farthest."""
    hits, end = led_to
    return end or "", len(hits)
