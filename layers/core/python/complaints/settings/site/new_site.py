"""Adds a site: the rule, and what is settled together with it so that it can take complaints at once."""

from collections.abc import Iterator

from msgspec.structs import replace

from complaints.case.fact import Fact
from complaints.settings import validation
from complaints.settings.commands import AddSite, ChangePacks, ChangeTeam
from complaints.settings.events import SiteChanged
from complaints.settings.member_commands import ChangeMember
from complaints.settings.setting import Setting
from complaints.settings.settings_context import SettingsContext
from complaints.site.site import SITE_KEY, HandlingProfile, SiteRecord
from complaints.values.errors import Invalid, Wrong
from complaints.values.people import Member

FIRST_PACKS = ("iso10002-default",)
"""The promises of a new site."""

MOST_SITES = 100
"""How many sites an installation has at most: some pages read all of them."""


def add_site(setting: Setting, command: AddSite, context: SettingsContext) -> list[Fact]:
    """Adds the site. Raises `Invalid`, for a key that is taken too."""
    record = _record(command)
    wrong = [*validation.wrong_site(record, setting.id, context.shipped_data, context.members)]
    if not SITE_KEY.fullmatch(setting.id):
        wrong.append(Wrong("/id", "wrong-form"))
    elif setting.record is not None:
        wrong.append(Wrong("/id", "twice"))
    if len(context.sites) >= MOST_SITES:
        wrong.append(Wrong("", "too-many", MOST_SITES))
    addresses = {"team": command.team, "manager": command.manager}
    wrong += validation.wrong_addresses(addresses)
    if wrong:
        raise Invalid(*sorted(wrong, key=lambda each: each.pointer))
    return [SiteChanged(at=context.now, by=context.by, reason=command.reason, record=record)]


def settings_of_site(command: AddSite) -> Iterator[ChangeTeam | ChangePacks]:
    """What else a new site needs: without a team and promises it is none."""
    yield ChangeTeam(team=command.team, manager=command.manager, reason=command.reason)
    yield ChangePacks(packs=FIRST_PACKS, reason=command.reason)


def member_with_site(member: Member, key: str, command: AddSite) -> ChangeMember:
    """Whoever adds a site serves it."""
    fields = {*Member.__struct_fields__}.intersection(ChangeMember.__struct_fields__)
    values = {name: getattr(member, name) for name in fields}
    return ChangeMember(
        **values | {"email": member.email or None, "sites": (*member.sites, key)}, reason=command.reason
    )


def context_with(key: str, command: AddSite, context: SettingsContext) -> SettingsContext:
    """What these changes are judged by: the site is there, and whoever adds it serves it."""
    serves = None if context.serves is None else (*context.serves, key)
    return replace(context, sites={**context.sites, key: _record(command)}, serves=serves)


def _record(command: AddSite) -> SiteRecord:
    profile = {
        name: getattr(command, name)
        for name in HandlingProfile.__struct_fields__
        if name in AddSite.__struct_fields__
    }
    return SiteRecord(**profile)
