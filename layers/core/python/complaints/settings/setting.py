"""A setting: a record that changes by commands only, at the end of a chain of facts."""

from datetime import datetime
from enum import StrEnum
from typing import TYPE_CHECKING, Any, Union

from msgspec import Struct

from complaints.calendars.site_holidays import SiteHolidays
from complaints.site.site import SiteRecord, Texts
from complaints.values.casework.macros import Macro
from complaints.values.casework.standard_texts import StandardText
from complaints.values.codes import Codes
from complaints.values.field_types import ShortText
from complaints.values.own_fields import OwnFields
from complaints.values.people import Invitation, Member

if TYPE_CHECKING:
    from complaints.values.casework.automation import Automation
    from complaints.values.directory import Directory, DirectoryAccount


class SettingKind(StrEnum):
    """What a setting says something about. All but packs, members and invitations are of a site, and named by
    its key; a site may have many standard texts, macros and automation rules, each named by key and code:
    `demo.late_parcel`.
    """

    SITE = "site"
    TEAM = "team"
    CODES = "codes"
    TEXTS = "texts"
    PACKS = "packs"
    CALENDAR = "calendar"
    FIELDS = "fields"
    STANDARD_TEXT = "standard_text"
    MACRO = "macro"
    AUTOMATION = "automation"
    PACK = "pack"
    MEMBER = "member"
    INVITATION = "invitation"
    DIRECTORY = "directory"
    DIRECTORY_USER = "directory_user"


OF_ALL = (
    SettingKind.PACK,
    SettingKind.MEMBER,
    SettingKind.INVITATION,
    SettingKind.DIRECTORY,
    SettingKind.DIRECTORY_USER,
)
"""What is not of one site."""

MANY_OF_A_SITE = (SettingKind.STANDARD_TEXT, SettingKind.MACRO, SettingKind.AUTOMATION)
"""What a site may have many of: they stand apart, and are not read with the site."""

OF_A_SITE = (
    SettingKind.SITE,
    SettingKind.TEAM,
    SettingKind.CODES,
    SettingKind.TEXTS,
    SettingKind.PACKS,
    SettingKind.CALENDAR,
    SettingKind.FIELDS,
)


class Team(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """The recipients of letters to staff: mail addresses of the organisation.

    `quality` gets a pack's notices to quality management; without such an address, the manager does. `safety`
    is told of every danger to somebody, beside team and manager (clause 7.5).
    """

    team: ShortText
    manager: ShortText
    quality: ShortText | None = None
    safety: ShortText | None = None


class Packs(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """The promises in force for new cases, and those that were `formerly`: their clocks run on.

    `own` are those of both that the operator uploaded. `seen` are those whose gaps an administrator has seen.
    `migrated` names the version by which clocks go that began under an older one, `told` the last one of each
    pack that administrators were written of.
    """

    packs: tuple[str, ...] = ()
    formerly: tuple[str, ...] = ()
    own: tuple[str, ...] = ()
    seen: tuple[str, ...] = ()
    migrated: dict[str, int] = {}
    told: dict[str, int] = {}


class OwnPack(Struct, frozen=True, kw_only=True):
    """A promise pack that the operator brought: its file (format 1) as it was sent, which stays readable
    whatever program reads it."""

    file: dict[str, Any]


Record = Union[
    SiteRecord,
    Team,
    Codes,
    Texts,
    Packs,
    SiteHolidays,
    OwnFields,
    StandardText,
    Macro,
    "Automation",
    OwnPack,
    Member,
    Invitation,
    "Directory",
    "DirectoryAccount",
]

_RECORDS: dict[SettingKind, type[Record]] = {
    SettingKind.SITE: SiteRecord,
    SettingKind.TEAM: Team,
    SettingKind.CODES: Codes,
    SettingKind.TEXTS: Texts,
    SettingKind.PACKS: Packs,
    SettingKind.CALENDAR: SiteHolidays,
    SettingKind.FIELDS: OwnFields,
    SettingKind.STANDARD_TEXT: StandardText,
    SettingKind.MACRO: Macro,
    SettingKind.PACK: OwnPack,
    SettingKind.MEMBER: Member,
    SettingKind.INVITATION: Invitation,
}


def record_type(kind: SettingKind) -> type[Record]:
    """The type of the record of a setting of this kind."""
    if kind in _RECORDS:
        return _RECORDS[kind]
    # Imported lazily: a submission reads settings, and none of the directory or of automation rules.
    if kind is SettingKind.AUTOMATION:
        from complaints.values.casework.automation import Automation

        return Automation
    from complaints.values.directory import Directory, DirectoryAccount

    return Directory if kind is SettingKind.DIRECTORY else DirectoryAccount


class Setting(Struct, frozen=True, kw_only=True):
    """The present state of a setting; without a `record` it does not exist yet.

    `number` counts all entries of its chain, `version` those made by people, `seal` is the hash of the
    last. `unfinished` is the instant of a change until all cases that it concerns are handled. Of a member
    these are the cases to hand over; of a site the cases to recalculate, and of an automation rule those that
    may wait for it, which is done up to the place `recalculated_to`. One that `is_newer` holds what only a
    newer release knows: a change by this one would drop it.
    """

    kind: SettingKind
    id: str
    number: int = 0
    version: int = 0
    seal: str = ""
    record: Record | None = None
    unfinished: datetime | None = None
    recalculated_to: str | None = None
    is_newer: bool = False

    @property
    def reference(self) -> str:
        """Its name in its chain."""
        return f"{self.kind}/{self.id}"

    @property
    def site(self) -> str:
        """The key of the site that it is of; of what is not of one, its own name."""
        return self.id.partition(".")[0] if self.kind in MANY_OF_A_SITE else self.id

    @property
    def sites(self) -> tuple[str, ...]:
        """The sites that it concerns."""
        if isinstance(self.record, Member | Invitation):
            return self.record.sites
        return () if self.kind in OF_ALL else (self.site,)
