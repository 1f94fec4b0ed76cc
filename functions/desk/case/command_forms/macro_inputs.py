"""The inputs of a step of a macro: what its command asks for that is the same on any case of a site."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from complaints.handling.staff_commands import STAFF_COMMANDS
from complaints.values.casework.macros import IN_WORKING_DAYS
from complaints.values.field_types import ClosingReason
from complaints.values.people import Member
from functions.desk.case.command_forms.field_options import is_of_case, options_at
from functions.desk.case.command_forms.fields import fields_of
from functions.desk.case.command_forms.forms import label_of, label_text, plain_name, worded
from functions.desk.case.wording.event_wording import SiteWording
from functions.forms.fields import FormField, row_name
from functions.forms.inputs import Choice, Input, with_chosen
from functions.forms.widgets import Widget


def step_inputs(
    words: SiteWording,
    verb: str,
    typed: Mapping[str, str],
    texts: Mapping[str, Iterable[Choice]],
    members: Iterable[Member],
    wrong: Mapping[str, str],
) -> Iterator[Input]:
    """The inputs of a step with what stands in them; `texts` are the standard texts of each field that takes
    some."""
    for field in macro_fields(verb):
        options = (
            tuple(texts.get(field.name, ()))
            if field.name in STAFF_COMMANDS[verb].texts
            else options_of(words, verb, field, members)
        )
        usual = words.site.currency if plain_name(field.name) == "currency" else ""
        value = typed.get(field.name, usual)
        yield Input(
            id=field.name,
            name=field.name,
            label=label_of(verb, field.name),
            widget=Widget.LINE if field.widget is Widget.DAY else field.widget,
            required=field.required and verb != "assign",
            value=value,
            wrong=wrong.get(field.name),
            words=words.catalogues.text(words.language, "standard.macro.days")
            if field.widget is Widget.DAY
            else "",
            options=options if options is None else with_chosen(options, (value,)),
        )


def macro_fields(verb: str) -> Iterator[FormField]:
    """The fields of a command that a macro may say: of a list its first row, a date by working days, nothing
    that has a time of day or that one case alone has."""
    for field in fields_of(verb):
        if field.parts:
            yield from (part._replace(name=row_name(part.name, 0), required=False) for part in field.parts)
            continue
        is_text = field.name in STAFF_COMMANDS[verb].texts
        is_same = not is_of_case(verb, field.name) or (verb, field.name) in _SAID
        if (is_text or is_same) and field.widget is not Widget.MOMENT:
            yield field


def as_typed(verb: str, body: Mapping[str, Any]) -> dict[str, str]:
    """What stands in the inputs of a step with this body."""
    rows = {field.name: field for field in fields_of(verb) if field.parts}
    values = {name: value for name, value in body.items() if name not in rows}
    for name in rows.keys() & body.keys():
        for row, record in enumerate(body[name][:1]):
            values |= {row_name(part, row): value for part, value in record.items()}
    return {name: text for name, value in values.items() if (text := _text(value)) is not None}


def with_working_days(verb: str, body: Mapping[str, Any]) -> dict[str, Any]:
    """A body in which each date that was typed as a number is so many working days."""
    days = {field.name: field for field in fields_of(verb)}
    values = dict(body)
    for name, value in body.items():
        if isinstance(value, list) and (parts := days[name].parts):
            dates = {part.name for part in parts if part.widget is Widget.DAY}
            values[name] = [
                {part: _in_days(each) if part in dates else each for part, each in record.items()}
                for record in value
            ]
        elif name in days and days[name].widget is Widget.DAY:
            values[name] = _in_days(value)
    return values


def _in_days(value: Any) -> Any:
    is_number = isinstance(value, str) and value.isascii() and value.isdigit() and len(value) < 4
    return {IN_WORKING_DAYS: int(value)} if is_number else value


def _text(value: Any) -> str | None:
    match value:
        case list():
            return "\n".join(map(str, value))
        case {"in_working_days": days}:
            return str(days)
        case str() | int():
            return str(value)
    return None


def options_of(
    words: SiteWording, verb: str, field: FormField, members: Iterable[Member]
) -> tuple[Choice, ...] | None:
    """What can be chosen; `None` where anything can be written."""
    match verb, field.name:
        case "assign", "to":
            return tuple(Choice(each.id, each.name) for each in members if each.handles(words.site.key))
        case "close", "reason":
            called = words.word("case.reason.")
            return tuple(
                Choice(reason, called(reason))
                for reason in ClosingReason
                if reason is not ClosingReason.FLOOD
            )
        case "escalate", "to":
            called = words.word("case.level.")
            return tuple(Choice(str(level), called(level)) for level in (2, 3))
        case "decide", "root_cause":
            return options_at(words, "find", "root_cause")
    return options_at(words, verb, plain_name(field.name)) or worded(words, verb, field)


def value_in_words(
    words: SiteWording, verb: str, name: str, value: Any, members: Iterable[Member]
) -> tuple[str, str]:
    """A value of a step in words, after what it is called."""
    is_of_records = any(field.name == name and field.parts for field in fields_of(verb))
    label = label_text(words, verb, "remedy" if is_of_records else name)
    if isinstance(value, list):
        return label, ", ".join(_told(words, verb, each, members) for each in value)
    field = next((each for each in macro_fields(verb) if each.name == name), None)
    options = options_of(words, verb, field, members) if field else None
    return label, next((each.label for each in options or () if each.value == str(value)), str(value))


def _told(words: SiteWording, verb: str, item: Any, members: Iterable[Member]) -> str:
    """An item of a list in words: of a record all that it says."""
    if not isinstance(item, dict):
        return str(item)
    return " ".join(
        value_in_words(words, verb, row_name(name, 0), value, members)[1] for name, value in item.items()
    )


_SAID = frozenset(
    {
        ("assign", "to"),
        ("close", "reason"),
        ("escalate", "to"),
        ("decide", "root_cause"),
    }
)
"""Fields whose choices depend on the case on its page. A macro says them all the same: the rule judges."""
