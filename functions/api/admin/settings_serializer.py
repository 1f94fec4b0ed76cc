"""What is shown of a setting, as JSON."""

from typing import Any

import msgspec

from complaints.calendars.site_holidays import SiteHolidays
from complaints.settings.facts import SettingFact
from complaints.settings.history import HistoryEntry
from complaints.settings.rules import allowed
from complaints.settings.setting import Setting, SettingKind
from complaints.site.site import SiteRecord, Texts
from complaints.values.codes import CodeList, Codes
from complaints.values.people import Actor, Member
from functions.http.responses import reader_language
from functions.serializers.labels import label

_USUAL = {SettingKind.CODES: Codes(), SettingKind.TEXTS: Texts(), SettingKind.CALENDAR: SiteHolidays()}
"""What holds where nothing else was ever said."""

_UNFINISHED = (SettingKind.MEMBER, SettingKind.SITE, SettingKind.PACKS, SettingKind.CALENDAR)
"""What concerns cases, which are looked at one after the other."""


def line(setting: Setting) -> dict[str, Any]:
    """A setting in a list."""
    shown: dict[str, Any] = {"kind": setting.kind, "id": setting.id, "version": setting.version}
    if isinstance(setting.record, SiteRecord | Member):
        shown["name"] = setting.record.name
    if isinstance(setting.record, Member):
        shown["active"] = setting.record.active
    return shown


def shape(setting: Setting, by: Actor, site: SiteRecord | None) -> dict[str, Any]:
    """A setting with its record; `unfinished` while cases that somebody must leave are being left."""
    record = setting.record or _USUAL.get(setting.kind)
    codes = _codes(record, site) if isinstance(record, Codes) else None
    shown: dict[str, Any] = {
        "kind": setting.kind,
        "id": setting.id,
        "version": setting.version,
        "record": codes or (msgspec.structs.asdict(record) if record else None),
        "allowed_commands": allowed(setting, by),
    }
    if setting.kind in _UNFINISHED:
        shown["unfinished"] = setting.unfinished is not None
    return shown


def chapter(told: HistoryEntry) -> dict[str, Any]:
    """One entry of the history: what was changed, by whom, when and why."""
    [fact] = told.facts
    return {
        "number": told.after.number,
        "version": told.after.version,
        "fact": type(fact).__name__,
        "at": fact.at.isoformat(timespec="seconds"),
        "by": fact.by.id or fact.by.kind,
        "reason": fact.reason if isinstance(fact, SettingFact) else None,
        "changed": told.changed,
    }


def _codes(codes: Codes, site: SiteRecord | None) -> dict[str, Any]:
    """Each code with its words in the reader's language."""
    language = reader_language()
    other = site.language if site else language
    return {
        wanted.value: [
            {"label": label(codes, wanted, code.code, language, other), **msgspec.structs.asdict(code)}
            for code in codes.of(wanted)
        ]
        for wanted in CodeList
    }
