"""The search index in OpenSearch Serverless, by choice of the operator in place of that of the table.

A document for each case holds its search terms as keyed hashes: words stay keyed, and a copy of the
collection tells none. It is replaced as a whole whenever what people wrote changes, so what is redacted
or erased is gone from it. Which state of a case was indexed last stands in the table, because a
collection promises no order of its writes.

Signed calls of a collection of OpenSearch Serverless: SigV4 for the service `aoss`, by botocore alone.
"""

import hmac
from base64 import urlsafe_b64encode
from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import datetime
from hashlib import sha256
from http import HTTPStatus
from typing import Any, NamedTuple, Protocol
from urllib.parse import urlsplit

import msgspec
from botocore.auth import SigV4Auth
from botocore.awsrequest import AWSRequest
from botocore.credentials import Credentials
from botocore.exceptions import BotoCoreError, NoCredentialsError
from botocore.httpsession import URLLib3Session
from pynamodb.exceptions import PutError

from complaints.adapters.dynamodb.key_schema import found_by_key, reference_in, sortable
from complaints.adapters.dynamodb.models import FoundByItem
from complaints.adapters.dynamodb.reads import answering
from complaints.adapters.stores.lists.case_queues import listed_of
from complaints.adapters.stores.lists.search import DynamoSearch, found_by_items
from complaints.context.ports import Secrets
from complaints.reporting.list_rows import QueuePage
from complaints.reporting.search.search_questions import Question, Sought
from complaints.reporting.search.search_terms import Terms
from complaints.values.errors import Unavailable

SERVICE = "aoss"
TIMEOUT = 3
"""Seconds to connect, and to wait for an answer."""

_LATER = (HTTPStatus.REQUEST_TIMEOUT, HTTPStatus.TOO_MANY_REQUESTS)


class CollectionRefused(RuntimeError):
    """A collection refuses a call, which no repetition mends; it holds no text of the call."""


class CollectionAnswer(NamedTuple):
    """The status of an answer, and its body."""

    status: int
    body: Any


class CollectionClient:
    """Calls the collection at an `endpoint`, such as https://<id>.<region>.aoss.amazonaws.com."""

    def __init__(self, endpoint: str, region: str, credentials: Credentials | None) -> None:
        self._endpoint, self._region, self._credentials = endpoint.rstrip("/"), region, credentials
        self._session = URLLib3Session(timeout=TIMEOUT)

    def call(self, method: str, path: str, body: Any, *, refused: int = 0) -> CollectionAnswer:
        """One call with a JSON body. A `refused` status is answered like one that went well.

        Raises `Unavailable` where it may go well later, else `CollectionRefused`.
        """
        data = msgspec.json.encode(body)
        # The service asks for the hash of the body as a header, and that it is signed.
        headers = {
            "Content-Type": "application/json",
            "Host": urlsplit(self._endpoint).netloc,
            "X-Amz-Content-Sha256": sha256(data).hexdigest(),
        }
        request = AWSRequest(method=method, url=f"{self._endpoint}{path}", data=data, headers=headers)
        try:
            if self._credentials is None:
                raise NoCredentialsError
            SigV4Auth(self._credentials, SERVICE, self._region).add_auth(request)
            answer = self._session.send(request.prepare())
        except BotoCoreError as error:
            raise Unavailable from error
        status = answer.status_code
        if status in _LATER or status >= HTTPStatus.INTERNAL_SERVER_ERROR:
            raise Unavailable
        if status >= HTTPStatus.BAD_REQUEST and status != refused:
            raise CollectionRefused(f"{method} was answered with {status}")
        return CollectionAnswer(status, msgspec.json.decode(answer.content or b"null"))


INDEX = "/cases"
FIELDS = {"site": {"type": "keyword"}, "place": {"type": "keyword"}, "terms": {"type": "keyword"}}
"""The fields of a document: `place` is when the case was received with its reference, by which cases are
ordered; `terms` are hashes."""

_TERM_BYTES = 8
"""Of the hash of a term: among a hundred million of them, one in a billion would be taken for another."""

_SCHEMA = {"mappings": {"dynamic": "strict", "properties": FIELDS}}


class CollectionCalls(Protocol):
    """The calls of a collection, as the index makes them."""

    def call(self, method: str, path: str, body: Any, *, refused: int = 0) -> CollectionAnswer: ...


