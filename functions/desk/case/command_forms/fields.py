"""The fields of every command of staff, as a form asks for them, and the body that they make."""

from collections.abc import Iterable, Mapping
from datetime import tzinfo
from functools import cache
from typing import Any

from complaints.handling.staff_commands import STAFF_COMMANDS
from functions.forms import fields, own_fields
from functions.forms.fields import FormField
from functions.forms.to_json import body_of
from functions.forms.urlencoded import FormData

BESIDE = ("site", "version", "once")
"""What stands in every form beside the fields: whose zone its times are in, what was looked at, and which one
it is, so that it is carried out once."""

TEXTS = "texts"
"""The hidden field with the codes of the standard texts that were chosen, with spaces between them."""

_GOES_WITH = {"currency": "amount"}
"""The parts of a row that stand there already, and the part without which each says nothing."""


def fields_of(verb: str, own: Iterable[FormField] = ()) -> tuple[FormField, ...]:
    """What the form of a command asks for; a note comes last. Raises `KeyError`.

    `own` are the own fields of the site: one that takes answers to them asks for each.
    """
    return tuple(
        each
        for field in _fields_of(verb)
        for each in (own if field.pointer == own_fields.POINTER else (field,))
    )


@cache
def _fields_of(verb: str) -> tuple[FormField, ...]:
    declared = STAFF_COMMANDS[verb]
    known = [_row_parts(field) for field in fields.fields_of(declared.command)]
    own = [field for field in known if field.name not in ("note", TEXTS)]
    return (*own, *(field for field in known if field.name == "note" and declared.form_note))


def takes_own_fields(verb: str) -> bool:
    """Whether a command takes answers to the own fields of a site."""
    return any(field.pointer == own_fields.POINTER for field in _fields_of(verb))


def names_of(verb: str, own: Iterable[FormField] = ()) -> list[str]:
    """The names of all inputs of a form, in their order."""
    return [name for field in fields_of(verb, own) for name in field.names]


def body(verb: str, form: FormData, zone: tzinfo, own: Iterable[FormField] = ()) -> dict[str, Any]:
    """The body of a command."""
    texts = form.get(TEXTS, "").split() if STAFF_COMMANDS[verb].texts else []
    return body_of(fields_of(verb, own), form, zone) | ({TEXTS: texts} if texts else {})


def typed(verb: str, form: Mapping[str, str], own: Iterable[FormField] = ()) -> FormData:
    """What was typed, and which texts were chosen, by the names of the inputs."""
    return FormData((name, form[name]) for name in (*names_of(verb, own), TEXTS) if form.get(name))


def hidden(verb: str, form: Mapping[str, str], own: Iterable[FormField] = ()) -> dict[str, str]:
    """All that a form sends, for one that asks the same once more."""
    return typed(verb, form, own) | {name: form[name] for name in BESIDE if name in form}


def _row_parts(field: FormField) -> FormField:
    parts = (part._replace(goes_with=_GOES_WITH.get(part.name)) for part in field.parts)
    return field._replace(parts=tuple(parts))
