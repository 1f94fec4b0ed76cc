"""JSON bodies, read as strictly as two parsers would have to agree on them (RFC 8259).

Refused are other media types and encodings, bodies beyond the limits, names that stand twice in an
object, numbers that are none, and text that is no text: lone surrogates and NUL.
"""

import json
import re
from typing import Any, NoReturn

from complaints.values.errors import TooLarge, Unreadable, WrongType

MOST_BYTES = 256 * 1024
MOST_NESTING = 20
MOST_NAMES = 200
MOST_DIGITS = 30

# An open string reaches to the end and nothing is tried twice: the time grows as the body does.
_STRING = re.compile(rb'"(?:[^"\\]|\\(?:.|\Z))*+(?:"|\Z)', re.DOTALL)
_NO_TEXT = re.compile("[\x00\ud800-\udfff]")


def read_object(raw: bytes, content_type: str, content_encoding: str = "") -> dict[str, Any]:
    """The object that a body holds. Raises `WrongType`, `TooLarge`, `Unreadable`."""
    if len(raw) > MOST_BYTES:
        raise TooLarge
    if not _is_json(content_type) or content_encoding.lower() not in ("", "identity"):
        raise WrongType
    body = parse_json(raw)
    if not isinstance(body, dict):
        raise Unreadable
    return body


def _is_json(content_type: str) -> bool:
    kind, _, parameters = content_type.lower().partition(";")
    charset = parameters.strip().removeprefix("charset=").strip('"')
    return kind.strip() == "application/json" and charset in ("", "utf-8")


def parse_json(raw: bytes) -> Any:
    """The value that a text in JSON is. Raises `Unreadable`."""
    if _nesting(raw) > MOST_NESTING:
        raise Unreadable
    try:
        return _decoder.decode(raw.decode())
    except (UnicodeDecodeError, ValueError, RecursionError) as error:
        raise Unreadable from error


def _nesting(raw: bytes) -> int:
    """How deep the brackets go, those within strings left out: counted before anything is built."""
    depth = deepest = 0
    for mark in _STRING.sub(b"", raw):
        if mark in b"[{":
            depth += 1
            deepest = max(deepest, depth)
        elif mark in b"]}":
            depth -= 1
    return deepest


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    names = dict(pairs)
    if len(names) != len(pairs) or len(names) > MOST_NAMES:
        raise Unreadable
    for name, value in pairs:
        _must_be_text(name)
        _must_be_text(value)
    return names


def _must_be_text(value: object) -> None:
    """Looks into lists; objects within were looked at when they were made."""
    if isinstance(value, list):
        for item in value:
            _must_be_text(item)
    elif isinstance(value, str) and _NO_TEXT.search(value):
        raise Unreadable


def _whole(digits: str) -> int:
    if len(digits) > MOST_DIGITS:
        raise Unreadable
    return int(digits)


def _broken(digits: str) -> float:
    if len(digits) > MOST_DIGITS:
        raise Unreadable
    return float(digits)


def _no_number(name: str) -> NoReturn:
    raise Unreadable


_decoder = json.JSONDecoder(
    object_pairs_hook=_object, parse_int=_whole, parse_float=_broken, parse_constant=_no_number
)
