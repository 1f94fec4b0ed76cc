"""The one way a setting changes: look at it, ask the rule, and write its fact.

A change that is tried before it is made: what a site would be after it.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Protocol

from msgspec import Struct
from msgspec.structs import asdict, replace

from complaints.audit_trail import hash_chain
from complaints.audit_trail.hash_chain import Private, StoredEntry
from complaints.calendars.site_holidays import SiteHolidays
from complaints.case.correspondence.letter import Letter
from complaints.case.fact import Fact
from complaints.context.case import Guard
from complaints.letters.notices import invitation as invitation_letter
from complaints.letters.notices.administrator_digest import law_digests, rights_digests
from complaints.settings.changes import Change, SettingCommand
from complaints.settings.commands import AddSite
from complaints.settings.events import InvitationSentAgain, MemberInvited, PackVersionsTold
from complaints.settings.members.directory import ID as DIRECTORY_ID
from complaints.settings.members.invitations import how_to_join
from complaints.settings.members.rights_given import told_at_once
from complaints.settings.promise_packs.pack_updates import law_lines
from complaints.settings.rules import decide, evolve_all
from complaints.settings.setting import Setting, SettingKind
from complaints.settings.settings_context import SettingsContext
from complaints.settings.site import new_site
from complaints.site.site import Site, SiteRecord, Texts
from complaints.values.errors import Stale, Unavailable, WrittenByNewerRelease
from complaints.values.people import Invitation, Member

CALLING_FOR_LETTERS = (MemberInvited, InvitationSentAgain)

TRIES = 3
"""How often a race that another entry won is decided again."""


class SettingWriting(Struct, frozen=True, kw_only=True):
    """All that one command writes, in one transaction or not at all; `before` is the last entry's number."""

    before: int
    setting: Setting
    entry: bytes
    private: Private
    guards: tuple[Guard, ...] = ()
    letters: tuple[Letter, ...] = ()


class SettingConflict(Exception):
    """The setting is not what the decision was made on."""


class SettingsStore(Protocol):
    """The store of settings. `load` is consistent; `write` is one transaction."""

    def load(self, kind: SettingKind, name: str) -> Setting:
        """The setting, without a record where there is none."""

    def write(self, *writings: SettingWriting) -> None:
        """Writes one setting, or several together. Raises `SettingConflict`, `case.AlreadyUsed`,
        `errors.Unavailable`; then nothing is written."""

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
        force, a `Refusal` of the rule, `AlreadyUsed` when the guard stands, `WrittenByNewerRelease` for a
        setting of which this release does not know everything.
        """
        for _ in range(TRIES):
            if expected is not None and setting.version != expected:
                raise Stale(setting.version)
            writing = self._writing(setting, command, context, guard)
            if writing is None:
                return setting
            try:
                self._registry.write(writing)
            except SettingConflict:
                setting = self._registry.load(setting.kind, setting.id)
            else:
                return writing.setting
        raise Unavailable

    def add_site(
        self, key: str, command: AddSite, context: SettingsContext, *, guard: Guard | None = None
    ) -> Setting:
        """The new site of this key, written together with all that makes it one.

        Raises a `Refusal` of the rules, `AlreadyUsed` when the guard stands, `WrittenByNewerRelease` where
        the administrator's own record holds what this release does not know.
        """
        for _ in range(TRIES):
            site = self._registry.load(command.kind, key)
            written = [self._writing(site, command, context, guard)]
            known = new_site.context_with(key, command, context)
            for change in new_site.settings_of_site(command):
                written.append(self._writing(self._registry.load(change.kind, key), change, known))
            member = self._registry.load(SettingKind.MEMBER, context.by.id)
            if isinstance(member.record, Member):
                change_of_member = new_site.member_with_site(member.record, key, command)
                written.append(self._writing(member, change_of_member, known))
            try:
                self._registry.write(*(each for each in written if each))
            except SettingConflict:
                continue
            return self._registry.load(command.kind, key)
        raise Unavailable

    def join(self, id: str, context: SettingsContext) -> Setting | None:
        """Makes whoever signs in a member by an invitation, or as a user of the directory, whose id this is;
        both in one transaction. Nothing where that is over, or the person may not become one by it."""
        directory = self._registry.load(SettingKind.DIRECTORY, DIRECTORY_ID)
        for _ in range(TRIES):
            member = self._registry.load(SettingKind.MEMBER, context.by.id)
            for kind in (SettingKind.INVITATION, SettingKind.DIRECTORY_USER):
                cause = self._registry.load(kind, id)
                if cause.record is not None:
                    break
            joins, settles = how_to_join(cause, directory, context.by.id)
            settled = self._writing(cause, settles, context) if settles else None
            joined = self._writing(member, joins, context) if joins and settled else None
            if settled is None or joined is None:
                return None
            try:
                self._registry.write(settled, joined)
            except SettingConflict:
                continue
            return joined.setting
        raise Unavailable

    def _writing(
        self,
        setting: Setting,
        command: SettingCommand,
        context: SettingsContext,
        guard: Guard | None = None,
    ) -> SettingWriting | None:
        """What a command writes; nothing when nothing follows from it. Raises a `Refusal` of the rule, and
        `WrittenByNewerRelease`."""
        if setting.is_newer:
            raise WrittenByNewerRelease
        facts = decide(setting, command, context)
        if not facts:
            return None
        link = hash_chain.link(setting, facts, context.by, self._random)
        after = replace(evolve_all(setting, facts), number=link.number, version=link.version, seal=link.seal)
        return SettingWriting(
            before=setting.number,
            setting=after,
            entry=link.data,
            private=link.private,
            guards=(guard,) if guard else (),
            letters=tuple(_letters(setting, after, facts, context)),
        )


def _letters(
    before: Setting, after: Setting, facts: Iterable[Fact], context: SettingsContext
) -> Iterator[Letter]:
    """The letters that follow from facts: those of invitations, of rights that others should know of, and of
    new versions of promise packs."""
    for fact in facts:
        if told := told_at_once(before, after, fact):
            line, at_sites = told
            known = at_sites & {*context.sites}
            yield from rights_digests(line, known, context.sites, context.members, after.number, fact.at)
        if isinstance(fact, PackVersionsTold):
            laws = tuple(law_lines(after.id, fact.versions, context))
            site = context.sites[after.id]
            yield from law_digests(after.id, site, laws, context.members, after.number, fact.at)
        if isinstance(after.record, Invitation) and isinstance(fact, CALLING_FOR_LETTERS):
            names = tuple(context.sites[key].name for key in after.record.sites)
            yield invitation_letter.draft(after.id, after.number, after.record, names, fact.at)


def site_after(site: Site, setting: Setting, command: Change, context: SettingsContext) -> Site:
    """The site with another record of how it handles complaints, with other texts or with other decreed days.
    Raises what the change itself would."""
    record = evolve_all(setting, decide(setting, command, context)).record
    if isinstance(record, SiteHolidays):
        return replace(site, decrees=record)
    if isinstance(record, Texts):
        return replace(site, texts=record)
    assert isinstance(record, SiteRecord)
    return replace(site, **asdict(record))