class OpenSearchIndex:
    """The search index in a collection (port `Search`); `in_table` is that of the table, which it empties
    case by case."""

    def __init__(self, keys: Secrets, in_table: DynamoSearch, collection: CollectionCalls) -> None:
        self._keys, self._in_table, self._collection = keys, in_table, collection
        self._has_index = False

    def named_in(self, key: Mapping[str, Any]) -> str | None:
        """The case of whose texts the key of a stream record has news, if it has."""
        return self._in_table.named_in(key)

    def named(self, reference: str, sites: Collection[str]) -> QueuePage:
        """The case of this reference, if there is one and it is of these sites."""
        return self._in_table.named(reference, sites)

    def findable(self) -> Iterator[str]:
        """Every complaint of the table. It reads the whole table: for maintainers only."""
        return self._in_table.findable()

    def keep(self, site: str, reference: str, received_at: datetime, number: int, terms: Terms) -> None:
        """Lets a case be found by the terms that its entries up to `number` have, and by no others.

        What was read of an earlier state changes nothing. Where a later one was indexed meanwhile, which may
        have been overwritten now, the call is to be repeated with it. Raises `Unavailable`.
        """
        if not self._is_latest(site, reference, received_at, number):
            return
        document = {
            "site": site,
            "place": f"{sortable(received_at)}#{reference}",
            "terms": sorted({self._hash(term) for term in terms.parts}),
        }
        self._put(f"{INDEX}/_doc/{reference}", document)
        if _indexed_up_to(reference) != number:
            raise Unavailable

    def find(self, sites: Sequence[str], question: Question, *, after: str | None, limit: int) -> QueuePage:
        """A page of the cases of these sites that have what is asked for, the latest received first: one call
        of the collection, and one read of what was found. Raises `Unavailable`."""
        if not question.words or not sites:
            return QueuePage((), None)
        answer = self._collection.call(
            "POST",
            f"{INDEX}/_search",
            self._query(sites, question, after, limit),
            refused=HTTPStatus.NOT_FOUND,
        )
        hits = answer.body["hits"]["hits"] if answer.status == HTTPStatus.OK else []
        places = [hit["sort"][0] for hit in hits]
        shown = places[:limit]
        found = listed_of({reference_in(place): place for place in shown})
        items = tuple(each for each in found if each.site in sites)
        return QueuePage(items, shown[-1] if len(places) > limit else None)

    def _query(
        self, sites: Sequence[str], question: Question, after: str | None, limit: int
    ) -> dict[str, Any]:
        words = {
            "should": [self._has(word) for word in question.words],
            "minimum_should_match": question.needed,
        }
        query = {
            "query": {"bool": {"filter": [{"terms": {"site": list(sites)}}, {"bool": words}]}},
            "sort": [{"place": "desc"}],
            "size": limit + 1,
            "_source": False,
            "track_total_hits": False,
        }
        return query | ({"search_after": [after]} if after else {})

    def _has(self, word: Sought) -> dict[str, Any]:
        """What a case has that has this word: one of the sets of parts."""
        sets = [[{"term": {"terms": self._hash(part)}} for part in sorted(parts)] for parts in word.any_of]
        return {"bool": {"should": [{"bool": {"filter": each}} for each in sets], "minimum_should_match": 1}}

    def _put(self, path: str, document: object) -> None:
        """Writes a document. The index is made before the first one: a collection would make it by itself,
        with texts where there must be keywords."""
        if not self._has_index:
            answer = self._collection.call("PUT", INDEX, _SCHEMA, refused=HTTPStatus.BAD_REQUEST)
            if answer.status != HTTPStatus.OK and answer.body["error"]["type"] != _IS_THERE:
                raise CollectionRefused(answer.body["error"]["type"])
            self._has_index = True
        self._collection.call("PUT", path, document)

    def _is_latest(self, site: str, reference: str, received_at: datetime, number: int) -> bool:
        """Puts on record that a state is being indexed, if no later one was. What the index of the table has
        of the case goes first."""
        before = next(found_by_items([reference], consistent=True), None)
        if before and (before.number or 0) > number:
            return False
        if before and before.words:
            self._in_table.keep(site, reference, received_at, number, Terms((), ()))
        latest = FoundByItem(*found_by_key(reference), number=number)
        try:
            with answering():
                latest.save(FoundByItem.pk.does_not_exist() | (FoundByItem.number <= number))
        except Unavailable as error:
            if isinstance(error.__cause__, PutError) and error.__cause__.cause_response_code == _LOST:
                return False
            raise
        return True

    def _hash(self, term: str) -> str:
        digest = hmac.digest(self._keys.key("search"), f"opensearch#{term}".encode(), "sha256")
        return urlsafe_b64encode(digest[:_TERM_BYTES]).decode()


_IS_THERE = "resource_already_exists_exception"
_LOST = "ConditionalCheckFailedException"


def _indexed_up_to(reference: str) -> int | None:
    found = next(found_by_items([reference], consistent=True), None)
    return int(found.number) if found and found.number else None
