"""Recalculation of open cases after a change of settings: whether it is needed, and its progress."""

from typing import Any

from msgspec.structs import replace

from complaints.case.fact import Fact
from complaints.settings.commands import NoteRecalculated
from complaints.settings.events import (
    AutomationChanged,
    CalendarChanged,
    CasesReckoned,
    PacksChanged,
    SiteChanged,
)
from complaints.settings.setting import Setting
from complaints.settings.settings_context import SettingsContext
from complaints.values.casework.automation import Trigger

_OF_TIME = ("zone", "holidays", "windows")


def moves_promises(before: object, after: Any) -> bool:
    """Whether another record of a site says other working time, so that what was promised may be due
    earlier."""
    return before is not None and any(getattr(before, name) != getattr(after, name) for name in _OF_TIME)


def note_recalculated(setting: Setting, command: NoteRecalculated, context: SettingsContext) -> list[Fact]:
    """Notes how far the cases are looked at; nothing, where the setting has changed again meanwhile."""
    if setting.unfinished is None or setting.unfinished != command.since:
        return []
    return [CasesReckoned(at=context.now, by=context.by, up_to=command.up_to)]


def changed(setting: Setting, fact: SiteChanged | PacksChanged | CalendarChanged) -> Setting:
    """The fact holds the whole record; where it moves promises, all open cases are to be looked at."""
    after = replace(setting, record=fact.record)
    return replace(after, unfinished=fact.at, recalculated_to=None) if fact.reckons else after


def rule_changed(setting: Setting, fact: AutomationChanged) -> Setting:
    """Where a rule of waiting is switched on, all open cases are to be looked at: some wait already."""
    is_awaited = fact.record.is_on and fact.record.when is Trigger.WAITS
    return replace(
        setting, record=fact.record, unfinished=fact.at if is_awaited else None, recalculated_to=None
    )


def progress_noted(setting: Setting, fact: CasesReckoned) -> Setting:
    since = setting.unfinished if fact.up_to else None
    return replace(setting, unfinished=since, recalculated_to=fact.up_to)
