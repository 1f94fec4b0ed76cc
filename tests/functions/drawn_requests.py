"""Generated requests: drawn from the API's description, and kept so that a run of the tests only sends them.

To draw takes longer than to send. `make requests` draws anew for each operation whose parameters or body have
changed, and keeps the others as they are.
"""

import json
from base64 import b64decode, b64encode
from collections.abc import Iterator, Mapping, Sequence
from enum import StrEnum, auto
from hashlib import sha256
from lzma import compress, decompress
from pathlib import Path
from typing import Any, NamedTuple

from hypothesis import HealthCheck, Phase, given, settings
from hypothesis.strategies import sampled_from
from schemathesis import APIOperation, Case, GenerationMode, openapi
from schemathesis.core import NOT_SET
from schemathesis.transport.serialization import Binary

from functions.openapi.document import description

AnyCase = Case[Any]
Operation = APIOperation[Any, Any, Any, Any]

KEPT = Path(__file__).with_suffix(".json.xz")
WORDS = {"description", "summary", "title"}
"""What the description of an operation says beside what may be sent."""

NOTHING_WRONG_IN_IT = ("/health",)
LONG = ("/v1/desk/packs/{pack}/dry-run", "/v1/desk/settings/pack/{name}/commands/change")
AT_MOST_OF_LONG = 4
"""Whole files of promises are made slowly: fewer are."""


class Examples(NamedTuple):
    """How many requests of an operation are tried: of one that is for anybody, and of one that is for staff
    or their programs alone, which a stranger cannot reach."""

    anybody: int
    signed_in: int

    def of(self, path: str) -> int:
        """Those of the operations at a path."""
        found = self.signed_in if "/desk/" in path or path.startswith("/scim/") else self.anybody
        return min(found, AT_MOST_OF_LONG) if path in LONG else found


IN_EACH_RUN = Examples(anybody=15, signed_in=6)
"""Requests of each operation and kind that are kept; there are some two hundred, most of them of the desk."""


class Known(StrEnum):
    """With what a generated request is sent beside what was generated."""

    UP_TO_DATE = auto()
    SIGNED_IN = auto()
    NOBODY = auto()


class Drawn(NamedTuple):
    """A request of an operation: a case of schemathesis as JSON, and what it is sent with."""

    known: Known
    parts: Mapping[str, Any]

    @classmethod
    def of(cls, case: AnyCase, known: Known) -> "Drawn":
        """A case as it was drawn."""
        places = ("path_parameters", "headers", "cookies", "query")
        drawn: dict[str, Any] = {place: dict(getattr(case, place)) for place in places}
        drawn["media_type"], drawn["multipart_content_types"] = case.media_type, case.multipart_content_types
        parts = {name: part for name, part in drawn.items() if part}
        if case.body is not NOT_SET:
            parts["body"] = _as_json(case.body)
        return cls(known, parts)

    def case(self, operation: Operation) -> AnyCase:
        """The case of which it was made."""
        body = _as_drawn(self.parts["body"]) if "body" in self.parts else NOT_SET
        return operation.Case(**{**self.parts, "body": body})


class Kept(NamedTuple):
    """The requests of an operation in a mode, and the digest of what they were drawn from."""

    digest: str
    requests: Sequence[Drawn]


def operations(schema: Any, mode: GenerationMode) -> Iterator[Operation]:
    """Those of which requests are drawn."""
    for found in schema.get_all_operations():
        operation: Operation = found.ok()
        if not (mode is GenerationMode.NEGATIVE and operation.path in NOTHING_WRONG_IN_IT):
            yield operation


