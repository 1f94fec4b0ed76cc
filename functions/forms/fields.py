"""The fields of a form: taken from the Struct that validates what is sent."""

from collections.abc import Iterator
from typing import NamedTuple

import msgspec.inspect as types
from msgspec import Struct

from functions.forms.widgets import WIDGETS, ValueType, Widget, Widgets, value_type

ROWS = 3
"""How many rows a list has: more are added by sending the form again, without a script."""


class FormField(NamedTuple):
    """One field: its value stands at `pointer` (RFC 6901) of the body.

    A part of a record that `is_always` there: where all of them are empty, the record is, and not missing.
    `parts` are the fields of each row of a list, with pointers from the row. One that `goes_with` another
    part says nothing without it. One that `is_nullable` must be named, and may be null.
    """

    name: str
    pointer: str
    widget: Widget
    required: bool
    parts: "tuple[FormField, ...]" = ()
    is_number: bool = False
    goes_with: str | None = None
    is_always: bool = False
    is_nullable: bool = False

    @property
    def group(self) -> str:
        """The field of the body that it is a part of, if it is one."""
        return self.pointer[1:].rpartition("/")[0]

    @property
    def names(self) -> tuple[str, ...]:
        """The names of its inputs, in their order."""
        rows = range(ROWS if self.parts else 0)
        return tuple(row_name(part.name, row) for row in rows for part in self.parts) or (self.name,)


def fields_of(kind: type[Struct], widgets: Widgets = WIDGETS) -> tuple[FormField, ...]:
    """A field for each of the Struct, in its order; for one that is a record, one for each of its parts."""
    return tuple(each for field in _fields(types.type_info(kind)) for each in _flat(field, widgets))


def field_at(kind: type[Struct], pointer: str, widgets: Widgets = WIDGETS) -> FormField:
    """The field that a pointer leads to, required if all that it is a part of is. Raises `KeyError`."""
    inner, is_required = types.type_info(kind), True
    for name in pointer[1:].split("/"):
        field = {each.encode_name: each for each in _fields(inner)}[name]
        inner, is_required = _type(field), is_required and field.required
    return _field(field, widgets)._replace(pointer=pointer, required=is_required)


def row_name(part: str, row: int) -> str:
    """The name of an input in a row of a list, which counts from 0."""
    return f"{part}_{row + 1}"


def _fields(kind: types.Type) -> tuple[types.Field, ...]:
    return kind.fields if isinstance(kind, types.StructType) else ()


def _flat(field: types.Field, widgets: Widgets) -> Iterator[FormField]:
    """What is told whole or not at all, in plain inputs, has one for each part: `away.from`. So has a record
    that is always there and has some plain input."""
    parts = [_field(each, widgets) for each in _fields(_type(field))]
    plain = [each.widget in (Widget.LINE, Widget.DAY) for each in parts]
    is_always = isinstance(field.type, types.StructType) and any(plain)
    if is_always or (all(plain) and any(each.required for each in parts)):
        name = field.encode_name
        for each in parts:
            yield each._replace(
                name=f"{name}.{each.name}",
                pointer=f"/{name}{each.pointer}",
                required=field.required,
                is_always=is_always,
            )
    else:
        yield _field(field, widgets)


def _field(field: types.Field, widgets: Widgets) -> FormField:
    kind = _type(field)
    holds = value_type(kind)
    widget = widgets[holds]
    parts: tuple[FormField, ...] = ()
    if widget is Widget.ROWS and isinstance(kind, types.VarTupleType):
        parts = tuple(_field(each, widgets) for each in _fields(kind.item_type))
    return FormField(
        name=field.encode_name,
        pointer=f"/{field.encode_name}",
        widget=widget,
        required=field.required,
        parts=parts,
        is_nullable=field.required and isinstance(field.type, types.UnionType),
        is_number=holds in (ValueType.MARK, ValueType.NUMBER),
    )


def _type(field: types.Field) -> types.Type:
    """The type of a field, which there may be none of."""
    if isinstance(field.type, types.UnionType):
        return next(each for each in field.type.types if not isinstance(each, types.NoneType))
    return field.type
