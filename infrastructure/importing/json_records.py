"""The records of a JSON file, or of JSON Lines, as the rows of a table: nested values have dotted names."""

import json
from collections.abc import Iterator, Mapping
from itertools import islice
from pathlib import Path
from typing import Any

from infrastructure.importing.mapping_file import Join

ENDINGS = (".json", ".jsonl", ".ndjson")
"""What the name of such a file ends with."""


class NoRecords(Exception):
    """The file holds no records as the mapping says; the text says why."""


def read_records(path: Path, encoding: str, within: str | None, joins: Mapping[str, Join]) -> Iterator[Any]:
    """The records, one after the other: those of JSON Lines, or the list that a document holds.

    The list is the document itself, or stands `within` it under a name. `joins` add what stands in another
    list of the same document. Raises `NoRecords`, `ValueError`, `OSError`.
    """
    if _has_lines(path, encoding):
        with path.open(encoding=encoding) as file:
            yield from (json.loads(line) for line in file if line.strip())
        return
    document = json.loads(path.read_text(encoding))
    if isinstance(document, dict) and within in document:
        known = {name: _by(document.get(join.list, ()), join.by) for name, join in joins.items()}
        for record in document[within]:
            added = {name: known[name].get(str(record.get(join.id))) for name, join in joins.items()}
            yield record | {name: found for name, found in added.items() if found}
    elif isinstance(document, list):
        yield from document
    else:
        raise NoRecords(f"there is no list {within or 'of records'} in it")


def flattened(record: Any) -> dict[str, str]:
    """A record by dotted names: `requester.email`.

    Of a list of objects the first counts (`comments.0.body`), unless they are values with ids: then each has
    a name of its own (`custom_fields.360001`). Plain values of a list are separated by commas.

    >>> flattened({"id": 7, "requester": {"name": "Ada"}, "tags": ["a", "b"], "solved_at": None})
    {'id': '7', 'requester.name': 'Ada', 'tags': 'a, b'}

    Raises `NoRecords` for what is no object.
    """
    if not isinstance(record, dict):
        raise NoRecords("a record is no object")
    return dict(_flat("", record))


def _flat(name: str, value: Any) -> Iterator[tuple[str, str]]:
    match value:
        case None:
            return
        case dict():
            for part, each in value.items():
                yield from _flat(f"{name}.{part}" if name else part, each)
        case [dict(), *_] if all("id" in each and "value" in each for each in value):
            for each in value:
                yield from _flat(f"{name}.{each['id']}", each["value"])
        case [dict() as first, *_]:
            yield from _flat(f"{name}.0", first)
        case list():
            yield name, ", ".join(str(each) for each in value if each is not None)
        case bool():
            yield name, str(value).lower()
        case _:
            yield name, str(value)


def _has_lines(path: Path, encoding: str) -> bool:
    """Whether each line is a record: the first two of a longer document are none."""
    with path.open(encoding=encoding) as file:
        lines = list(islice((line for line in file if line.strip()), 2))
    try:
        found = [json.loads(line) for line in lines]
    except ValueError:
        return False
    return len(found) > 1 or path.suffix != ENDINGS[0]


def _by(items: Any, key: str) -> dict[str, Any]:
    return {str(each.get(key)): each for each in items}
