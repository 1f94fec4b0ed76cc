"""The forms of changes as a page shows them: what each asks for, what was typed, what is wrong with it."""

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import groupby
from typing import Any, NamedTuple

from complaints.settings.commands import CHANGES, Change
from complaints.settings.setting import SettingKind
from complaints.values.errors import Invalid, Refusal, Unreadable, Wrong
from functions.http.json_body import parse_json
from functions.http.responses import text_of, texts_of
from functions.pages.desk.settings.fields import FormField, Widget, fields_of

Typed = Mapping[str, Sequence[str]]
Options = Mapping[str, Sequence[tuple[str, str]]]
"""What may be chosen in a field, by its name: values with their words."""

OF_ADDRESS = "id"
"""Where a refusal points to the name of a setting, which stands in no body."""


class Input(NamedTuple):
    """One input of a form: `values` are what stands in it, `wrong` is what is said beside it.

    With `options` one of them is chosen, or several.
    """

    id: str
    name: str
    widget: str
    required: bool
    values: Sequence[str]
    wrong: str | None
    options: Sequence[tuple[str, str]]
    whole: str


class ChangeForm(NamedTuple):
    """The form of a change; `version` is the one looked at."""

    verb: str
    version: int
    inputs: list[Input]

    @property
    def parts(self) -> list[tuple[str, list[Input]]]:
        """The inputs in their order: those of one whole together under its name, the others under none."""
        return [(whole, list(inputs)) for whole, inputs in groupby(self.inputs, lambda each: each.whole)]

    @property
    def is_rich(self) -> bool:
        """Whether some of it is asked for as JSON."""
        return any(each.widget == Widget.JSON for each in self.inputs)


class FailedForm(NamedTuple):
    """What was sent for a change, and what was wrong with it by the names of the inputs."""

    verb: str
    typed: Typed
    wrong: Mapping[str, str]
    version: int


def gathered(pairs: Iterable[tuple[str, str]]) -> dict[str, list[str]]:
    """The values of each field of a form."""
    found: dict[str, list[str]] = {}
    for name, value in pairs:
        found.setdefault(name, []).append(value)
    return found


def body(change: type[Change], typed: Typed) -> dict[str, Any]:
    """The body of a change. What cannot be read is left as it was typed, and refused where all is."""
    told: dict[str, Any] = {}
    for field in fields_of(change):
        value = _READ[field.widget](typed.get(field.name, ()))
        if not field.whole:
            told[field.name] = value
        else:
            part = {field.name.removeprefix(f"{field.whole}."): value} if value else {}
            told[field.whole] = (told.get(field.whole) or {}) | part or None
    return told


def form_of(
    kind: SettingKind,
    verb: str,
    version: int,
    record: Mapping[str, Any],
    options: Options,
    failed: FailedForm | None,
) -> ChangeForm:
    """The form of a change with the `record` as it stands; with what was typed, if it failed."""
    mine = failed if failed and failed.verb == verb else None
    inputs = [_input(verb, field, record, options, mine) for field in fields_of(CHANGES[kind, verb])]
    return ChangeForm(verb, version, inputs)


def errors_in(change: type[Change], refusal: Refusal) -> dict[str, str]:
    """What is said beside each input that a refusal points at; what no input can mend stands under ''."""
    found: dict[str, str] = {}
    names = {field.name: field for field in fields_of(change)}
    for wrong in refusal.errors if isinstance(refusal, Invalid) else ():
        known, within = _place(wrong.pointer, (*names, OF_ADDRESS))
        said = _said(wrong, within, names.get(known))
        found[known] = f"{found[known]} {said}" if known in found else said
    return found


def values_of(field: FormField, value: Any) -> list[str]:
    """What stands in the input of a field that has this value."""
    if value is None or (field.widget == Widget.SWITCH and not value):
        return []
    if field.widget == Widget.JSON:
        return [json.dumps(value, ensure_ascii=False, indent=2)]
    if field.widget in (Widget.CHOICES, Widget.LINES):
        return list(value)
    return ["true" if value is True else str(value)]


def _input(
    verb: str, field: FormField, record: Mapping[str, Any], options: Options, failed: FailedForm | None
) -> Input:
    values = failed.typed.get(field.name, ()) if failed else values_of(field, record.get(field.name))
    if field.widget == Widget.LINES and failed:
        values = _lines(values)
    offered = options.get(field.name, ())
    unknown = [(value, value) for value in values if value and value not in dict(offered)]
    return Input(
        id=f"{verb}-{field.name}",
        name=field.name,
        widget=Widget.CHOICES if offered and field.widget == Widget.LINES else field.widget,
        required=field.required and field.widget != Widget.SWITCH,
        values=values,
        wrong=failed.wrong.get(field.name) if failed else None,
        options=[*offered, *unknown] if offered else [],
        whole=field.whole,
    )


def _place(pointer: str, names: Sequence[str]) -> tuple[str, str]:
    """The input that a pointer leads to, and the place within it."""
    name, _, within = pointer.removeprefix("/").partition("/")
    part, _, deeper = within.partition("/")
    if f"{name}.{part}" in names:
        return f"{name}.{part}", deeper
    return (name if name in names else ""), within


def _said(wrong: Wrong, within: str, field: FormField | None) -> str:
    """Words for a wrong value; for one within JSON with the place where it stands."""
    is_json = field is not None and field.widget == Widget.JSON
    if is_json and wrong.code == "wrong-type" and not within:
        return text_of("office.wrong.json")
    said = texts_of(wrong)
    return text_of("case.wrong.at", field=wrong.pointer, what=said) if within and is_json else said


def _first(values: Sequence[str]) -> str:
    return values[-1].strip() if values else ""


def _lines(values: Sequence[str]) -> list[str]:
    return [line.strip() for value in values for line in value.splitlines() if line.strip()]


def _json(values: Sequence[str]) -> Any:
    text = _first(values)
    try:
        return parse_json(text.encode()) if text else None
    except (Unreadable, UnicodeEncodeError):
        return text


_READ: Mapping[Widget, Callable[[Sequence[str]], Any]] = {
    Widget.LINE: _first,
    Widget.DATE: _first,
    Widget.TEXT: _first,
    Widget.LINES: _lines,
    Widget.CHOICES: list,
    Widget.SWITCH: lambda values: "true" in values,
    Widget.JSON: _json,
}
