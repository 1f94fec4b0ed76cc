"""The context of a rule, besides setting and command: the time, the caller, and the settings that must
fit."""

from collections.abc import Collection, Iterable, Mapping
from datetime import date, datetime
from typing import Protocol

from msgspec import Struct

from complaints.case.correspondence.letter import Enclosure
from complaints.promise_packs.schema import Pack
from complaints.settings.setting import OwnPack, Packs, Setting
from complaints.site.site import SiteRecord, Texts
from complaints.values.casework.automation import Automation
from complaints.values.casework.macros import Macro
from complaints.values.casework.standard_texts import StandardText
from complaints.values.codes import Codes
from complaints.values.directory import DirectoryAccount
from complaints.values.errors import NotYourSite
from complaints.values.own_fields import OwnFields
from complaints.values.people import Actor, Invitation, Member


class ShippedData(Protocol):
    """What ships with the product, and settings may name."""

    @property
    def languages(self) -> Collection[str]:
        """The languages that there is a catalogue of."""

    @property
    def calendars(self) -> Collection[str]:
        """The holiday calendars."""

    def is_holiday(self, region: str, on: date) -> bool:
        """Whether the calendar of a region has a holiday or a half-day on a date. Raises `LookupError`."""

    def fault_of_pack(self, name: str) -> str | None:
        """Why a pack cannot be used, as a code of the catalogue; `None` when it can."""

    def packs(self, name: str) -> tuple[Pack, ...]:
        """The versions of a pack. Raises `LookupError` for one that does not ship with the product."""

    def return_codes(self, name: str) -> Mapping[str, Collection[str]]:
        """The regulator's codes of each grouping of a return. Raises `LookupError` for one that there is
        not."""


class SettingsContext(Struct, frozen=True, kw_only=True):
    """`now` is aware. `members`, `sites` with their `promises`, `codes`, `own_fields` and `texts` (by key),
    `own_packs`, `invitations` and `accounts` of the directory are all there are; `standard_texts`, `macros`
    and `automations` (by name) those of the site of which one changes.

    `serves` are the sites of who asks; `None` for the operator, who may change every one; of the directory
    those that its lines name. With `loopback` webhooks may go to this machine. `uploaded` is a file that was
    looked at for this change.
    """

    now: datetime
    by: Actor
    shipped_data: ShippedData
    members: tuple[Member, ...] = ()
    sites: Mapping[str, SiteRecord] = {}
    promises: Mapping[str, Packs] = {}
    codes: Mapping[str, Codes] = {}
    texts: Mapping[str, Texts] = {}
    own_packs: Mapping[str, OwnPack] = {}
    standard_texts: Mapping[str, StandardText] = {}
    macros: Mapping[str, Macro] = {}
    invitations: Mapping[str, Invitation] = {}
    accounts: Mapping[str, DirectoryAccount] = {}
    automations: Mapping[str, Automation] = {}
    own_fields: Mapping[str, OwnFields] = {}
    serves: tuple[str, ...] | None = None
    loopback: bool = False
    uploaded: Enclosure | None = None

    def must_serve(self, sites: Iterable[str]) -> None:
        """Nobody changes what holds at a site where they have no say. Raises `NotYourSite`."""
        if self.serves is not None and not set(sites).issubset(self.serves):
            raise NotYourSite


def among(
    settings: Iterable[Setting],
    *,
    now: datetime,
    by: Actor,
    shipped_data: ShippedData,
    serves: tuple[str, ...] | None = None,
    loopback: bool = False,
) -> SettingsContext:
    """What a change is judged by, among all settings that there are."""
    records = [(setting.id, setting.record) for setting in settings]
    return SettingsContext(
        now=now,
        by=by,
        shipped_data=shipped_data,
        serves=serves,
        loopback=loopback,
        members=tuple(record for _, record in records if isinstance(record, Member)),
        sites={key: record for key, record in records if isinstance(record, SiteRecord)},
        promises={key: record for key, record in records if isinstance(record, Packs)},
        codes={key: record for key, record in records if isinstance(record, Codes)},
        texts={key: record for key, record in records if isinstance(record, Texts)},
        own_packs={name: record for name, record in records if isinstance(record, OwnPack)},
        standard_texts={name: record for name, record in records if isinstance(record, StandardText)},
        macros={name: record for name, record in records if isinstance(record, Macro)},
        accounts={name: record for name, record in records if isinstance(record, DirectoryAccount)},
        invitations={name: record for name, record in records if isinstance(record, Invitation)},
        automations={name: record for name, record in records if isinstance(record, Automation)},
        own_fields={key: record for key, record in records if isinstance(record, OwnFields)},
    )
