"""From what a form sends to the JSON body of the same call: each value stands where its pointer leads.

A form of the desk as the call in JSON that asks for the same: one rule judges both.
"""

import re
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from datetime import UTC, datetime, tzinfo
from hashlib import sha256
from typing import Any

import msgspec

from complaints.values.errors import Unreadable
from functions.forms.fields import ROWS, FormField, row_name
from functions.forms.urlencoded import FormData, put_at_pointer
from functions.forms.widgets import Widget
from functions.http.parsing.json_body import parse_json
from functions.http.request import Request

_DIGITS = 9
_HOURS = re.compile(r"([0-9]{1,2}[:.][0-9]{2})\s*[-–—]\s*([0-9]{1,2}[:.][0-9]{2})")


def body_of(
    fields: Collection[FormField], form: FormData, zone: tzinfo = UTC, *, keep_empty: bool = False
) -> dict[str, Any]:
    """The body that a form asks for; local times are those of the `zone`.

    What cannot be read is left as it was typed, and refused where all is. What is empty is left out, or says
    that there is nothing now (`keep_empty`).
    """
    body: dict[str, Any] = {}
    empty: dict[str, Any] = {}
    for field in fields:
        value = value_of(field, field.name, form, zone)
        if value not in (None, "", [], {}):
            put_at_pointer(body, field.pointer, value)
        else:
            nothing: Any = {} if field.is_always else None
            empty[field.group or field.name] = nothing if field.group else value
    for field in fields:
        if field.is_nullable and field.group in body:
            body[field.group].setdefault(field.pointer.rpartition("/")[2], None)
    return empty | body if keep_empty else body


def value_of(field: FormField, name: str, form: FormData, zone: tzinfo) -> Any:
    """What the input with this name says of a field."""
    if field.parts:
        return [_in_row(field, row, form, zone) for row in filled_rows(field, form)]
    if field.widget is Widget.LANGUAGES:
        return {tag: form[name].strip() for tag, name in names_by_key(field, form) if form[name].strip()}
    if field.widget is Widget.WEEK:
        days = names_by_key(field, form)
        return {day: hours_of(form[name]) for day, name in days if form[name].strip()} or None
    if read_all := _READ_ALL.get(field.widget):
        return read_all(form.getlist(name))
    text = form.get(name, "").strip()
    if field.is_number:
        return int(text) if text.isascii() and text.isdigit() and len(text) <= _DIGITS else text
    read = _READ.get(field.widget)
    return read(text, zone) if read and text else text


def filled_rows(field: FormField, form: Mapping[str, str]) -> list[int]:
    """The rows of a list that somebody filled in; what goes with another part does not count."""
    found = [part.name for part in field.parts if not part.goes_with]
    return [row for row in range(ROWS) if any(form.get(row_name(name, row), "").strip() for name in found)]


def _in_row(field: FormField, row: int, form: FormData, zone: tzinfo) -> dict[str, Any]:
    values = {part.name: value_of(part, row_name(part.name, row), form, zone) for part in field.parts}
    return {
        part.name: values[part.name]
        for part in field.parts
        if values[part.name] != "" and (part.goes_with is None or values[part.goes_with])
    }


def names_by_key(field: FormField, form: Iterable[str]) -> list[tuple[str, str]]:
    """The keys for which a form has an input of a field (languages, days), each with the input's name."""
    start = f"{field.name}."
    return [(name.removeprefix(start), name) for name in form if name.startswith(start)]


def hours_of(text: str) -> list[list[str]] | str:
    """The hours of a day, or the text where it does not say hours.

    >>> hours_of("9:00-12:30, 13.30 – 18:00")
    [['09:00', '12:30'], ['13:30', '18:00']]
    """
    found = [_HOURS.fullmatch(each.strip()) for each in re.split(r"[,;،]", text) if each.strip()]
    read = [[edge.replace(".", ":").zfill(5) for edge in each.groups()] for each in found if each]
    return read if len(read) == len(found) else text


def lines_of(values: Iterable[str]) -> list[str]:
    """The lines of a text in which something stands."""
    return [line.strip() for value in values for line in value.splitlines() if line.strip()]


def _json(text: str, zone: tzinfo) -> Any:
    try:
        return parse_json(text.encode())
    except (Unreadable, UnicodeEncodeError):
        return text


def _moment(text: str, zone: tzinfo) -> str:
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
    Widget.MOMENT: _moment,
    Widget.MONEY: _money,
    Widget.SWITCH: _switch,
    Widget.JSON: _json,
}
_READ_ALL: Mapping[Widget, Callable[[Sequence[str]], Any]] = {
    Widget.LINES: lines_of,
    Widget.CHOICES: list,
    Widget.CHECKBOX: lambda values: "true" in values,
}
"""How the values of an input that may send several are read, or none."""


def as_json(request: Request, verb: str, body: Mapping[str, Any], form: Mapping[str, str]) -> Request:
    """The request with this body, and with the headers that such a call has: `version` is the one that was
    looked at."""
    raw = msgspec.json.encode(body, order="deterministic")
    return request.sending(
        raw,
        content_type="application/json",
        if_match=f'"{form.get("version", "")}"',
        idempotency_key=form_key(form, verb, raw),
    )


def form_key(form: Mapping[str, str], verb: str, raw: bytes) -> str:
    """The key of what a form asks for: a second press or a reload is the same write, other words are another.

    `once` of the form is in it, and the words are, as the body says them.
    """
    return sha256(f"{form.get('once', '')}|{verb}|".encode() + raw).hexdigest()
