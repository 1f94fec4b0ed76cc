"""What is shown of a setting, as JSON."""

from typing import TYPE_CHECKING, Any, NamedTuple

import msgspec
from msgspec import UNSET, Struct, UnsetType

from complaints.calendars.site_holidays import SiteHolidays
from complaints.settings.events import SettingFact
from complaints.settings.history import HistoryEntry
from complaints.settings.rules import allowed
from complaints.settings.setting import Setting, SettingKind
from complaints.site.site import SiteRecord, Texts
from complaints.values.codes import CodeList, Codes
from complaints.values.directory import Directory
from complaints.values.own_fields import OwnFields
from complaints.values.people import Actor, Member
from functions.serializers.field_types import Cursor, Moment, Reference
from functions.serializers.labels import label

if TYPE_CHECKING:
    from complaints.adapters.container import Catalogues


_USUAL = {
    SettingKind.CODES: Codes(),
    SettingKind.TEXTS: Texts(),
    SettingKind.CALENDAR: SiteHolidays(),
    SettingKind.FIELDS: OwnFields(),
    SettingKind.DIRECTORY: Directory(),
}
"""What holds where nothing else was ever said."""

_UNFINISHED = (
    SettingKind.MEMBER,
    SettingKind.SITE,
    SettingKind.PACKS,
    SettingKind.CALENDAR,
    SettingKind.AUTOMATION,
)
"""What concerns cases, which are looked at one after the other."""


class SettingLine(Struct, frozen=True, kw_only=True):
    """A setting in a list."""

    kind: SettingKind
    id: str
    version: int
    name: str | UnsetType = UNSET
    active: bool | UnsetType = UNSET


class Settings(Struct, frozen=True, kw_only=True):
    """A page of settings."""

    items: list[SettingLine]
    next: Cursor


class Chapter(Struct, frozen=True, kw_only=True):
    """One entry of a setting's history."""

    number: int
    version: int
    fact: str
    at: Moment
    by: str
    reason: str | None
    changed: tuple[str, ...]


class SettingView(Struct, frozen=True, kw_only=True):
    """A setting as it stands; `history` is shown where it is read, and what followed where it is changed."""

    kind: SettingKind
    id: str
    version: int
    record: dict[str, Any] | None
    allowed_commands: tuple[str, ...]
    unfinished: bool | UnsetType = UNSET
    history: list[Chapter] | UnsetType = UNSET
    handed_over: list[Reference] | UnsetType = UNSET
    brought_forward: list[Reference] | UnsetType = UNSET


class FollowUp(NamedTuple):
    """The cases that are seen to at once after a change, if there are any."""

    handed_over: list[str] | UnsetType = UNSET
    brought_forward: list[str] | UnsetType = UNSET


NOTHING_FOLLOWS = FollowUp()


def line(setting: Setting) -> SettingLine:
    """A setting in a list."""
    record = setting.record
    return SettingLine(
        kind=setting.kind,
        id=setting.id,
        version=setting.version,
        name=record.name if isinstance(record, SiteRecord | Member) else UNSET,
        active=record.active if isinstance(record, Member) else UNSET,
    )


def setting_view(
    catalogues: "Catalogues",
    language: str,
    setting: Setting,
    by: Actor,
    site: SiteRecord | None,
    *,
    history: list[Chapter] | UnsetType = UNSET,
    follow_up: FollowUp = NOTHING_FOLLOWS,
) -> SettingView:
    """A setting with its record; `unfinished` while cases that somebody must leave are being left."""
    return SettingView(
        kind=setting.kind,
        id=setting.id,
        version=setting.version,
        record=record_view(catalogues, language, setting, site),
        allowed_commands=allowed(setting, by),
        unfinished=setting.unfinished is not None if setting.kind in _UNFINISHED else UNSET,
        history=history,
        handed_over=follow_up.handed_over,
        brought_forward=follow_up.brought_forward,
    )


def record_view(
    catalogues: "Catalogues", language: str, setting: Setting, site: SiteRecord | None
) -> dict[str, Any] | None:
    """The fields of what is settled, or of what holds where nothing was; codes with their words."""
    record = setting.record or _USUAL.get(setting.kind)
    if isinstance(record, Codes):
        return _codes(catalogues, language, record, site)
    known = msgspec.structs.asdict(record) if record else None
    if known and isinstance(record, Directory):
        # Its token is nobody's to know, not even as a hash.
        del known["token_hash"]
    if known and isinstance(record, Member):
        # They tell accounts of one person apart from those of others, and nobody anything.
        del known["former_mailboxes"]
    return known


def chapter(entry: HistoryEntry) -> Chapter:
    """One entry of the history: what was changed, by whom, when and why."""
    [fact] = entry.facts
    return Chapter(
        number=entry.after.number,
        version=entry.after.version,
        fact=type(fact).__name__,
        at=fact.at.isoformat(timespec="seconds"),
        by=fact.by.id or fact.by.kind,
        reason=fact.reason if isinstance(fact, SettingFact) else None,
        changed=entry.changed,
    )


def _codes(catalogues: "Catalogues", language: str, codes: Codes, site: SiteRecord | None) -> dict[str, Any]:
    """Each code with its words in the reader's language."""
    other = site.language if site else language
    return {
        code_list.value: [
            {
                "label": label(catalogues, codes, code_list, code.code, language, other),
                **msgspec.structs.asdict(code),
            }
            for code in codes.of(code_list)
        ]
        for code_list in CodeList
    } | ({"returns": codes.returns} if codes.returns else {})
