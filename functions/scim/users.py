"""Users over SCIM: each is an account of the directory, and a member from the first sign-in on.

What a request means for the member is written first, so that a request which is sent again finishes what a
crash interrupted. Rights follow from the roles that the directory names, by what administrators said of them.
"""

import re
from collections.abc import Mapping
from datetime import timedelta
from hashlib import sha256
from typing import TYPE_CHECKING, Any, NamedTuple
from urllib.parse import quote
from uuid import uuid4

from complaints.context.case import AlreadyUsed, Guard
from complaints.settings.changes import Change
from complaints.settings.member_commands import (
    DeactivateMember,
    LinkDirectoryUser,
    PutDirectoryUser,
    RemoveDirectoryUser,
)
from complaints.settings.members.directory import DIRECTORY, changes_of_member, sites_of
from complaints.settings.members.invitations import is_for_address
from complaints.settings.rules import decide
from complaints.settings.setting import SettingKind
from complaints.settings.settings_context import SettingsContext, among
from complaints.values.directory import Directory, DirectoryAccount, DirectoryUser
from complaints.values.errors import Invalid
from complaints.values.people import Member
from functions.desk.settings.settings import with_follow_up
from functions.scim import patch, user_resource
from functions.scim.discovery import MOST_RESULTS
from functions.scim.errors import ScimError, invalid

if TYPE_CHECKING:
    from complaints.adapters.container import Container


LIST = "urn:ietf:params:scim:api:messages:2.0:ListResponse"
REASON = "SCIM"
"""What the history of a member says as the reason; the actor is the directory."""

_FILTER = re.compile(r'(?P<name>userName|externalId|id) eq "(?P<text>[^"]{0,200})"', re.IGNORECASE)
_NUMBER = re.compile(r"-?[0-9]{1,9}")
_AT_ONCE = timedelta(seconds=10)
"""How long a user name is taken before every reader sees that it is."""

_NOT_A_VALUE = (
    "last-administrator", "no-reviewer", "no-cleared-reviewer", "nobody-for-requests", "too-many",
)  # fmt: skip
"""Refusals that no other value mends."""


class Provisioned(NamedTuple):
    """All that a request is judged by."""

    directory: Directory
    accounts: dict[str, DirectoryAccount]
    context: SettingsContext


def provisioned(deps: "Container", record: Directory) -> Provisioned:
    """The accounts and the members as they are."""
    everything = deps.settings_store.all()
    context = among(
        everything,
        now=deps.now(),
        by=DIRECTORY,
        shipped_data=deps.shipped_data,
        serves=tuple(sites_of(record)),
    )
    accounts = {id: each for id, each in context.accounts.items() if not each.is_removed}
    return Provisioned(record, accounts, context)


def create(deps: "Container", state: Provisioned, body: dict[str, Any]) -> dict[str, Any]:
    """A new user. Raises `ScimError`."""
    user = user_resource.read_user(body)
    name = sha256(f"scim|{user.user_name.casefold()}".encode()).hexdigest()
    now = state.context.now
    guard = Guard(id=name, at=now, expires=now + _AT_ONCE, body="")
    return _stored(deps, state, uuid4().hex, None, user, guard)


def show(deps: "Container", state: Provisioned, id: str) -> dict[str, Any]:
    """Raises `ScimError` where there is none."""
    return _view(deps, state, id, _account(state, id))


def search(deps: "Container", state: Provisioned, asked: Mapping[str, str]) -> dict[str, Any]:
    """The users, or those that a filter finds: one attribute by equality. Raises `ScimError`."""
    found = [id for id, _ in sorted(state.accounts.items(), key=lambda each: (each[1].created_at, each[0]))]
    if asked.get("filter"):
        wanted = _FILTER.fullmatch(asked["filter"].strip())
        if wanted is None:
            raise invalid("The filters are userName, externalId or id, with eq.", "invalidFilter")
        found = [id for id in found if _has(state.accounts[id], id, wanted["name"].lower(), wanted["text"])]
    start = max(_number(asked, "startIndex", 1), 1)
    count = min(max(_number(asked, "count", MOST_RESULTS), 0), MOST_RESULTS)
    page = found[start - 1 : start - 1 + count]
    return {
        "schemas": [LIST],
        "totalResults": len(found),
        "startIndex": start,
        "itemsPerPage": len(page),
        "Resources": [
            user_resource.projected(_view(deps, state, id, state.accounts[id]), asked) for id in page
        ],
    }


def replace(deps: "Container", state: Provisioned, id: str, body: dict[str, Any]) -> dict[str, Any]:
    """PUT: the user as the body says it. Raises `ScimError`."""
    before = _account(state, id)
    return _stored(deps, state, id, before, user_resource.read_user(body))


