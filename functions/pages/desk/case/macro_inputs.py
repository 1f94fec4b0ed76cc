"""The inputs of a step of a macro: what its command asks for that is the same on any case of a site."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from complaints.casework.staff_commands import STAFF_COMMANDS
from complaints.values.field_types import ClosingReason
from complaints.values.people import Member
from functions.pages.desk.case.event_wording import SiteWording
from functions.pages.desk.case.field_options import is_of_case, options_at
from functions.pages.desk.case.fields import fields_of
from functions.pages.desk.case.forms import label_of, label_text, worded
from functions.pages.forms.fields import FormField
from functions.pages.forms.inputs import Choice, Input, with_chosen
from functions.pages.forms.widgets import Widget

_OF_A_MOMENT = (Widget.MOMENT, Widget.DAY)


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
        value = typed.get(field.name, "")
        yield Input(
            id=field.name,
            name=field.name,
            label=label_of(verb, field.name),
            widget=field.widget,
            required=field.required and verb != "assign",
            value=value,
            wrong=wrong.get(field.name),
            options=options if options is None else with_chosen(options, (value,)),
        )


def macro_fields(verb: str) -> Iterator[FormField]:
    """The fields of a command that a macro may say: no rows, no dates, nothing that one case alone has."""
    for field in fields_of(verb):
        is_text = field.name in STAFF_COMMANDS[verb].texts
        is_same = not is_of_case(verb, field.name) or (verb, field.name) in _SAID
        if (is_text or is_same) and not field.parts and field.widget not in _OF_A_MOMENT:
            yield field


def options_of(
    words: SiteWording, verb: str, field: FormField, members: Iterable[Member]
) -> tuple[Choice, ...] | None:
    """What can be chosen; `None` where anything can be written."""
    match verb, field.name:
        case "assign", "to":
            return tuple(Choice(each.id, each.name) for each in members if each.handles(words.site.key))
        case "close", "reason":
            called = words.word("case.reason.")
            return tuple(Choice(reason, called(reason)) for reason in ClosingReason)
        case "escalate", "to":
            called = words.word("case.level.")
            return tuple(Choice(str(level), called(level)) for level in (2, 3))
        case "decide", "root_cause":
            return options_at(words, "find", "root_cause")
    return options_at(words, verb, field.name) or worded(words, verb, field)


def said(words: SiteWording, verb: str, name: str, value: Any, members: Iterable[Member]) -> tuple[str, str]:
    """A value of a step in words, after what it is called."""
    label = label_text(words, verb, name)
    if isinstance(value, list):
        return label, ", ".join(str(each) for each in value)
    field = next((each for each in macro_fields(verb) if each.name == name), None)
    options = options_of(words, verb, field, members) if field else None
    return label, next((each.label for each in options or () if each.value == str(value)), str(value))


_SAID = frozenset(
    {
        ("assign", "to"),
        ("close", "reason"),
        ("escalate", "to"),
        ("decide", "root_cause"),
    }
)
"""Fields whose choices depend on the case on its page. A macro says them all the same: the rule judges."""
