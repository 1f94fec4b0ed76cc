"""From the fields of a form to the JSON body of the same command, and from a pointer back to a field."""

from collections.abc import Callable, Mapping
from datetime import datetime, tzinfo
from typing import Any

from functions.pages.desk.case.fields import ROWS, FormField, Widget, fields_of

Form = Mapping[str, str]
BESIDE = ("site", "version", "once")
"""What stands in every form beside the fields: whose zone its times are in, what was looked at, and which one
it is, so that it is carried out once."""

_CURRENCY = "currency"
_DIGITS = 9


def body(verb: str, form: Form, zone: tzinfo) -> dict[str, Any]:
    """The body of a command. What cannot be read is left as it was typed, and refused where all is."""
    return {
        field.name: value
        for field in fields_of(verb)
        if (value := _value(field, field.name, form, zone)) not in (None, "", [])
    }


def typed(verb: str, form: Form) -> dict[str, str]:
    """What was typed, by the names of the fields."""
    return {name: form[name] for name in names_of(verb) if form.get(name)}


def hidden(verb: str, form: Form) -> dict[str, str]:
    """All that a form sends, for one that asks the same once more."""
    return typed(verb, form) | {name: form[name] for name in BESIDE if name in form}


def names_of(verb: str) -> list[str]:
    """The names of all inputs of a form, in their order."""
    return [
        name
        for field in fields_of(verb)
        for name in (
            [part for row in range(ROWS) for part in _row(field, row)] if field.parts else [field.name]
        )
    ]


def part_name(part: str, row: int) -> str:
    """The name of an input in a row of a list, which counts from 0."""
    return f"{part}_{row + 1}"


def input_at(verb: str, pointer: str, form: Form) -> str | None:
    """The name of the input that a pointer of an error leads to (RFC 6901), if the form has one."""
    first, *rest = pointer.removeprefix("/").split("/")
    found = next((field for field in fields_of(verb) if field.name == first), None)
    if found is None or not found.parts:
        return first if found else None
    rows = _filled(found, form)
    place = int(rest[0]) if rest and rest[0].isdigit() else 0
    row = rows[place] if place < len(rows) else 0
    return part_name(rest[1] if len(rest) > 1 else found.parts[0].name, row)


def _value(field: FormField, name: str, form: Form, zone: tzinfo) -> Any:
    if field.parts:
        return [_in_row(field, row, form, zone) for row in _filled(field, form)]
    text = form.get(name, "").strip()
    if field.whole:
        return int(text) if text.isascii() and text.isdigit() and len(text) <= _DIGITS else text
    read = _READ.get(field.widget)
    return read(text, zone) if read and text else text


def _in_row(field: FormField, row: int, form: Form, zone: tzinfo) -> dict[str, Any]:
    """One item of a list; a currency stands beside an amount, and is nothing without one."""
    values = {part.name: _value(part, part_name(part.name, row), form, zone) for part in field.parts}
    return {
        name: value
        for name, value in values.items()
        if value != "" and not (name == _CURRENCY and not values["amount"])
    }


def _filled(field: FormField, form: Form) -> list[int]:
    """The rows of a list in which somebody filled something in; the currency stands there already."""
    said = [part.name for part in field.parts if part.name != _CURRENCY]
    return [row for row in range(ROWS) if any(form.get(part_name(name, row), "").strip() for name in said)]


def _row(field: FormField, row: int) -> list[str]:
    return [part_name(part.name, row) for part in field.parts]


def local_moment(text: str, zone: tzinfo) -> str:
    """A local time with the offset that it has at the site."""
    try:
        at = datetime.fromisoformat(text)
    except ValueError:
        return text
    return (at if at.tzinfo else at.replace(tzinfo=zone)).isoformat()


def _money(text: str, zone: tzinfo) -> str:
    """An amount with a decimal point, as many write it with a comma."""
    return text.replace(",", ".")


def _switch(text: str, zone: tzinfo) -> bool | str:
    return {"true": True, "false": False}.get(text, text)


_READ: Mapping[Widget, Callable[[str, tzinfo], Any]] = {
    Widget.MOMENT: local_moment,
    Widget.MONEY: _money,
    Widget.SWITCH: _switch,
}
