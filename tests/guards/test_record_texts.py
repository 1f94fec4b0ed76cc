"""Whatever a record of the management system can hold or be asked for has its words.

Their msgids are put together of names, so that a text that is missing shows on a page alone, as an error.
That each language has what the English has is guarded in `test_catalogues.py`.
"""

from collections.abc import Iterator

import msgspec.inspect as types
import pytest

from complaints.management.declaration import no_reminders
from complaints.management.kinds import declaration
from complaints.management.privacy.reading_alarms import UNANSWERED
from complaints.management.record import RecordKind
from complaints.reporting.unusual_reading import Why
from complaints.values.casework.access_log import AccessKind
from complaints.values.people import Role
from functions.desk.records.forms import REASON, fields_of_command
from tests.guards.test_catalogues import known

KNOWN = known()


def fields(kind: types.Type, place: str = "") -> Iterator[tuple[str, types.Type]]:
    """The fields of a Struct and of what stands in it, by the names under which a page shows them."""
    if isinstance(kind, types.StructType):
        for field in kind.fields:
            name = f"{place}.{field.encode_name}" if place else field.encode_name
            yield name, field.type
            yield from fields(field.type, name)
    elif isinstance(kind, types.UnionType):
        for each in kind.types:
            yield from fields(each, place)
    elif isinstance(kind, types.VarTupleType):
        yield from fields(kind.item_type, place)


def values(kind: types.Type) -> Iterator[str]:
    """The values of a field that has few."""
    if isinstance(kind, types.EnumType):
        yield from (each.value for each in kind.cls)
    elif isinstance(kind, types.UnionType):
        for each in kind.types:
            yield from values(each)
    elif isinstance(kind, types.VarTupleType):
        yield from values(kind.item_type)


def words_of(kind: RecordKind) -> Iterator[str]:
    """The msgids that pages, letters and packs make of the names of a kind."""
    declared = declaration(kind)
    yield from (f"records.{kind}.{name}" for name in ("name", "names", "about"))
    yield from (f"records.verb.{kind}.{verb}" for verb in declared.commands)
    yield from (f"records.help.{kind}.{name}" for name in declared.helped)
    content = types.type_info(declared.content)
    for name, inner in fields(content):
        if name.partition(".")[0] not in declared.unlisted:
            yield f"records.field.{kind}.{name}"
            yield from (f"records.value.{kind}.{name}.{value}" for value in values(inner))
    for command in declared.rules:
        asked = [each for each in fields_of_command(command) if declared.roles[command.verb]]
        for field in asked:
            if field.name != REASON:
                yield f"records.field.{kind}.{field.name}"
                yield from (f"records.field.{kind}.{field.name}.{part.name}" for part in field.parts)


@pytest.mark.parametrize("kind", RecordKind)
def test_every_kind_of_record_has_its_words(kind: RecordKind) -> None:
    assert sorted(set(words_of(kind)) - KNOWN) == []


@pytest.mark.parametrize("kind", RecordKind)
def test_what_a_kind_writes_to_staff_has_its_words(kind: RecordKind) -> None:
    begins = f"records.{kind}.due."
    has_words = any(word.startswith(begins) for word in KNOWN)
    assert has_words == (declaration(kind).reminders is not no_reminders)


def test_each_rule_of_unusual_reading_has_its_words() -> None:
    assert {f"records.reading_alarm.due.{why}" for why in (*Why, UNANSWERED)} <= KNOWN


@pytest.mark.parametrize("family", ["office.role", "pages.desk.role"])
def test_each_role_has_its_words(family: str) -> None:
    assert [role for role in Role if f"{family}.{role}" not in KNOWN] == []


def test_each_kind_of_reading_has_its_words() -> None:
    assert [kind for kind in AccessKind if f"reports.access.kind.{kind}" not in KNOWN] == []
