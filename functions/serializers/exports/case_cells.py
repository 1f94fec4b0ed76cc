"""A record of a case as cells of a sheet: its columns, and what stands in each, as text or with its type."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, date, datetime
from decimal import Decimal

from msgspec import UnsetType
from msgspec.structs import fields

from complaints.site.site import Site
from complaints.values.own_fields import FieldType
from functions.http.formats.csv_export import Cell
from functions.http.formats.xlsx_export import TypedCell
from functions.serializers.exports.case_record import (
    COLUMNS,
    OF_PEOPLE,
    CaseRecord,
    JointRecord,
    PointRecord,
    RemedyRecord,
)
from functions.serializers.field_types import Moment
from functions.serializers.parts.adjustments import AdjustmentShown

OWN = "fields."
"""What the column of an own field is called: `fields.serial_number`."""

LATER = (
    "points", "authority_step", "authority_at", "authority_by", "authority_until", "joint_complainants",
    "data_right",
)  # fmt: skip
"""Columns that were added once sheets had those of people: they stand behind all others."""

MOMENTS = frozenset(field.name for field in fields(CaseRecord) if field.type in (Moment, Moment | None))
DATES = frozenset({"occurred_on", "authority_until"})
"""Columns of moments in UTC, and of dates."""


def columns(site: Site, *, of_people: bool) -> tuple[str, ...]:
    """The columns of a sheet; each own field that the site ever had is one, in their order."""
    own = tuple(f"{OWN}{field.code}" for field in site.fields)
    first = tuple(name for name in COLUMNS if name not in LATER)
    return (*first, *OF_PEOPLE, *LATER, *own) if of_people else (*first, *LATER)


def cells(record: CaseRecord, columns: Iterable[str]) -> Iterable[Cell]:
    """A record as the cells of these columns: several values of one are separated by semicolons."""
    own = record.fields or {}
    return [
        own.get(name.removeprefix(OWN)) if name.startswith(OWN) else _cell(getattr(record, name))
        for name in columns
    ]


def typed_cells(
    record: CaseRecord, columns: Iterable[str], own: Mapping[str, FieldType]
) -> Iterator[TypedCell]:
    """A record as cells that keep their types; `own` are those of the own fields, by their codes."""
    columns = tuple(columns)
    for name, value in zip(columns, cells(record, columns), strict=True):
        kind = own.get(name.removeprefix(OWN)) if name.startswith(OWN) else None
        if name in MOMENTS and isinstance(value, str):
            yield datetime.fromisoformat(value).astimezone(UTC)
        elif name in DATES or kind is FieldType.DATE:
            yield _date(value)
        elif kind is FieldType.NUMBER and isinstance(value, str):
            yield Decimal(value)
        else:
            yield value


def _date(value: Cell) -> TypedCell:
    """The date that a cell says, or the cell as it is."""
    try:
        return date.fromisoformat(value) if isinstance(value, str) else value
    except ValueError:
        return value


def _cell(value: object) -> Cell:
    match value:
        case None | UnsetType():
            return None
        case RemedyRecord():
            money = f"{value.amount} {value.currency or ''}".strip() if value.amount else ""
            states = {"done": value.is_done, "owed": value.is_owed, "declined": value.is_declined}
            done = next((state for state, is_so in states.items() if is_so), "")
            return " ".join(part for part in (value.kind, money, done, str(value.done_on or "")) if part)
        case PointRecord():
            parts = (value.id, value.category, value.outcome_code or value.outcome, value.text or None)
            return " ".join(part for part in parts if part)
        case AdjustmentShown():
            return f"{value.kind}: {value.details}" if value.details else value.kind
        case JointRecord():
            return value.name
        case list() | tuple():
            return "; ".join(str(_cell(each)) for each in value)
        case int():
            return value
    return str(value)
