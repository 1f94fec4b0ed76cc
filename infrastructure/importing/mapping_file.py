"""How a file of another system is read: which column is what, and what its values mean."""

from pathlib import Path
from typing import Annotated
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import msgspec
from msgspec import Meta, Struct

from complaints.values.details_told import Details, Person
from complaints.values.field_types import CodeName

PRESETS = Path(__file__).with_name("mappings")

FIELDS = (
    "subject", "description", *Person.__struct_fields__, "kind", "language", "category",
    *Details.__struct_fields__, "remedy_sought", "special_needs", "danger", "feedback", "data_right",
    "received_at", "ended_at",
)  # fmt: skip
Field = Annotated[str, Meta(pattern=rf"^({'|'.join(FIELDS)})$(?!\n)")]
NEEDED = ("description", "received_at")
Columns = Annotated[tuple[str, ...], Meta(min_length=1)]
"""Names of columns: the first that has something in a row counts."""


class NoMapping(Exception):
    """There is no such mapping, or it says what cannot be; the text says what."""


class Status(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Which words of a column say that a ticket is `open` or has `ended`, and which are `left_out`."""

    columns: Columns
    open: tuple[str, ...]
    ended: tuple[str, ...]
    left_out: tuple[str, ...] = ()


class OwnColumn(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The columns of an own field of the site, and its value for each word of them, where words differ."""

    columns: Columns
    values: dict[str, str] = {}


class Join(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What stands in another `list` of a JSON document: the item whose `by` is the `id` of the record."""

    list: str
    by: str
    id: str


class Mapping(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A mapping. `source` and the `id` of a ticket together name a complaint for ever.

    `dates` are formats of `strptime`, or `iso`; a date without an offset is one of the `zone`. `values` say
    the value for each word of a column, `always` the values that all complaints have. `own` are own fields of
    the site by their codes. Columns that are `html` are read as text. In a JSON document the tickets are the
    list `records`, and `joins` name what is added to each from another list. `only` are words of columns: a
    record that says something else there is no ticket, and is passed over.
    """

    about: str
    source: Annotated[str, Meta(pattern="^[a-z0-9-]{1,40}$")]
    delimiter: Annotated[str, Meta(min_length=1, max_length=1)] = ","
    encoding: str = "utf-8-sig"
    zone: str = "UTC"
    dates: Annotated[tuple[str, ...], Meta(min_length=1)]
    id: Columns
    columns: dict[Field, Columns]
    values: dict[Field, dict[str, str]] = {}
    always: dict[Field, str] = {}
    status: Status | None = None
    own: dict[CodeName, OwnColumn] = {}
    html: tuple[str, ...] = ()
    records: str | None = None
    joins: dict[str, Join] = {}
    only: dict[str, str] = {}

    def missing_in(self, header: frozenset[str]) -> tuple[Columns, ...]:
        """What every ticket needs of which the file has no column."""
        needed = [self.id, *(self.columns[field] for field in NEEDED if field in self.columns)]
        if self.status:
            needed.append(self.status.columns)
        return tuple(columns for columns in needed if header.isdisjoint(columns))


def read_mapping(named: str) -> Mapping:
    """The mapping in a file, or the one that came with the product under that name. Raises `NoMapping`."""
    preset = PRESETS / f"{Path(named).name}.json"
    path = preset if preset.exists() and not Path(named).exists() else Path(named)
    try:
        mapping = msgspec.json.decode(path.read_bytes(), type=Mapping)
        ZoneInfo(mapping.zone)
    except OSError as error:
        known = ", ".join(sorted(each.stem for each in PRESETS.glob("*.json")))
        raise NoMapping(f"There is no mapping {named}: name a file, or one of {known}.") from error
    except (msgspec.DecodeError, ZoneInfoNotFoundError, ValueError) as error:
        raise NoMapping(f"The mapping {named} cannot be: {error}") from error
    return mapping
