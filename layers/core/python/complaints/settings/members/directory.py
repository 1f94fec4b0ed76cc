"""The directory: what its roles give here, its token, its users, and what follows for members."""

import re
from collections.abc import Iterator
from typing import NamedTuple

import msgspec
from msgspec.structs import replace

from complaints.case.fact import Fact
from complaints.settings import validation
from complaints.settings.changes import Change
from complaints.settings.events import (
    DirectoryChanged,
    DirectoryUserChanged,
    DirectoryUserLinked,
    DirectoryUserRemoved,
)
from complaints.settings.member_commands import (
    ActivateMember,
    ChangeDirectory,
    ChangeMember,
    DeactivateMember,
    LinkDirectoryUser,
    PutDirectoryUser,
    RemoveDirectoryUser,
    SetDirectoryToken,
    StopDirectory,
)
from complaints.settings.members.membership import brings_more, has_another_administrator, is_own
from complaints.settings.setting import Setting
from complaints.settings.settings_context import SettingsContext
from complaints.values.directory import Directory, DirectoryAccount, DirectoryUser
from complaints.values.errors import AlreadySo, Invalid, NotFound, NotYourSite, Wrong
from complaints.values.people import Actor, Member, Role

ID = "scim"
"""The id of the one directory."""

DIRECTORY = Actor("directory", ID)

MOST_GROUPS = 100
MOST_USERS = 1_000
"""Users that are not removed: pages of settings read them all."""

_LINE = re.compile(r"\s*(?P<name>[^:]{1,200}?)\s*:(?P<roles>[^@]*)@(?P<sites>.*)", re.DOTALL)
_encode = msgspec.json.Encoder().encode
_decode_user = msgspec.json.Decoder(DirectoryUser).decode


class Group(NamedTuple):
    """What a role of this name in the directory gives here."""

    name: str
    roles: tuple[Role, ...]
    sites: tuple[str, ...]


def change(setting: Setting, command: ChangeDirectory, context: SettingsContext) -> list[Fact]:
    """Says what roles of the directory give. What one line gives holds at the sites of all, so whoever
    changes one serves them all. A token ends where it would speak for a further site, at which whoever made
    it has no say. Raises `Invalid`, `NotYourSite`."""
    before = directory_of(setting)
    after = replace(before, groups=command.groups, gives_administrator=command.gives_administrator)
    wrong = {*_wrong(before, after, context)}
    if wrong:
        raise Invalid(*sorted(wrong))
    old, new = sites_of(before), sites_of(after)
    context.must_serve(old | new)
    if not new <= old | {*before.token_sites}:
        after = _without_token(after)
    return [DirectoryChanged(at=context.now, by=context.by, reason=command.reason, record=after)]


def set_token(setting: Setting, command: SetDirectoryToken, context: SettingsContext) -> list[Fact]:
    """Lets the bearer of a new token in, and of no other one. Raises `NotYourSite`."""
    before = directory_of(setting)
    context.must_serve(sites_of(before))
    record = replace(
        before,
        token_hash=command.token_hash,
        token_since=context.now,
        token_sites=tuple(context.sites if context.serves is None else context.serves),
    )
    return [DirectoryChanged(at=context.now, by=context.by, reason=command.reason, record=record)]


def stop(setting: Setting, command: StopDirectory, context: SettingsContext) -> list[Fact]:
    """Lets nobody in any more. Raises `AlreadySo`, `NotYourSite`."""
    before = directory_of(setting)
    if not before.token_hash:
        raise AlreadySo
    context.must_serve(sites_of(before))
    record = _without_token(before)
    return [DirectoryChanged(at=context.now, by=context.by, reason=command.reason, record=record)]


def put_user(setting: Setting, command: PutDirectoryUser, context: SettingsContext) -> list[Fact]:
    """Adds a user of the directory, or changes one; nothing, where that is known. Raises `Invalid`."""
    before = setting.record if isinstance(setting.record, DirectoryAccount) else None
    if before and before.user == command.user:
        return []
    wrong = [*validation.wrong_addresses({"emails": command.user.email})]
    others = (each for id, each in context.accounts.items() if id != setting.id and not each.is_removed)
    if any(each.user.user_name.casefold() == command.user.user_name.casefold() for each in others):
        wrong.append(Wrong("/userName", "twice"))
    if before is None and sum(not each.is_removed for each in context.accounts.values()) >= MOST_USERS:
        wrong.append(Wrong("", "too-many", MOST_USERS))
    if wrong:
        raise Invalid(*wrong)
    return [DirectoryUserChanged(at=context.now, by=context.by, user=_encode(command.user).decode())]


def link_user(setting: Setting, command: LinkDirectoryUser, context: SettingsContext) -> list[Fact]:
    """Says which member a user is; nothing, where somebody else is it."""
    account = account_of(setting)
    if account.is_removed or account.member:
        return []
    return [DirectoryUserLinked(at=context.now, by=context.by, member=command.member)]


def remove_user(setting: Setting, command: RemoveDirectoryUser, context: SettingsContext) -> list[Fact]:
    """Forgets a user that the directory deleted."""
    account_of(setting)
    return [DirectoryUserRemoved(at=context.now, by=context.by)]


def user_changed(setting: Setting, fact: DirectoryUserChanged) -> Setting:
    user = _decode_user(fact.user) if fact.user else DirectoryUser(user_name="", active=False)
    before = setting.record if isinstance(setting.record, DirectoryAccount) else None
    account = DirectoryAccount(
        user=user,
        created_at=before.created_at if before else fact.at,
        changed_at=fact.at,
        member=before.member if before else None,
    )
    return replace(setting, record=account)