def modify(deps: "Container", state: Provisioned, id: str, body: dict[str, Any]) -> dict[str, Any]:
    """PATCH: the user after the operations of the body. Raises `ScimError`."""
    before = _account(state, id)
    is_active = _is_active(state, before)
    attributes = patch.patched(user_resource.as_sent(before.user) | {"active": is_active}, body)
    return _stored(deps, state, id, before, user_resource.read_user(attributes))


def delete(deps: "Container", state: Provisioned, id: str) -> None:
    """The member is deactivated, and the account is forgotten. Raises `ScimError`."""
    before = _account(state, id)
    member = _member(state, before)
    if member and member.active:
        _carried_out(deps, state, member, DeactivateMember(reason=REASON))
    setting = deps.settings_store.load(SettingKind.DIRECTORY_USER, id)
    deps.settings_service.carry_out(setting, RemoveDirectoryUser(), state.context)


def _stored(
    deps: "Container",
    state: Provisioned,
    id: str,
    before: DirectoryAccount | None,
    user: DirectoryUser,
    guard: Guard | None = None,
) -> dict[str, Any]:
    """Writes a user, and what follows for the member. Raises `ScimError`; then the user is as it was."""
    command = PutDirectoryUser(user=user)
    setting = deps.settings_store.load(SettingKind.DIRECTORY_USER, id)
    member = _member(state, before) if before else None
    try:
        decide(setting, command, state.context)
        known = member or _known_by_address(state, user)
        if known:
            was = before.user if before and before.member else None
            for change in changes_of_member(known, was, user, state.directory, REASON):
                _carried_out(deps, state, known, change)
        setting = deps.settings_service.carry_out(setting, command, state.context, guard=guard)
        if known and member is None:
            link = LinkDirectoryUser(member=known.id)
            setting = deps.settings_service.carry_out(setting, link, state.context)
    except AlreadyUsed:
        raise ScimError(409, "This userName is taken.", "uniqueness") from None
    except Invalid as refusal:
        raise _as_error(refusal) from None
    after = provisioned(deps, state.directory)
    return show(deps, after, id)


def _carried_out(deps: "Container", state: Provisioned, member: Member, change: Change) -> None:
    """Makes one change of a member. Raises `ScimError`."""
    setting = deps.settings_store.load(SettingKind.MEMBER, member.id)
    try:
        after = deps.settings_service.carry_out(setting, change, state.context)
    except Invalid as refusal:
        raise _as_error(refusal) from None
    with_follow_up(deps, after)


def _as_error(refusal: Invalid) -> ScimError:
    wrong = refusal.errors[0]
    if (wrong.pointer, wrong.code) == ("/userName", "twice"):
        return ScimError(409, "This userName is taken.", "uniqueness")
    if wrong.code in _NOT_A_VALUE:
        return ScimError(403, f"Refused: {wrong.code}.")
    return invalid(f"{wrong.pointer[1:] or 'The user'}: {wrong.code}.")


def _account(state: Provisioned, id: str) -> DirectoryAccount:
    account = state.accounts.get(id)
    if account is None:
        raise ScimError(404, "There is no such user.")
    return account


def _member(state: Provisioned, account: DirectoryAccount) -> Member | None:
    return next((each for each in state.context.members if each.id == account.member), None)


def _known_by_address(state: Provisioned, user: DirectoryUser) -> Member | None:
    """A member with the address of a user, who is no other user yet."""
    taken = {each.member for each in state.accounts.values()}
    free = (each for each in state.context.members if each.id not in taken and each.email)
    return next((each for each in free if is_for_address(each, user.email)), None)


def _is_active(state: Provisioned, account: DirectoryAccount) -> bool:
    """Whether the person can work: administrators may have deactivated the member."""
    member = _member(state, account)
    return account.user.active and (member is None or member.active)


def _view(deps: "Container", state: Provisioned, id: str, account: DirectoryAccount) -> dict[str, Any]:
    address = f"{deps.settings.url}/scim/v2/Users/{quote(id)}"
    return user_resource.view(account, id, address, is_active=_is_active(state, account))


def _has(account: DirectoryAccount, id: str, name: str, text: str) -> bool:
    if name == "id":
        return id == text
    if name == "externalid":
        return account.user.external_id == text
    return account.user.user_name.casefold() == text.casefold()


def _number(asked: Mapping[str, str], name: str, usual: int) -> int:
    said = asked.get(name, "")
    if not said:
        return usual
    if not _NUMBER.fullmatch(said):
        raise invalid(f"{name} is a number.")
    return int(said)
