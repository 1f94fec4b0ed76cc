"""The forms of commands as a page shows them: what each asks for, what was typed, what is wrong with it."""

from functools import cache
from typing import NamedTuple

from complaints.casework.staff_commands import STAFF_COMMANDS
from functions.pages.desk.case.choices import ChoiceContext, choices
from functions.pages.desk.case.fields import fields_of
from functions.pages.forms.fields import ROWS, FormField, row_name
from functions.pages.forms.inputs import Choice, FailedForm, Input, with_chosen
from functions.pages.forms.widgets import Widget

_MARKS = ("0", "1", "2", "3")


class FormInputs(NamedTuple):
    """What a command asks for; `rows` are those of its list, if it has one."""

    verb: str
    inputs: tuple[Input, ...]
    rows: tuple[tuple[Input, ...], ...]


class CommandForm(NamedTuple):
    """The form of a command: `version` is the one looked at, and what was sent may have `failed`."""

    asked: FormInputs
    version: int
    failed: bool

    @property
    def verb(self) -> str:
        return self.asked.verb


def form_of(verb: str, sight: ChoiceContext, failed: FailedForm | None = None) -> CommandForm:
    """The form of a command on a case; with what was typed, if it failed."""
    mine = failed if failed and failed.verb == verb else None
    plain, rows = _blank(verb)
    asked = FormInputs(
        verb,
        tuple(_filled(verb, each, sight, mine) for each in plain),
        tuple(tuple(_filled(verb, each, sight, mine) for each in row) for row in rows),
    )
    version = mine.version if mine else sight.teller.complaint.version
    return CommandForm(asked, version, failed=mine is not None)


def label_of(verb: str, name: str) -> str:
    """The end of the msgid of the label of an input."""
    field = name.rstrip("0123456789").removesuffix("_")
    return f"{verb}.{field}" if field in STAFF_COMMANDS[verb].own_labels else field


class _Blank(NamedTuple):
    """An input of a form before anybody looks at a case, and the field of the command that it is for."""

    field: FormField
    input: Input


@cache
def _blank(verb: str) -> tuple[tuple[_Blank, ...], tuple[tuple[_Blank, ...], ...]]:
    """The inputs of a form in their order, and those of each row of its list."""
    fields = fields_of(verb)
    plain = (_blank_input(verb, field, field.name) for field in fields if not field.parts)
    rows = (
        tuple(_blank_input(verb, part, row_name(part.name, row)) for part in field.parts)
        for field in fields
        for row in range(ROWS if field.parts else 0)
    )
    return tuple(plain), tuple(rows)


def _blank_input(verb: str, field: FormField, name: str) -> _Blank:
    asked = Input(
        id=f"{verb}-{name}",
        name=name,
        label=label_of(verb, name),
        widget=field.widget.value,
        required=field.required,
        value="",
    )
    return _Blank(field, asked)


def _filled(verb: str, blank: _Blank, sight: ChoiceContext, failed: FailedForm | None) -> Input:
    """The input with what can be chosen, what was typed or is usual, and what is wrong with it."""
    field, asked = blank
    value = failed.typed.get(asked.name) if failed else None
    value = _usual(field, sight) if value is None else value
    wrong = failed.wrong.get(asked.name) if failed else None
    options = choices(verb, field.name, sight) or _worded(verb, field, sight)
    if options and value:
        options = with_chosen(options, (value,))
    if options and not value and len(options) == 1 and field.required:
        value = options[0].value
    if value or wrong or options is not None:
        return asked._replace(value=value, wrong=wrong, options=options)
    return asked


def _usual(field: FormField, sight: ChoiceContext) -> str:
    return sight.teller.site.currency if field.name == "currency" else ""


def _worded(verb: str, field: FormField, sight: ChoiceContext) -> tuple[Choice, ...] | None:
    """The values of a scale, or of what is so or not."""
    if field.widget is Widget.SCALE:
        called = sight.teller.word(f"case.scale.{field.name}.")
        return tuple(Choice(mark, f"{mark}: {called(mark)}") for mark in _MARKS)
    if field.widget is Widget.SWITCH:
        called = sight.teller.word(f"case.switch.{verb}.")
        return tuple(Choice(value, called(value)) for value in ("true", "false"))
    return None
