"""Settings as tests need them: a store in memory, a shelf, and an office that changes what stands there."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date, datetime
from typing import Any

from complaints.adapters.config.shipped_data import packs_named, return_named
from complaints.audit_trail.hash_chain import StoredEntry
from complaints.case.correspondence.letter import Letter
from complaints.context.case import AlreadyUsed, Guard
from complaints.promise_packs.schema import Pack
from complaints.settings.changes import (
    SettingCommand,
)
from complaints.settings.commands import (
    ChangeSite,
)
from complaints.settings.importing.provisioning import Provisioning
from complaints.settings.member_commands import (
    ChangeMember,
)
from complaints.settings.service import SettingConflict, SettingsService, SettingsStore, SettingWriting
from complaints.settings.setting import Setting, SettingKind
from complaints.settings.settings_context import SettingsContext, ShippedData, among
from complaints.values.people import Actor, Member, Role
from tests.builders import DEMO, MONDAY
from tests.fakes import CountingSalt

SAM = Actor("staff", "sam", (Role.ADMIN,))
HOLIDAY = date(2026, 4, 23)
OPERATOR = Actor("operator", "the operator")


class FakeShelf(ShippedData):
    """Two languages, two calendars with one holiday, the packs that ship and `another` like the default; the
    pack `torn` cannot be read."""

    @property
    def languages(self) -> Collection[str]:
        return ("en", "tr")

    @property
    def calendars(self) -> Collection[str]:
        return ("TR", "GB-ENG")

    def is_holiday(self, region: str, on: date) -> bool:
        return on == HOLIDAY

    def fault_of_pack(self, name: str) -> str | None:
        if name == "torn":
            return "unreadable-pack"
        try:
            self.packs(name)
        except LookupError:
            return "unknown-pack"
        return None

    def return_codes(self, name: str) -> Mapping[str, Collection[str]]:
        return {each.name: each.labels for each in return_named(name).groupings}

    def packs(self, name: str) -> tuple[Pack, ...]:
        return packs_named("iso10002-default" if name == "another" else name)


class FakeRegistry(SettingsStore):
    """The store of settings in memory."""

    def __init__(self) -> None:
        self._settings: dict[tuple[SettingKind, str], Setting] = {}
        self._entries: dict[tuple[SettingKind, str], list[StoredEntry]] = {}
        self._guards: dict[str, Guard] = {}
        self.letters: list[Letter] = []

    def load(self, kind: SettingKind, name: str) -> Setting:
        return self._settings.get((kind, name), Setting(kind=kind, id=name))

    def all(self) -> Sequence[Setting]:
        return list(self._settings.values())

    def holds(self, setting: Setting) -> None:
        """This one stands there from now on, without a history."""
        self._settings[setting.kind, setting.id] = setting

    def write(self, *writings: SettingWriting) -> None:
        guards = [guard for writing in writings for guard in writing.guards]
        for guard in guards:
            stored = self._guards.get(guard.id)
            if stored and stored.expires > guard.at:
                raise AlreadyUsed(stored)
        for writing in writings:
            if self.load(writing.setting.kind, writing.setting.id).number != writing.before:
                raise SettingConflict
        self._guards |= {guard.id: guard for guard in guards}
        for writing in writings:
            place = (writing.setting.kind, writing.setting.id)
            self._settings[place] = writing.setting
            entry = StoredEntry(writing.setting.number, writing.entry, writing.private)
            self._entries.setdefault(place, []).append(entry)
            self.letters += writing.letters

    def entries(self, kind: SettingKind, name: str) -> Sequence[StoredEntry]:
        return tuple(self._entries.get((kind, name), ()))

    def sealed_entries(self, kind: SettingKind, name: str) -> Sequence[StoredEntry]:
        return tuple(StoredEntry(each.number, each.data, {}) for each in self.entries(kind, name))


class Organisation:
    """An organisation with the demo site, and Sam who administers it."""

    def __init__(self) -> None:
        self.settings_store = FakeRegistry()
        self.settings_service = SettingsService(self.settings_store, CountingSalt())
        self.enrolment = Provisioning(self.settings_service, self.settings_store)
        self.enrolment.site(DEMO, self.context(OPERATOR), "It opens.")
        self.has("sam", Role.ADMIN)

    def context(self, by: Actor = SAM, now: datetime = MONDAY) -> SettingsContext:
        serves = (DEMO.key,) if by.kind == "staff" else None
        return among(self.settings_store.all(), now=now, by=by, shipped_data=FakeShelf(), serves=serves)

    def has(self, name: str, *roles: Role, sites: tuple[str, ...] = (DEMO.key,)) -> None:
        """Somebody works here."""
        member = Member(id=name, name=name.title(), roles=roles, sites=sites)
        self.enrolment.member(member, self.context(OPERATOR), "Begins today.")

    def does(self, command: SettingCommand, name: str = DEMO.key, by: Actor = SAM) -> Setting:
        """Somebody asks for a change of a setting as it stands."""
        return self.settings_service.carry_out(
            self.settings_store.load(command.kind, name), command, self.context(by)
        )


def change_site(**fields: Any) -> ChangeSite:
    """The demo site with something else."""
    usual: dict[str, Any] = {
        name: getattr(DEMO, name) for name in ChangeSite.__struct_fields__ if name != "reason"
    }
    return ChangeSite(**usual | {"reason": "It was agreed."} | fields)


def change_member(*roles: Role, **fields: Any) -> ChangeMember:
    """Somebody of the demo site."""
    usual: dict[str, Any] = {"name": "Grace", "sites": (DEMO.key,), "reason": "It was agreed."}
    return ChangeMember(roles=roles, **usual | fields)
