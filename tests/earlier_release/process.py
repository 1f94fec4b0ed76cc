"""One release at work: `python -P process.py` with its code on the path; a line of JSON for each asked.

Both releases are asked by this program, each with its own code and its own stories (`tests/complaints/
situations.py`); what one stores is handed to the other as DynamoDB would. It stands on names that both
have, or that `_found` looks for where each has them: before another one is
changed, the earlier release is exchanged for a later one (`keep.py`).
"""

import json
import sys
from base64 import b64decode, b64encode
from collections.abc import Iterator
from datetime import UTC, datetime
from importlib import import_module
from pathlib import Path
from typing import Any

import msgspec

from complaints.adapters.dynamodb.case_items import from_head, to_head
from complaints.adapters.dynamodb.entry_items import entry_item, private_item, stored_entries
from complaints.adapters.dynamodb.guard_items import to_guard
from complaints.adapters.dynamodb.key_schema import case_pk
from complaints.adapters.dynamodb.letter_items import to_letter_item
from complaints.adapters.dynamodb.models import Head, Item
from complaints.audit_trail import hash_chain
from complaints.context.case import Case, CaseWrite
from complaints.values.errors import Refusal
from tests import builders
from tests.complaints.permission_expectations import SITUATIONS
from tests.fakes import CountingSalt, FakeCases, FixedKeys


def _found(name: str, *modules: str) -> Any:
    """The name, from the first of the modules that this release has: modules move, stored facts do not."""
    for module in modules:
        try:
            return getattr(import_module(module), name)
        except (ModuleNotFoundError, AttributeError):
            continue
    raise LookupError(name)


_ITEMS = ("complaints.adapters.dynamodb.case_items", "complaints.adapters.dynamodb.task_items")
to_action_item, to_task_item = _found("to_action_item", *_ITEMS), _found("to_task_item", *_ITEMS)
Note = _found("Note", "complaints.casework.correspondence.messages", "complaints.commands.case")
Casework = _found("Casework", "complaints.handling.service", "complaints.casework.service")
flaws = _found("flaws", "complaints.handling.verify_chain", "complaints.casework.verify_chain")

LATER = datetime(2026, 9, 1, 9, tzinfo=UTC)
"""When all that the stories tell has happened."""

Stored = dict[str, Any]
"""What one case has in the tables: its `items`, and its `key`."""


class StoredCases(FakeCases):
    """Keeps what a table would hold, beside what the fake keeps."""

    def __init__(self) -> None:
        super().__init__()
        self._items: dict[str, dict[tuple[str, str], Item]] = {}

    def write(self, writing: CaseWrite, also: CaseWrite | None = None) -> None:
        super().write(writing, also)
        for each in (writing, also) if also else (writing,):
            of_case = self._items.setdefault(each.case.complaint.reference, {})
            of_case.update({(item.pk, item.sk): item for item in _items_of(each)})

    def goes_on(self, case: Case, items: list[Item]) -> None:
        """Has a case that stands in a table."""
        reference = case.complaint.reference
        self.hold(case)
        self._items[reference] = {(item.pk, item.sk): item for item in items}
        self._entries[reference] = stored_entries(items, case.data_key)

    def stored(self, reference: str) -> Stored:
        """The case as it stands in the table."""
        case = self.load(reference)
        assert case is not None
        raw = [item.serialize() for item in self._items[reference].values()]
        return {"items": [_to_json(each) for each in raw], "key": b64encode(case.data_key or b"").decode()}


def _items_of(writing: CaseWrite) -> Iterator[Item]:
    """What the store puts for a writing, in its order (`case_store.py`)."""
    complaint, data_key = writing.case.complaint, writing.case.data_key or b""
    name, number = complaint.reference, complaint.number
    yield to_head(writing.case)
    yield from map(to_guard, writing.guards)
    yield entry_item(case_pk(name), number, writing.entry)
    if writing.private:
        yield private_item(name, number, writing.private, is_message=writing.is_message, data_key=data_key)
    for removal in writing.removals:
        yield private_item(
            name, removal.entry, removal.left, is_message=removal.is_message, data_key=data_key
        )
    yield from map(to_letter_item, writing.letters)
    yield from map(to_task_item, writing.tasks)
    yield from map(to_action_item, writing.actions)


def _to_json(raw: dict[str, Any]) -> Any:
    """A raw item without bytes."""
    return msgspec.json.decode(msgspec.json.encode(raw))


def _from_json(raw: dict[str, Any]) -> Any:
    return {
        name: {kind: b64decode(value) if kind == "B" else value for kind, value in typed.items()}
        for name, typed in raw.items()
    }


def tell() -> dict[str, Stored]:
    """Every story of this release as it is stored, by its name."""
    vars(builders).update(FakeCases=StoredCases)
    told = ((name, situation()) for name, situation in SITUATIONS.items())
    return {name: story.cases.stored(story.reference) for name, story in told}  # type: ignore[attr-defined]


def look(stored: Stored) -> dict[str, Any]:
    """A case as this release reads it: its state, what is wrong with its record, its words."""
    items = [Item.from_raw_data(_from_json(raw)) for raw in stored["items"]]
    case = _case(items, stored)
    entries = stored_entries(items, case.data_key)
    return {
        "state": msgspec.to_builtins(case.complaint),
        "flaws": [flaw.harm for flaw in flaws(case.complaint, entries)],
        "entries": {str(entry.number): hash_chain.hash_of(entry.data) for entry in entries},
        "words": {str(entry.number): dict(entry.private) for entry in entries},
        "items": sorted(type(item).__name__ for item in items),
    }


def work(stored: Stored) -> dict[str, Any]:
    """A member of staff notes something: the name of the refusal, or nothing, and what is stored then."""
    items = [Item.from_raw_data(_from_json(raw)) for raw in stored["items"]]
    cases, case = StoredCases(), _case(items, stored)
    cases.goes_on(case, items)
    refused = ""
    try:
        casework = Casework(cases, FixedKeys(), CountingSalt())
        casework.carry_out(case, Note(text="The depot was asked."), builders.context(now=LATER))
    except Refusal as refusal:
        refused = type(refusal).__name__
    return {"refused": refused, "stored": cases.stored(case.complaint.reference)}


def _case(items: list[Item], stored: Stored) -> Case:
    [head] = (item for item in items if isinstance(item, Head))
    return from_head(head, b64decode(stored["key"]))


def read(folder: str) -> dict[str, list[str]]:
    """The facts that this release knows of each entry in a folder."""
    return {
        path.name: [type(fact).__name__ for _, fact in hash_chain.known(path.read_bytes())]
        for path in sorted(Path(folder).glob("*.json"))
    }


ASKED: dict[str, Any] = {"tell": tell, "look": look, "work": work, "read": read}

if __name__ == "__main__":
    for line in sys.stdin:
        verb, *given = json.loads(line)
        print(json.dumps(ASKED[verb](*given)), flush=True)
