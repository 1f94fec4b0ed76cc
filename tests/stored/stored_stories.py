"""Plants stories in the table of a run, as if they had happened there: each under a reference of its own.

What a story tells of February is moved to the days before the present of the run.
"""

import secrets
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from msgspec import Struct

from complaints.adapters.dynamodb.case_items import to_head
from complaints.adapters.dynamodb.entry_items import entry_item, private_item
from complaints.adapters.dynamodb.key_schema import case_pk
from complaints.adapters.dynamodb.letter_items import to_letter_item
from complaints.adapters.dynamodb.models import Item
from complaints.adapters.stores.cases.case_store import DynamoCases
from complaints.audit_trail.hash_chain import decode, opened
from complaints.case.complaint import Complaint
from complaints.context.case import Case, CaseWrite, SubmissionRecord
from complaints.handling.service import Casework
from complaints.values.text import case_reference
from infrastructure.local.aws.secrets import LocalSecrets
from tests.builders import Story, context
from tests.local_run import LocalRun


@dataclass(frozen=True)
class Planted:
    """A case in the table; `names` are its references by those of the story, moved `later` than there."""

    case: Case
    access: str
    names: Mapping[str, str]
    later: timedelta

    @property
    def reference(self) -> str:
        return self.case.complaint.reference

    @property
    def version(self) -> int:
        return self.case.complaint.version

    def moved(self, told: Any) -> Any:
        """What is said in the story, as it must be said of the planted case."""
        return moved(told, self.later, self.names)


class Garden:
    """Where stories are planted: the table of a run (`stored_items.looking_into` it), at `now`."""

    def __init__(self, run: LocalRun, now: datetime) -> None:
        self._now = now
        self._casework = Casework(DynamoCases(), LocalSecrets(run.data / "keys"), secrets.token_bytes)

    def plant(self, story: Story, *others: Story) -> Planted:
        """The case of a story, with `others` that it names; letters that mail would carry stay unwritten."""
        later = timedelta(days=(self._now - story.now).days)
        names = {
            each.reference: case_reference.from_digest(secrets.token_bytes(32)) for each in (story, *others)
        }
        case, items = self._grown(story, names, later)
        for other in others:
            items += self._grown(other, names, later)[1]
        with Item.batch_write() as batch:
            for item in items:
                batch.save(item)
        return Planted(case, self._casework.access(case), names, later)

    def _grown(self, story: Story, names: Mapping[str, str], later: timedelta) -> tuple[Case, list[Item]]:
        """A case with its items."""
        name = names[story.reference]
        opening = SubmissionRecord(key=name, body="", salt=secrets.token_hex())
        case = Case(complaint=Complaint(reference=name), opening=opening, card=story.case.card)
        items: list[Item] = []
        for stored in story.cases.entries(story.reference):
            facts = [
                moved(opened(fact, place, stored.private), later, names)
                for place, fact in enumerate(decode(stored.data).facts)
            ]
            writing = self._casework.writing(case, facts, context(facts[0].by, terms=story.terms))
            case = writing.case
            items += _items_of(writing)
        return case, [*items, to_head(case)]


def _items_of(writing: CaseWrite) -> Iterator[Item]:
    """What a writing adds to the table, but for the head and for letters that mail carries."""
    name, number = writing.case.complaint.reference, writing.case.complaint.number
    yield entry_item(case_pk(name), number, writing.entry)
    if writing.private:
        yield private_item(name, number, writing.private, is_message=writing.is_message)
    for letter in writing.letters:
        if letter.on_paper:
            yield to_letter_item(letter)


def moved(value: Any, later: timedelta, names: Mapping[str, str]) -> Any:
    """The value with every moment moved and every reference replaced, however deep they stand."""
    match value:
        case Struct():
            fields = value.__struct_fields__
            return type(value)(**{name: moved(getattr(value, name), later, names) for name in fields})
        case tuple():
            return tuple(moved(each, later, names) for each in value)
        case date():
            return value + later
        case str():
            return names.get(value, value)
    return value
