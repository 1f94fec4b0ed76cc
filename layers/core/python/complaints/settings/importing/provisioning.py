"""A whole site, member or pack as the operator writes it down: the commands that lead there, carried out."""

from collections.abc import Iterator
from typing import Any

from msgspec.structs import asdict, replace

from complaints.calendars.site_holidays import SiteHolidays
from complaints.settings.changes import SettingCommand
from complaints.settings.commands import (
    ChangeCalendar,
    ChangeCodes,
    ChangeFields,
    ChangePack,
    ChangePacks,
    ChangeSite,
    ChangeTeam,
    ChangeTexts,
    CodeGone,
    CodePut,
)
from complaints.settings.member_commands import ActivateMember, ChangeMember, DeactivateMember
from complaints.settings.rules import decide
from complaints.settings.service import SettingsService, SettingsStore
from complaints.settings.setting import OwnPack, Packs, SettingKind, Team
from complaints.settings.settings_context import SettingsContext
from complaints.site.site import HandlingProfile, Site, SiteRecord, Texts
from complaints.values.codes import CodeList, Codes
from complaints.values.own_fields import OwnFields
from complaints.values.people import Member


class Provisioning:
    """Writes sites, members and packs for the operator; unchanged ones are not written."""

    def __init__(self, settings_service: SettingsService, settings_store: SettingsStore) -> None:
        self._office, self._registry = settings_service, settings_store

    def site(self, site: Site, context: SettingsContext, reason: str) -> None:
        """Adds or changes a site. Raises `Invalid`; then nothing is changed."""
        record = SiteRecord(**_handling(site), **self._signed(site.key))
        context = replace(
            context, sites={**context.sites, site.key: record}, codes={**context.codes, site.key: site.codes}
        )
        changes = list(self._changes(site, record, reason))
        for change in changes:
            decide(self._registry.load(change.kind, site.key), change, context)
        for change in changes:
            self._carry_out(site.key, change, context)

    def member(self, member: Member, context: SettingsContext, reason: str) -> None:
        """Adds or changes a member. Raises `Invalid`."""
        known = self._registry.load(SettingKind.MEMBER, member.id)
        before = known.record if isinstance(known.record, Member) else None
        as_given = before and replace(before, active=member.active, former_mailboxes=member.former_mailboxes)
        if not known.number or as_given != member:
            values = {
                name: getattr(member, name)
                for name in ("name", "roles", "sites", "digest", "away", "sensitive")
            }
            change = ChangeMember(reason=reason, email=member.email or None, **values)
            self._carry_out(member.id, change, context)
        if member.active != (before.active if before else True):
            switch = ActivateMember if member.active else DeactivateMember
            self._carry_out(member.id, switch(reason=reason), context)

    def pack(self, name: str, file: dict[str, Any], context: SettingsContext, reason: str) -> None:
        """Brings a promise pack, or another file of it. Raises `Invalid`."""
        if self._registry.load(SettingKind.PACK, name).record != OwnPack(file=file):
            self._carry_out(name, ChangePack(file=file, reason=reason), context)

    def _changes(self, site: Site, record: SiteRecord, reason: str) -> Iterator[SettingCommand]:
        """The commands that lead to this site, in an order in which each is valid."""
        team = Team(**{name: getattr(site, name) for name in Team.__struct_fields__})
        if self._differs(SettingKind.SITE, site.key, record):
            yield ChangeSite(**_handling(site), reason=reason)
        if self._differs(SettingKind.TEAM, site.key, team):
            yield ChangeTeam(**asdict(team), reason=reason)
        packs = self._registry.load(SettingKind.PACKS, site.key).record
        if not isinstance(packs, Packs) or (packs.packs, packs.seen) != (site.packs, site.seen):
            yield ChangePacks(packs=site.packs, seen=site.seen, reason=reason)
        texts = self._registry.load(SettingKind.TEXTS, site.key).record or Texts()
        # What was counted or uploaded here stands in no file of a site.
        assert isinstance(texts, Texts)
        if replace(site.texts, notice_version=texts.notice_version, enclosures=texts.enclosures) != texts:
            yield ChangeTexts(
                introduction=site.texts.introduction,
                notice=site.texts.notice,
                blocks=site.texts.blocks,
                letterhead=site.texts.letterhead,
                letters=site.texts.letters,
                reason=reason,
            )
        codes = self._registry.load(SettingKind.CODES, site.key).record or Codes()
        # What returns call a code stands in no file of a site.
        if isinstance(codes, Codes) and codes != replace(site.codes, returns=codes.returns):
            yield recoded(codes, site.codes, reason)
        fields = OwnFields(fields=site.fields)
        if site.fields and self._registry.load(SettingKind.FIELDS, site.key).record != fields:
            yield ChangeFields(fields=site.fields, reason=reason)
        if site.decrees != SiteHolidays():
            yield ChangeCalendar(days=site.decrees.days, removed=site.decrees.removed, reason=reason)

    def _signed(self, key: str) -> dict[str, Any]:
        """By which secret webhooks of the site are signed: no file says that."""
        known = self._registry.load(SettingKind.SITE, key).record
        if not isinstance(known, SiteRecord):
            return {}
        return {"webhook_secret": known.webhook_secret, "webhook_rotated": known.webhook_rotated}

    def _differs(self, kind: SettingKind, name: str, record: SiteRecord | Team) -> bool:
        known = self._registry.load(kind, name)
        return not known.number or known.record != record

    def _carry_out(self, name: str, command: SettingCommand, context: SettingsContext) -> None:
        self._office.carry_out(self._registry.load(command.kind, name), command, context)


def _handling(site: Site) -> dict[str, Any]:
    return {name: getattr(site, name) for name in HandlingProfile.__struct_fields__}


def recoded(before: Codes, after: Codes, reason: str) -> ChangeCodes:
    """The change from some codes to others. Codes that are not named any more are retired, or deleted if
    they are drafts."""
    put, remove = [], []
    for code_list in CodeList:
        for code in after.of(code_list):
            if before.find(code_list, code.code) != code:
                put.append(CodePut(list=code_list, **asdict(code)))
        for code in before.of(code_list):
            if after.find(code_list, code.code):
                continue
            if code.state == "draft":
                remove.append(CodeGone(list=code_list, code=code.code))
            elif code.is_offered:
                put.append(CodePut(list=code_list, code=code.code, state="retired"))
    return ChangeCodes(put=tuple(put), remove=tuple(remove), reason=reason)
