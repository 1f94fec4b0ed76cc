"""The port of the store of settings, as the functions use it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Protocol

from complaints.settings.service import SettingsStore

if TYPE_CHECKING:
    from complaints.audit_trail.hash_chain import StoredEntry
    from complaints.context.case import Guard
    from complaints.settings.setting import Setting, SettingKind


class SettingsReader(SettingsStore, Protocol):
    """Settings, with what their pages read. Each call may raise `errors.Unavailable`."""

    def look_up(self, kind: SettingKind, name: str, guard: str | None = None) -> tuple[Setting, Guard | None]:
        """A setting with the guard that a command needs, in one consistent batch read."""

    def all(self) -> Sequence[Setting]:
        """Every setting there is."""

    def people(self) -> Sequence[Setting]:
        """Every member, every invitation to become one, and every user of the directory, read anew."""

    def many_of(self, site: str) -> Sequence[Setting]:
        """The settings that a site may have many of, such as standard texts: all of them."""

    def automations_of(self, site: str) -> Sequence[Setting]:
        """The automation rules of a site: all of them."""

    def sealed_entries(self, kind: SettingKind, name: str) -> Sequence[StoredEntry]:
        """The chain of a setting, without private words."""

    def last_entries(self, settings: Iterable[Setting]) -> Mapping[str, StoredEntry]:
        """The last entry of each of up to 100 settings, by its reference, without private words."""
