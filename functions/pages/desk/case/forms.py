"""The forms of commands as a page shows them: what each asks for, what was typed, what is wrong with it."""

from collections.abc import Iterator, Mapping
from functools import cache
from typing import NamedTuple

from complaints.adapters.container import container
from complaints.casework.staff_commands import STAFF_COMMANDS
from complaints.values.errors import Invalid, Refusal, Wrong
from functions.pages.desk.case.choices import Choice, ChoiceContext, choices
from functions.pages.desk.case.fields import ROWS, FormField, Widget, fields_of
from functions.pages.desk.case.form_to_json import input_at, part_name

_MARKS = ("0", "1", "2", "3")


class Input(NamedTuple):
    """One input of a form: `label` is the end of its msgid, `wrong` what is said beside it.

    With `options` one of them is chosen.
    """

    id: str
    name: str
    label: str
    widget: str
    required: bool
    value: str
    wrong: str | None = None
    options: tuple[Choice, ...] | None = None


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


class FailedForm(NamedTuple):
    """What was sent for a command, and what was wrong with it by the names of the inputs.

    `version` is the one that was looked at: what changed since is told when it is sent again.
    """

    verb: str
    typed: Mapping[str, str]
    wrong: Mapping[str, str]
    version: int | None = None


def form_of(verb: str, sight: ChoiceContext, failed: FailedForm | None = None) -> CommandForm:
    """The form of a command on a case; with what was typed, if it failed."""
    mine = failed if failed and failed.verb == verb else FailedForm(verb, {}, {})
    plain, rows = _blank(verb)
    asked = FormInputs(
        verb,
        tuple(_filled(verb, each, sight, mine) for each in plain),
        tuple(tuple(_filled(verb, each, sight, mine) for each in row) for row in rows),
    )
    version = mine.version or sight.teller.complaint.version
    return CommandForm(asked, version, failed=mine is failed)


def errors_in(verb: str, form: Mapping[str, str], refusal: Refusal, language: str) -> dict[str, str]:
    """What is said beside each input that a refusal points at; what no input can mend stands under ''."""
    if not isinstance(refusal, Invalid):
        return {}
    return {
        input_at(verb, wrong.pointer, form) or "": said_beside(
            wrong, _widget_at(verb, wrong.pointer), language
        )
        for wrong in refusal.errors
    }


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
        tuple(_blank_input(verb, part, part_name(part.name, row)) for part in field.parts)
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


def _filled(verb: str, blank: _Blank, sight: ChoiceContext, failed: FailedForm) -> Input:
    """The input with what can be chosen, what was typed or is usual, and what is wrong with it."""
    field, asked = blank
    value = failed.typed.get(asked.name, _usual(field, sight))
    wrong = failed.wrong.get(asked.name)
    options = choices(verb, field.name, sight) or _worded(verb, field, sight)
    if options and value and value not in (option.value for option in options):
        options = (*options, Choice(value, value))
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


def said_beside(wrong: Wrong, widget: str | None, language: str) -> str:
    """Words for a wrong value; those for programs are put otherwise for who fills in a form."""
    catalogues = container().catalogues
    if widget == Widget.MOMENT and wrong.code in ("no-offset", "wrong-type", "wrong-form", "missing"):
        return catalogues.text(language, "case.wrong.moment")
    if widget == Widget.MONEY and wrong.code == "wrong-form":
        return catalogues.text(language, "case.wrong.money")
    return catalogues.text(language, f"api.wrong.{wrong.code}", limit=wrong.limit or "")


def _widget_at(verb: str, pointer: str) -> str | None:
    *_, last = pointer.rpartition("/")
    return next((field.widget for field in _all(verb) if field.name == last), None)


def _all(verb: str) -> Iterator[FormField]:
    for field in fields_of(verb):
        yield field
        yield from field.parts
