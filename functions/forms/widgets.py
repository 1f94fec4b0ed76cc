"""Widgets: what a person fills in, which type of a field gets which, and what each says of a wrong value."""

from collections.abc import Mapping
from enum import StrEnum
from typing import get_args

import msgspec.inspect as types

from complaints.values.field_types import MoneyText

_SCALE_END = 3
_LINE_END = 200
_MONEY = get_args(MoneyText)[1].pattern


class Widget(StrEnum):
    """What a person fills in: `SWITCH` is a choice of yes and no, `CHOICES` are checkboxes, `LINES` a text
    with an item on each line, `LANGUAGES` a text in each language of the site, `WEEK` the hours of
    each weekday, and `JSON` what is too rich for a plain input."""

    LINE = "line"
    TEXT = "text"
    MONEY = "money"
    SCALE = "scale"
    CHOICE = "choice"
    MOMENT = "moment"
    DAY = "day"
    SWITCH = "switch"
    CHECKBOX = "checkbox"
    CHOICES = "choices"
    LINES = "lines"
    LANGUAGES = "languages"
    WEEK = "week"
    ROWS = "rows"
    JSON = "json"


class ValueType(StrEnum):
    """What the type of a field says that it holds; `RECORDS` is a list of structs."""

    SHORT_TEXT = "short_text"
    LONG_TEXT = "long_text"
    MONEY = "money"
    MARK = "mark"
    NUMBER = "number"
    CODE = "code"
    MOMENT = "moment"
    DAY = "day"
    BOOLEAN = "boolean"
    CODES = "codes"
    TEXTS = "texts"
    BY_LANGUAGE = "by_language"
    WEEK = "week"
    RECORDS = "records"
    OTHER = "other"


Widgets = Mapping[ValueType, Widget]

WIDGETS: Widgets = {
    ValueType.SHORT_TEXT: Widget.LINE,
    ValueType.LONG_TEXT: Widget.TEXT,
    ValueType.MONEY: Widget.MONEY,
    ValueType.MARK: Widget.SCALE,
    ValueType.NUMBER: Widget.CHOICE,
    ValueType.CODE: Widget.CHOICE,
    ValueType.MOMENT: Widget.MOMENT,
    ValueType.DAY: Widget.DAY,
    ValueType.BOOLEAN: Widget.SWITCH,
    ValueType.CODES: Widget.CHOICES,
    ValueType.TEXTS: Widget.LINES,
    ValueType.BY_LANGUAGE: Widget.LANGUAGES,
    ValueType.WEEK: Widget.WEEK,
    ValueType.RECORDS: Widget.ROWS,
    ValueType.OTHER: Widget.JSON,
}
"""The widget of each type; a form with other ones says which: `{**WIDGETS, …}`."""

KEYED = frozenset({Widget.LANGUAGES, Widget.WEEK})
"""What has an input for each key, named `field.key`."""

WRONG: Mapping[tuple[Widget, str], str] = {
    (Widget.MOMENT, "no-offset"): "case.wrong.moment",
    (Widget.MOMENT, "wrong-type"): "case.wrong.moment",
    (Widget.MOMENT, "wrong-form"): "case.wrong.moment",
    (Widget.MOMENT, "missing"): "case.wrong.moment",
    (Widget.MONEY, "wrong-form"): "case.wrong.money",
    (Widget.WEEK, "wrong-type"): "office.hours",
    (Widget.JSON, "wrong-type"): "office.wrong.json",
}
"""Msgids for a wrong value by its code, where the words for programs would not help who fills in a form."""


def value_type(kind: types.Type) -> ValueType:
    """What a field of this type holds."""
    match kind:
        case types.StrType(pattern=pattern) if pattern == _MONEY:
            return ValueType.MONEY
        case types.StrType(max_length=most):
            is_long = most is not None and most > _LINE_END
            return ValueType.LONG_TEXT if is_long else ValueType.SHORT_TEXT
        case types.IntType(le=most):
            return ValueType.MARK if most == _SCALE_END else ValueType.NUMBER
        case types.LiteralType(values=values):
            return ValueType.NUMBER if all(isinstance(each, int) for each in values) else ValueType.CODE
        case types.DictType(value_type=types.StrType()):
            return ValueType.BY_LANGUAGE
        case types.DictType(value_type=types.VarTupleType()):
            return ValueType.WEEK
        case types.VarTupleType(item_type=item):
            return _ITEMS.get(type(item), ValueType.OTHER)
    return _PLAIN.get(type(kind), ValueType.OTHER)


_PLAIN: Mapping[type[types.Type], ValueType] = {
    types.EnumType: ValueType.CODE,
    types.DateTimeType: ValueType.MOMENT,
    types.DateType: ValueType.DAY,
    types.BoolType: ValueType.BOOLEAN,
}
_ITEMS: Mapping[type[types.Type], ValueType] = {
    types.EnumType: ValueType.CODES,
    types.StrType: ValueType.TEXTS,
    types.StructType: ValueType.RECORDS,
}
