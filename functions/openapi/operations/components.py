"""What each operation of the API's description is made of: parameters, answers, who may call it."""

from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

Schema = Mapping[str, Any]
Refs = Mapping[str, Schema]
"""The schemas of bodies and answers, by the names of their types."""
Security = list[dict[str, list[str]]]

JSON, HTML, CSV = "application/json", "text/html", "text/csv"
JSON_LINES = "application/jsonl"
COMPLAINANT: Security = [{"access": []}]
STAFF: Security = [{"staff": []}]


def in_path(name: str, example: str, **schema: Any) -> dict[str, Any]:
    """A parameter of the path."""
    shape = {"type": "string", **schema}
    return {"name": name, "in": "path", "required": True, "schema": shape, "example": example}


def in_query(name: str, *, required: bool = False, about: str = "", **schema: Any) -> dict[str, Any]:
    """A parameter of the query: text, unless its schema says otherwise."""
    shape = {"name": name, "in": "query", "required": required, "schema": {"type": "string", **schema}}
    return shape | ({"description": about} if about else {})


KEY = {
    "name": "Idempotency-Key",
    "in": "header",
    "description": "The same key with the same body is answered as it was the first time, for 48 hours",
    "schema": {"type": "string", "minLength": 1, "maxLength": 255, "pattern": "^[ -~]+$"},
    "example": "0f8fad5b-d9cb-469f-a165-70867728950e",
}
REFERENCE = in_path("reference", "C-7K3M9-QX2HT-7")
VERSION = {
    "name": "If-Match",
    "in": "header",
    "required": True,
    "description": "The version that the caller read, from `ETag`",
    "schema": {"type": "string", "pattern": r"^\x22[0-9]{1,9}\x22$"},
    "example": '"3"',
}
LIMIT = in_query("limit", type="integer", minimum=1, maximum=100, default=50)
CURSOR = in_query("cursor", about="`next` of the page before")
LANG = in_query("lang", about="The reader's language (BCP 47); `Accept-Language` is read too", maxLength=35)

HEADERS = {
    "ETag": ("The version, for `If-Match`", {"type": "string", "pattern": r"^\x22[0-9]+\x22$"}),
    "Location": ("The address of the new resource", {"type": "string", "format": "uri"}),
    "Idempotent-Replayed": ("The same request was done before, and was not done again", {"const": "true"}),
    "Retry-After": ("Seconds after which it can be tried again", {"type": "string", "pattern": "^[0-9]+$"}),
    "WWW-Authenticate": ("How to sign in (RFC 6750)", {"type": "string"}),
    "Content-Disposition": ("The name of the file", {"type": "string"}),
    "Link": ("The next page (RFC 8288)", {"type": "string"}),
}
"""Headers of answers, each with what it is for and its schema."""

_SOMETIMES = ("Idempotent-Replayed", "Link")


class Answer(NamedTuple):
    """What is answered when it goes well; `kinds` are media types, `schema` is that of JSON."""

    text: str
    schema: Schema | None = None
    headers: tuple[str, ...] = ()
    kinds: tuple[str, ...] = (JSON,)

    @property
    def shape(self) -> dict[str, Any]:
        """The answer as the description has it."""
        shape: dict[str, Any] = {"description": self.text}
        if self.headers:
            shape["headers"] = {name: {"$ref": f"#/components/headers/{name}"} for name in self.headers}
        if self.schema is not None or JSON not in self.kinds:
            shape["content"] = {kind: {"schema": self._of(kind)} for kind in self.kinds}
        return shape

    def _of(self, kind: str) -> Schema:
        return self.schema if kind == JSON and self.schema is not None else {"type": "string"}


def headers() -> dict[str, Any]:
    """The headers that answers name."""
    return {
        name: {"description": text, "schema": schema, "required": name not in _SOMETIMES}
        for name, (text, schema) in HEADERS.items()
    }


def operation(
    summary: str,
    answers: Mapping[str, Answer],
    parameters: Iterable[Mapping[str, Any]] = (),
    body: Schema | None = None,
    security: Security | None = None,
    *,
    may_leave_body: bool = False,
    about: str = "",
) -> dict[str, Any]:
    """One operation, without the problems that it may answer with: `problems` adds those.

    Without `security` everybody may call it. What its types say is `about` it, unless that is said here.
    """
    made: dict[str, Any] = {
        "summary": summary,
        "security": security or [],
        "responses": {status: answer.shape for status, answer in answers.items()},
    }
    if asked := list(parameters):
        made["parameters"] = asked
    if body is not None:
        made["requestBody"] = {"required": not may_leave_body, "content": {JSON: {"schema": body}}}
    if about:
        made["description"] = about
    return made
