"""Which problems an operation may answer with (RFC 9457): it follows from what the operation takes."""

from collections.abc import Iterator, Mapping
from typing import Any

_OF = {
    "400": "The body is not valid JSON (RFC 8259), or the key is not valid",
    "401": "The caller is not signed in",
    "403": "The caller is not allowed to do this",
    "404": "There is nothing here for this caller",
    "409": "The state does not allow this now; `allowed_commands` lists what it allows",
    "412": "Somebody else changed this first: nothing was saved",
    "413": "The body is larger than 256 KB",
    "415": "The body is not declared as JSON in UTF-8",
    "422": "Values are not valid, and each is listed; or the key was used for another body",
    "428": "`If-Match` is missing",
    "429": "A limit was reached; it can be tried again later",
    "503": "The store did not answer in time; nothing is known to be lost",
}
_HEADERS = {"401": ("WWW-Authenticate",), "429": ("Retry-After",), "503": ("Retry-After",)}
_METHODS = ("get", "post", "put")
_UNTOUCHED = ("/health",)
"""Addresses that look at nothing, and so refuse nothing."""


def responses() -> dict[str, Any]:
    """The problems as answers that operations refer to."""
    return {_name(status): _response(status, text) for status, text in _OF.items()}


def with_problems(paths: Mapping[str, Mapping[str, Any]]) -> dict[str, Any]:
    """The same paths, each operation with the problems that it may answer with."""
    return {path: dict(_each(path, item)) for path, item in paths.items()}


def _each(path: str, item: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
    for name, part in item.items():
        if name not in _METHODS:
            yield name, part
            continue
        refused = {} if path in _UNTOUCHED else _refused(path, name, part)
        yield name, part | {"responses": part["responses"] | refused}


def _refused(path: str, method: str, operation: Mapping[str, Any]) -> dict[str, Any]:
    statuses = sorted({"503", *_by_what_it_takes(path, method, operation)})
    return {status: {"$ref": f"#/components/responses/{_name(status)}"} for status in statuses}


def _by_what_it_takes(path: str, method: str, operation: Mapping[str, Any]) -> Iterator[str]:
    named = {parameter["name"] for parameter in operation.get("parameters", ())}
    places = {parameter["in"] for parameter in operation.get("parameters", ())}
    if operation["security"]:
        yield from ("401", "403") if "/desk" in path else ("401",)
    if "{" in path or "site" in named:
        yield "404"
    if "query" in places:
        yield "422"
    if "requestBody" in operation:
        yield from ("400", "413", "415", "422")
    if "Idempotency-Key" in named:
        yield from ("400", "409", "422")
    if "If-Match" in named:
        yield from ("412", "428")
    if method == "post" and "{" in path:
        yield from ("409",) if "/desk" in path else ("409", "429")


def _name(status: str) -> str:
    return f"Problem{status}"


def _response(status: str, text: str) -> dict[str, Any]:
    schema = {"schema": {"$ref": "#/components/schemas/Problem"}}
    shape: dict[str, Any] = {"description": text, "content": {"application/problem+json": schema}}
    if status in _HEADERS:
        shape["headers"] = {name: {"$ref": f"#/components/headers/{name}"} for name in _HEADERS[status]}
    return shape
