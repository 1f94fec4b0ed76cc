"""A stand-in for a collection of OpenSearch Serverless: the few calls that the index makes, over HTTP.

It answers as the REST API of OpenSearch is documented (create index; index document; search with the queries
`bool`, `term` and `terms`, `sort`, `search_after` and `size`), refuses every query that it does not know, and
checks signatures as AWS does: made again by AWS's own signer from what was sent. Unlike a collection, it
shows at once what was written.
"""

import json
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from hashlib import sha256
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from botocore.auth import SigV4Auth
from botocore.awsrequest import AWSRequest
from botocore.credentials import Credentials

from tests.http_servers import serving

REGION = "eu-central-1"
CREDENTIALS = Credentials("AKIDEXAMPLE", "secret", "session")
SEARCH = {"query", "sort", "size", "_source", "track_total_hits", "search_after"}


@dataclass
class StandInCollection:
    """What stands in it, which calls it got, the status with which it refuses the next ones, and what
    somebody does while a document is on its way."""

    url: str = ""
    schema: dict[str, Any] | None = None
    documents: dict[str, dict[str, Any]] = field(default_factory=dict)
    calls: list[str] = field(default_factory=list)
    broken: list[int] = field(default_factory=list)
    meanwhile: list[Callable[[], None]] = field(default_factory=list)

    def answer(self, method: str, path: str, body: Any) -> tuple[int, Any]:
        self.calls.append(f"{method} {path}")
        if self.broken:
            return self.broken.pop(), {"error": {"type": "broken"}}
        match method, path.split("/")[1:]:
            case "PUT", ["cases"]:
                return self._made(body)
            case "PUT", ["cases", "_doc", name]:
                return self._written(name, body)
            case "POST", ["cases", "_search"] if self.schema is not None:
                return 200, {"hits": {"hits": list(self._found(body))}}
        return 404, {"error": {"type": "index_not_found_exception"}}

    def _made(self, body: Any) -> tuple[int, Any]:
        if self.schema is not None:
            return 400, {"error": {"type": "resource_already_exists_exception"}}
        self.schema = body["mappings"]
        return 200, {"acknowledged": True}

    def _written(self, name: str, body: Any) -> tuple[int, Any]:
        assert self.schema is not None, "it would guess what the fields are"
        assert body.keys() <= self.schema["properties"].keys(), "its mapping is strict"
        if self.meanwhile:
            self.meanwhile.pop()()
        status = 200 if name in self.documents else 201
        self.documents[name] = body
        return status, {"result": "created"}

    def _found(self, body: Any) -> Iterator[dict[str, Any]]:
        assert body.keys() <= SEARCH, body
        ((by, order),) = body["sort"][0].items()
        found = [document for document in self.documents.values() if _holds(body["query"], document)]
        found.sort(key=lambda document: document[by], reverse=order == "desc")
        after = body.get("search_after")
        hits = [document for document in found if after is None or document[by] < after[0]]
        return ({"sort": [document[by]]} for document in hits[: body["size"]])


def _holds(query: Mapping[str, Any], document: Mapping[str, Any]) -> bool:
    """Whether a document matches a query. Raises `ValueError` for one that is not known here."""
    ((kind, found),) = query.items()
    match kind:
        case "term":
            ((name, value),) = found.items()
            return value == document[name] or value in document[name]
        case "terms":
            ((name, values),) = found.items()
            return document[name] in values
        case "bool" if found.keys() <= {"filter", "should", "minimum_should_match"}:
            should = [_holds(each, document) for each in found.get("should", ())]
            return all(_holds(each, document) for each in found.get("filter", ())) and sum(
                should
            ) >= found.get("minimum_should_match", 0)
    raise ValueError(kind)


def is_signed(method: str, url: str, headers: Mapping[str, str], body: bytes) -> bool:
    """Whether the signature covers what was sent: host, time and the hash of the body among it."""
    expected = {name.lower(): value for name, value in headers.items()}
    authorization = expected.get("authorization", "")
    parts = dict(each.split("=", 1) for each in authorization.partition(" ")[2].split(", "))
    signed = parts["SignedHeaders"].split(";")
    if not {"host", "x-amz-date", "x-amz-content-sha256", "x-amz-security-token"} <= set(signed):
        return False
    if expected["x-amz-content-sha256"] != sha256(body).hexdigest():
        return False
    bare = AWSRequest(method, url, {name: expected[name] for name in signed}, body)
    bare.context["timestamp"] = expected["x-amz-date"]
    signer = SigV4Auth(CREDENTIALS, "aoss", REGION)
    made = signer.signature(signer.string_to_sign(bare, signer.canonical_request(bare)), bare)
    return str(made) == parts["Signature"]


@contextmanager
def served_collection() -> Iterator[StandInCollection]:
    """A collection that listens on this machine while the block lasts."""
    collection = StandInCollection()

    class Handler(BaseHTTPRequestHandler):
        def _take(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            url = f"{collection.url}{self.path}"
            if is_signed(self.command, url, dict(self.headers.items()), body):
                status, answer = collection.answer(self.command, self.path, json.loads(body))
            else:
                status, answer = 403, {"error": {"type": "forbidden"}}
            data = json.dumps(answer).encode()
            self.send_response(status)
            self.send_header("Content-Length", str(len(data)))
            self.end_headers()
            self.wfile.write(data)

        do_PUT = do_POST = _take  # as the server calls them

        def log_message(self, *_: Any) -> None:
            """Nothing: tests read what was called."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    collection.url = f"http://127.0.0.1:{server.server_port}"
    with serving(server):
        yield collection
