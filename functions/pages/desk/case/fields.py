"""The fields of every command of staff, as a form asks for them: taken from the types that validate them."""

from collections.abc import Mapping
from enum import StrEnum
from functools import cache
from typing import NamedTuple, get_args

import msgspec.inspect as types

from complaints.casework.staff_commands import STAFF_COMMANDS
from complaints.commands.command import StaffCommand
from complaints.values.values import MoneyText

ROWS = 3
"""How many rows a list has: more are added by deciding again, without a script."""

_SCALE_END = 3
_LINE_END = 200
_MONEY = get_args(MoneyText)[1].pattern


class Widget(StrEnum):
    """What a person fills in."""

    LINE = "line"
    TEXT = "text"
    MONEY = "money"
    SCALE = "scale"
    CHOICE = "choice"
    MOMENT = "moment"
    DAY = "day"
    SWITCH = "switch"
    ROWS = "rows"


class FormField(NamedTuple):
    """One field of a command: `most` is the longest text, `options` the values that its type names, `parts`
    the fields of each row of a list; one that is `whole` holds a number."""

    name: str
    widget: Widget
    required: bool
    most: int | None = None
    options: tuple[str, ...] = ()
    parts: "tuple[FormField, ...]" = ()
    whole: bool = False


@cache
def fields_of(verb: str) -> tuple[FormField, ...]:
    """What the form of a command asks for; a note comes last. Raises `KeyError`."""
    declared = STAFF_COMMANDS[verb]
    known = [_field(field) for field in _of(declared.command)]
    own = [field for field in known if field.name != "note"]
    return (*own, *(field for field in known if field.name == "note" and declared.form_note))


def _of(kind: type[StaffCommand]) -> tuple[types.Field, ...]:
    described = types.type_info(kind)
    assert isinstance(described, types.StructType)
    return described.fields


def _field(field: types.Field) -> FormField:
    kind = field.type
    if isinstance(kind, types.UnionType):
        kind = next(each for each in kind.types if not isinstance(each, types.NoneType))
    plain = FormField(field.encode_name, Widget.LINE, field.required)
    match kind:
        case types.StrType(pattern=pattern) if pattern == _MONEY:
            return plain._replace(widget=Widget.MONEY)
        case types.StrType(max_length=most):
            is_long = most is not None and most > _LINE_END
            return plain._replace(widget=Widget.TEXT if is_long else Widget.LINE, most=most)
        case types.IntType(le=most):
            return plain._replace(widget=Widget.SCALE if most == _SCALE_END else Widget.CHOICE, whole=True)
        case types.LiteralType(values=values):
            return plain._replace(widget=Widget.CHOICE, options=tuple(map(str, values)), whole=True)
        case types.EnumType(cls=words):
            return plain._replace(widget=Widget.CHOICE, options=tuple(word.value for word in words))
        case types.VarTupleType(item_type=types.StructType(fields=parts)):
            return plain._replace(widget=Widget.ROWS, parts=tuple(map(_field, parts)))
    return plain._replace(widget=_OTHERS[type(kind)])


_OTHERS: Mapping[type[types.Type], Widget] = {
    types.DateTimeType: Widget.MOMENT,
    types.DateType: Widget.DAY,
    types.BoolType: Widget.SWITCH,
}
