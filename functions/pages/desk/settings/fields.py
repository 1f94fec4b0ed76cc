"""The fields of every change of a setting, as a form asks for them: taken from the types that validate it."""

from collections.abc import Iterator, Mapping
from enum import StrEnum
from functools import cache
from typing import Any, NamedTuple

import msgspec.inspect as types

from complaints.settings.commands import Change

REASON = "reason"
_LINE_END = 200


class Widget(StrEnum):
    """What a person fills in; what is too rich for a plain input is its JSON."""

    LINE = "line"
    DATE = "date"
    TEXT = "text"
    LINES = "lines"
    SWITCH = "switch"
    CHOICES = "choices"
    JSON = "json"


class FormField(NamedTuple):
    """One input of a change: `options` are the values that its type names.

    A part of what is told whole or not at all has a name of two, such as `away.from`.
    """

    name: str
    widget: Widget
    required: bool
    options: tuple[str, ...] = ()

    @property
    def whole(self) -> str:
        """What it is a part of, if it is one."""
        return self.name.partition(".")[0] if "." in self.name else ""


@cache
def fields_of(change: type[Change]) -> tuple[FormField, ...]:
    """What the form of a change asks for; why it is made comes last."""
    described = types.type_info(change)
    assert isinstance(described, types.StructType)
    known = [each for field in described.fields for each in _inputs(field)]
    return tuple(sorted(known, key=lambda field: field.name == REASON))


def spread(record: Mapping[str, Any], fields: tuple[FormField, ...]) -> dict[str, Any]:
    """A record by the names of these fields: what has parts is told part by part, where there is any."""
    wholes = {field.whole for field in fields}
    found: dict[str, Any] = {}
    for name, value in record.items():
        parts = value if name in wholes else None
        found |= {f"{name}.{part}": each for part, each in parts.items()} if parts else {name: value}
    return found


def _inputs(field: types.Field) -> Iterator[FormField]:
    kind = _kind(field)
    parts = [_field(each) for each in kind.fields] if isinstance(kind, types.StructType) else []
    if parts and all(each.required and each.widget in (Widget.LINE, Widget.DATE) for each in parts):
        yield from (
            each._replace(name=f"{field.encode_name}.{each.name}", required=field.required) for each in parts
        )
    else:
        yield _field(field)


def _kind(field: types.Field) -> types.Type:
    """The type of a field that there may be none of."""
    if isinstance(field.type, types.UnionType):
        return next(each for each in field.type.types if not isinstance(each, types.NoneType))
    return field.type


def _field(field: types.Field) -> FormField:
    kind = _kind(field)
    plain = FormField(field.encode_name, Widget.JSON, field.required)
    match kind:
        case types.StrType(max_length=most):
            is_long = most is not None and most > _LINE_END
            return plain._replace(widget=Widget.TEXT if is_long else Widget.LINE)
        case types.DateType():
            return plain._replace(widget=Widget.DATE)
        case types.VarTupleType(item_type=types.EnumType(cls=words)):
            return plain._replace(widget=Widget.CHOICES, options=tuple(word.value for word in words))
        case types.VarTupleType(item_type=types.StrType()):
            return plain._replace(widget=Widget.LINES)
        case types.BoolType():
            return plain._replace(widget=Widget.SWITCH)
    return plain