def user_linked(setting: Setting, fact: DirectoryUserLinked) -> Setting:
    return replace(setting, record=replace(account_of(setting), member=fact.member))


def user_removed(setting: Setting, fact: DirectoryUserRemoved) -> Setting:
    nobody = DirectoryUser(user_name="", active=False)
    return replace(
        setting, record=replace(account_of(setting), user=nobody, changed_at=fact.at, is_removed=True)
    )


def sites_of(directory: Directory) -> frozenset[str]:
    """The sites that its lines name: it has no say at others."""
    groups = (group_in(line) for line in directory.groups)
    return frozenset(site for each in groups if each for site in each.sites)


def rights_of(user: DirectoryUser, directory: Directory) -> tuple[tuple[Role, ...], tuple[str, ...]]:
    """The roles and the sites that the directory's roles of a user give; that of a custodian none."""
    named = {each.value for each in user.roles or ()}
    groups = [each for line in directory.groups if (each := group_in(line)) and each.name in named]
    roles = {role for each in groups for role in each.roles}
    roles -= _kept_by_members(directory)
    sites = tuple(dict.fromkeys(site for each in groups for site in each.sites))
    return tuple(role for role in Role if role in roles), sites


def changes_of_member(
    member: Member, before: DirectoryUser | None, user: DirectoryUser, directory: Directory, reason: str
) -> Iterator[Change]:
    """What a member must become who is this user, and was known as `before`: active or not, the name, and the
    rights where the directory governs them. It takes no role of an administrator unless it gives it, none of
    a custodian, no site that its lines do not name, and whom an administrator has deactivated it activates
    only when it did not have the person active. Raises `NotYourSite`."""
    if member.active and not user.active:
        yield DeactivateMember(reason=reason)
        return
    if user.active and not member.active and not (before and before.active):
        yield ActivateMember(reason=reason)
    roles, sites = member.roles, member.sites
    if user.roles is not None:
        roles, sites = rights_of(user, directory)
        kept = tuple(role for role in member.roles if role in _kept_by_members(directory))
        if brings_more(replace(member, roles=kept), (), sites):
            raise NotYourSite
        stays = (site for site in member.sites if kept or site not in sites_of(directory))
        roles, sites = (*roles, *kept), tuple(dict.fromkeys((*sites, *stays)))
    if (user.name, user.email, {*roles}, sites) != (member.name, member.email, {*member.roles}, member.sites):
        yield ChangeMember(
            name=user.name,
            email=user.email,
            roles=roles,
            sites=sites,
            digest=member.digest,
            away=member.away,
            sensitive=member.sensitive,
            reason=reason,
        )


def _without_token(directory: Directory) -> Directory:
    return replace(directory, token_hash="", token_since=None, token_sites=())


def _kept_by_members(directory: Directory) -> frozenset[Role]:
    """The roles that the directory neither gives nor takes. Whoever says what its roles give could be one of
    those who get them, and nobody makes themselves a custodian."""
    return frozenset({Role.CUSTODIAN} if directory.gives_administrator else {Role.CUSTODIAN, Role.ADMIN})


def directory_of(setting: Setting) -> Directory:
    """What is said of the directory; nothing, where nothing ever was."""
    return setting.record if isinstance(setting.record, Directory) else Directory()


def account_of(setting: Setting) -> DirectoryAccount:
    """Raises `NotFound`."""
    if not isinstance(setting.record, DirectoryAccount):
        raise NotFound
    return setting.record


def group_in(line: str) -> Group | None:
    """What a line gives; nothing, where it is none.

    >>> group_in("Desk: agent reviewer @ demo")
    Group(name='Desk', roles=(<Role.AGENT: 'agent'>, <Role.REVIEWER: 'reviewer'>), sites=('demo',))
    """
    read = _LINE.fullmatch(line)
    roles = read["roles"].split() if read else []
    if read is None or not roles or any(each not in {*Role} for each in roles):
        return None
    return Group(read["name"], tuple(Role(each) for each in roles), tuple(read["sites"].split()))


def _wrong(before: Directory, after: Directory, context: SettingsContext) -> Iterator[Wrong]:
    """Sites are there, and those that change are served by whoever says so; no name stands twice."""
    if len(after.groups) > MOST_GROUPS:
        yield Wrong("/groups", "too-many", MOST_GROUPS)
    served = context.sites if context.serves is None else context.serves
    own = {*_own_roles(context)} if has_another_administrator(context) else frozenset()
    names = set()
    for place, line in enumerate(after.groups):
        group = group_in(line)
        if group is None or not group.sites:
            yield Wrong(f"/groups/{place}", "wrong-form")
        elif group.name in names:
            yield Wrong(f"/groups/{place}", "twice")
        elif Role.ADMIN in group.roles and not after.gives_administrator:
            yield Wrong(f"/groups/{place}", "no-administrator")
        elif Role.CUSTODIAN in group.roles:
            yield Wrong(f"/groups/{place}", "custodian-by-another")
        elif Role.PRIVACY in group.roles and line not in before.groups and group.name in own:
            yield Wrong(f"/groups/{place}", "privacy-by-another")
        if group:
            names.add(group.name)
    for line in {*before.groups} ^ {*after.groups}:
        group = group_in(line)
        if group and any(site not in context.sites or site not in served for site in group.sites):
            yield Wrong("/groups", "not-your-site")


def _own_roles(context: SettingsContext) -> Iterator[str]:
    """What the directory calls the roles of the administrator who asks."""
    for account in context.accounts.values():
        user = account.user
        member = Member(id=account.member or "", name=user.name, email=user.email)
        if not account.is_removed and is_own(member, context):
            yield from (role.value for role in user.roles or ())
