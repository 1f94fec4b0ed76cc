"""The one way a setting changes: look at it, ask the rule, and write its fact."""

from collections.abc import Callable, Sequence
from typing import Protocol

from msgspec import Struct
from msgspec.structs import replace

from complaints.audit_trail import hash_chain
from complaints.audit_trail.hash_chain import Private, StoredEntry
from complaints.context.case import Guard
from complaints.settings.commands import SettingCommand
from complaints.settings.rules import decide, evolve_all
from complaints.settings.setting import Setting, SettingKind
from complaints.settings.settings_context import SettingsContext
from complaints.values.errors import Stale, Unavailable

TRIES = 3
"""How often a race that another entry won is decided again."""


class SettingWriting(Struct, frozen=True, kw_only=True):
    """All that one command writes, in one transaction or not at all; `before` is the last entry's number."""

    before: int
    setting: Setting
    entry: bytes
    private: Private
    guards: tuple[Guard, ...] = ()


class SettingConflict(Exception):
    """The setting is not what the decision was made on."""


class SettingsStore(Protocol):
    """The store of settings. `load` is consistent; `write` is one transaction."""

    def load(self, kind: SettingKind, name: str) -> Setting:
        """The setting, without a record where there is none."""

    def write(self, writing: SettingWriting) -> None:
        """Raises `SettingConflict`, `case.AlreadyUsed`, `errors.Unavailable`; then nothing is written."""

    def entries(self, kind: SettingKind, name: str) -> Sequence[StoredEntry]:
        """The whole chain in its order, with the private values that are still there."""


class SettingsService:
    """Carries commands out on settings. `random` gives that many random bytes."""

    def __init__(self, settings_store: SettingsStore, random: Callable[[int], bytes]) -> None:
        self._registry, self._random = settings_store, random

    def carry_out(
        self,
        setting: Setting,
        command: SettingCommand,
        context: SettingsContext,
        *,
        expected: int | None = None,
        guard: Guard | None = None,
    ) -> Setting:
        """The setting after `command`; the same one when nothing follows from it.

        `expected` is the version that a person looked at. Raises `Stale` when it is not the one in
        force, a `Refusal` of the rule, `AlreadyUsed` when the guard stands.
        """
        for _ in range(TRIES):
            if expected is not None and setting.version != expected:
                raise Stale(setting.version)
            facts = decide(setting, command, context)
            if not facts:
                return setting
            link = hash_chain.link(setting, facts, context.by, self._random)
            after = replace(
                evolve_all(setting, facts), number=link.number, version=link.version, seal=link.seal
            )
            guards = (guard,) if guard else ()
            try:
                self._registry.write(
                    SettingWriting(
                        before=setting.number,
                        setting=after,
                        entry=link.data,
                        private=link.private,
                        guards=guards,
                    )
                )
            except SettingConflict:
                setting = self._registry.load(setting.kind, setting.id)
            else:
                return after
        raise Unavailable
