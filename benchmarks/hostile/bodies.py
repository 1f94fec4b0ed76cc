"""Bodies that are made to cost as much as a body of their size can: as JSON, and as a form.

Each is made to a size in bytes, so that the work for one can be held beside the work for half of it.
"""

import json
from collections.abc import Callable, Mapping
from datetime import date, timedelta
from typing import Any
from urllib.parse import quote_plus

from functions.http.parsing.json_body import MOST_NAMES

Body = Callable[[int], bytes]

MARKS = "\u0301\u0323"
"""Two marks that normalization sorts: by turns each is on the wrong side of all before it."""

MARK_OF_TWO = "\u0f73"
FIELDS = (
    "site", "language", "complainant", "subject", "description", "category", "product", "occurred_on",
    "proof", "text", "reason", "note", "at", "evidence", "remedies", "name", "email",
)  # fmt: skip
_DAY = timedelta(days=1)


def repeated(unit: str, before: str = "", after: str = "") -> Body:
    """As many of a unit as fit between what stands before and after them."""
    head, one, tail = before.encode(), unit.encode(), after.encode()
    return lambda size: head + one * ((size - len(head) - len(tail)) // len(one)) + tail


def listed(item: str, field: str) -> Body:
    """A field with as many items as fit."""
    return repeated(item + ",", f'{{"{field}":[', f"{item}]}}")


def in_every_field(text: str) -> Body:
    """A text, over and over, in each field that a form or a command has."""

    def body(size: int) -> bytes:
        empty = json.dumps(dict.fromkeys(FIELDS, ""))
        times = (size - len(empty)) // len(FIELDS) // len(text.encode())
        return json.dumps(dict.fromkeys(FIELDS, text * times), ensure_ascii=False).encode()

    return body


JSON: dict[str, Body] = {
    "marks by turns in a text": repeated(MARKS, '{"description":"', '"}'),
    "marks by turns in a name": repeated(MARKS, '{"', '":1}'),
    "marks of two": repeated(MARK_OF_TWO, '{"text":"', '"}'),
    "marks in every field": in_every_field(MARKS),
    "escapes": repeated("\\u0301\\u0323", '{"text":"', '"}'),
    "controls": repeated("\\u0001", '{"text":"', '"}'),
    "spaces in every field": in_every_field(" "),
    "digits in every field": in_every_field("9"),
    "lists": listed("[]", "remedies"),
    "objects": listed("{}", "complainant"),
    "words": listed('"a"', "description"),
    "objects of many names": listed(
        json.dumps(dict.fromkeys(map(str, range(MOST_NAMES)), 1), separators=(",", ":")), "remedies"
    ),
    "numbers": listed("9" * 30, "at"),
    "fractions": listed("1.5e-99", "at"),
    "open brackets": repeated("[", '{"a":'),
    "open quotes": repeated('"', '{"a":'),
    "backslashes": repeated("\\", '{"a":"'),
    "one name twice": repeated('"a":1,', "{", '"b":1}'),
}

FORMS: dict[str, Body] = {
    "marks by turns": repeated(quote_plus(MARKS), "description="),
    "marks of two": repeated(quote_plus(MARK_OF_TWO), "text="),
    "spaces": repeated("+", "text="),
    "fields": repeated("a=b&"),
    "names": repeated("a&"),
    "ampersands": repeated("&"),
    "broken signs": repeated("%zz", "text="),
}


def many_words(field: str, item: str = "a") -> Body:
    """What an administrator could send: a setting of which one field has as many names as fit."""
    return lambda size: listed(json.dumps(item), field)(size - 20)[:-1] + b',"reason":"x"}'


def many_clocks(clock: Mapping[str, Any], version: Mapping[str, Any], rest: Mapping[str, Any]) -> Body:
    """A pack file whose one version holds as many promises as fit."""

    def body(size: int) -> bytes:
        one = len(json.dumps(clock)) + 8
        clocks = [{**clock, "id": f"c{number}"} for number in range(size // one - 2)]
        return _file(rest, [{**version, "clocks": clocks}])

    return body


def many_versions(version: Mapping[str, Any], rest: Mapping[str, Any]) -> Body:
    """A pack file of as many versions as fit, each in force for a day."""

    def body(size: int) -> bytes:
        number = size // (len(json.dumps(version)) + 16) - 1
        days = [date(2020, 1, 1) + place * _DAY for place in range(number)]
        packs = [
            {**version, "version": place + 1, "effective_from": str(day), "effective_to": str(day)}
            for place, day in enumerate(days)
        ]
        return _file(rest, packs)

    return body


def _file(rest: Mapping[str, Any], packs: list[dict[str, Any]]) -> bytes:
    return json.dumps({"file": {**rest, "packs": packs}}).encode()
