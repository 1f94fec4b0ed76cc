"""What a site's own codes are in a regulator's return, where the site says otherwise than the return."""

from msgspec.structs import replace

from complaints.case.fact import Fact
from complaints.settings.commands import (
    MapReturn,
)
from complaints.settings.events import CodesChanged
from complaints.settings.setting import Setting
from complaints.settings.settings_context import SettingsContext
from complaints.values.codes import Codes
from complaints.values.errors import Invalid, Wrong

MOST_MAPPED = 500
"""Codes of a site that one grouping may map."""


def map_return(setting: Setting, command: MapReturn, context: SettingsContext) -> list[Fact]:
    """Writes the own mapping of one grouping anew. Raises `Invalid`."""
    before = setting.record if isinstance(setting.record, Codes) else Codes()
    try:
        groupings = context.shipped_data.return_codes(command.name)
    except LookupError:
        raise Invalid(Wrong("/name", "unknown-value")) from None
    if command.grouping not in groupings:
        raise Invalid(Wrong("/grouping", "unknown-value"))
    theirs = groupings[command.grouping]
    wrong = [Wrong(f"/codes/{own}", "unknown-value") for own, to in command.codes.items() if to not in theirs]
    if len(command.codes) > MOST_MAPPED:
        wrong.append(Wrong("/codes", "too-many", MOST_MAPPED))
    if wrong:
        raise Invalid(*wrong)
    others = dict(before.returns.get(command.name, {})) | {command.grouping: command.codes}
    mapped = {grouping: codes for grouping, codes in others.items() if codes}
    returns = {name: each for name, each in (before.returns | {command.name: mapped}).items() if each}
    record = replace(before, returns=returns)
    return [CodesChanged(at=context.now, by=context.by, reason=command.reason, record=record)]