def draw(operation: Operation, mode: GenerationMode, examples: Examples, *, steady: bool) -> list[Drawn]:
    """Requests as they must be, or as they must not.

    `steady` are the same ones each time; others are drawn by the seed of the test run.
    """
    found: list[Drawn] = []

    @settings(
        max_examples=examples.of(operation.path),
        deadline=None,
        derandomize=steady,
        database=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(case=operation.as_strategy(generation_mode=mode), known=sampled_from(Known))
    def drawn(case: AnyCase, known: Known) -> None:
        found.append(Drawn.of(case, known))

    drawn()
    return found


def kept() -> dict[str, Kept]:
    """What is kept, by `name_of`."""
    return read(KEPT.read_bytes()) if KEPT.exists() else {}


def read(file: bytes) -> dict[str, Kept]:
    """The inverse of `written`."""
    return {
        name: Kept(digest, [Drawn(Known(known), parts) for known, parts in requests])
        for name, (digest, requests) in json.loads(decompress(file)).items()
    }


def written(requests: Mapping[str, Kept]) -> bytes:
    """The content of the file in which they are kept."""
    return compress(json.dumps(requests, separators=(",", ":")).encode(), preset=9)


def name_of(operation: Operation, mode: GenerationMode) -> str:
    """Under which the requests of an operation are kept."""
    return f"{mode.value} {operation.label}"


def digest_of(operation: Operation) -> str:
    """What may be sent to an operation, as a short digest: all that requests are drawn from."""
    raw = operation.definition.raw
    whole = operation.schema.raw_schema
    named: dict[str, Any] = {}
    _follow([raw.get("parameters"), raw.get("requestBody")], whole, named)
    meant = [_meaning(part) for part in (raw.get("parameters"), raw.get("requestBody"), named)]
    return sha256(json.dumps(meant, sort_keys=True).encode()).hexdigest()[:16]


def keep() -> None:
    """Draws for each operation that is new or has changed, and forgets those that are gone."""
    before = kept()
    now: dict[str, Kept] = {}
    schema = openapi.from_dict(description())
    for mode in GenerationMode:
        for operation in operations(schema, mode):
            name, digest = name_of(operation, mode), digest_of(operation)
            there = before.get(name)
            if there is None or there.digest != digest:
                print(f"Drawing: {name}", flush=True)
                there = Kept(digest, draw(operation, mode, IN_EACH_RUN, steady=True))
            now[name] = there
    KEPT.write_bytes(written(now))


def _follow(part: Any, whole: Any, named: dict[str, Any]) -> None:
    """Puts into `named` what a part of the description refers to, by its reference."""
    if isinstance(part, Mapping):
        reference = part.get("$ref")
        if isinstance(reference, str) and reference not in named:
            found = whole
            for step in reference.removeprefix("#/").split("/"):
                found = found[step]
            named[reference] = found
            _follow(found, whole, named)
        part = list(part.values())
    if isinstance(part, list):
        for each in part:
            _follow(each, whole, named)


def _meaning(part: Any) -> Any:
    """A part of the description without its words, but with properties that are called as these are."""
    if isinstance(part, Mapping):
        return {
            name: _meaning(each)
            for name, each in part.items()
            if name not in WORDS or not isinstance(each, str)
        }
    return [_meaning(each) for each in part] if isinstance(part, list) else part


def _as_json(value: Any) -> Any:
    """A body with its bytes as an object with one field: no body of ours has one that is called so."""
    if isinstance(value, Binary):
        return {"$binary": b64encode(value.data).decode()}
    if isinstance(value, bytes):
        return {"$bytes": b64encode(value).decode()}
    if isinstance(value, Mapping):
        return {name: _as_json(each) for name, each in value.items()}
    return [_as_json(each) for each in value] if isinstance(value, list) else value


def _as_drawn(value: Any) -> Any:
    if isinstance(value, Mapping):
        match list(value.items()):
            case [("$binary", str(text))]:
                return Binary(b64decode(text))
            case [("$bytes", str(text))]:
                return b64decode(text)
        return {name: _as_drawn(each) for name, each in value.items()}
    return [_as_drawn(each) for each in value] if isinstance(value, list) else value


if __name__ == "__main__":
    keep()
