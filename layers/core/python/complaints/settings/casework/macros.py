"""What changes of a site's macros: each is a setting of its own, with a history of its own."""

from collections.abc import Iterator
from datetime import date

import msgspec

from complaints.case.fact import Fact
from complaints.handling.macros import MACRO_VERBS, body_of
from complaints.handling.staff_commands import STAFF_COMMANDS
from complaints.settings.commands import ChangeMacro
from complaints.settings.events import MacroChanged
from complaints.settings.setting import Setting
from complaints.settings.settings_context import SettingsContext
from complaints.settings.validation import wrong_part_name
from complaints.values.casework.macros import Macro, MacroStep
from complaints.values.errors import Invalid, Wrong
from complaints.values.validation_messages import error_code

MOST_MACROS = 100
MOST_BYTES = 20_000
"""Bytes of a macro as it is stored; its texts are stored with themselves."""


def change_macro(setting: Setting, command: ChangeMacro, context: SettingsContext) -> list[Fact]:
    """Adds a macro, or changes one. Raises `Invalid`."""
    record = Macro(title=command.title, steps=command.steps, roles=command.roles, retired=command.retired)
    wrong = list(wrong_part_name(setting))
    if not record.steps:
        wrong.append(Wrong("/steps", "missing"))
    if len(msgspec.json.encode(record)) > MOST_BYTES:
        wrong.append(Wrong("/steps", "too-long", MOST_BYTES))
    if setting.record is None and len(context.macros) >= MOST_MACROS:
        wrong.append(Wrong("/id", "too-many", MOST_MACROS))
    for place, step in enumerate(record.steps):
        wrong += _wrong_step(f"/steps/{place}", step, setting.site, context)
    if wrong:
        raise Invalid(*sorted(wrong, key=lambda each: each.pointer))
    return [MacroChanged(at=context.now, by=context.by, reason=command.reason, record=record)]


def _wrong_step(at: str, step: MacroStep, site: str, context: SettingsContext) -> Iterator[Wrong]:
    """A step is a command that a macro may hold, with all that it needs; its texts are offered for it."""
    if step.verb not in MACRO_VERBS:
        yield Wrong(f"{at}/verb", "unknown-value")
        return
    declared = STAFF_COMMANDS[step.verb]
    for field, code in step.texts.items():
        text = context.standard_texts.get(f"{site}.{code}")
        if field not in declared.texts:
            yield Wrong(f"{at}/texts", "unknown-field")
        elif text is None or text.retired or text.use is not declared.texts[field]:
            yield Wrong(f"{at}/texts/{field}", "unknown-value")
    body = body_of(step, "-", dict.fromkeys(step.texts, "-"), lambda days: date.max)
    if not body.keys() <= set(declared.command.__struct_fields__):
        yield Wrong(f"{at}/body", "unknown-field")
    for each in msgspec.structs.fields(declared.command):
        if each.name in body:
            try:
                msgspec.convert(body[each.name], each.type)
            except msgspec.ValidationError as error:
                yield error_code(f"{at}/body/{each.name}", str(error))
        elif each.required:
            yield Wrong(f"{at}/body/{each.name}", "missing")
