"""The fields of every change of a setting, as a form asks for them: taken from the types that validate it."""

from enum import StrEnum
from functools import cache
from typing import NamedTuple

import msgspec.inspect as types

from complaints.settings.commands import Change

REASON = "reason"
_LINE_END = 200


class Widget(StrEnum):
    """What a person fills in; what is too rich for a plain input is its JSON."""

    LINE = "line"
    TEXT = "text"
    LINES = "lines"
    SWITCH = "switch"
    CHOICES = "choices"
    JSON = "json"


class Field(NamedTuple):
    """One field of a change: `options` are the values that its type names."""

    name: str
    widget: Widget
    required: bool
    options: tuple[str, ...] = ()


@cache
def fields_of(change: type[Change]) -> tuple[Field, ...]:
    """What the form of a change asks for; why it is made comes last."""
    described = types.type_info(change)
    assert isinstance(described, types.StructType)
    known = [_field(field) for field in described.fields]
    return tuple(sorted(known, key=lambda field: field.name == REASON))


def _field(field: types.Field) -> Field:
    kind = field.type
    if isinstance(kind, types.UnionType):
        kind = next(each for each in kind.types if not isinstance(each, types.NoneType))
    plain = Field(field.encode_name, Widget.JSON, field.required)
    match kind:
        case types.StrType(max_length=most):
            is_long = most is not None and most > _LINE_END
            return plain._replace(widget=Widget.TEXT if is_long else Widget.LINE)
        case types.VarTupleType(item_type=types.EnumType(cls=words)):
            return plain._replace(widget=Widget.CHOICES, options=tuple(word.value for word in words))
        case types.VarTupleType(item_type=types.StrType()):
            return plain._replace(widget=Widget.LINES)
        case types.BoolType():
            return plain._replace(widget=Widget.SWITCH)
    return plain
