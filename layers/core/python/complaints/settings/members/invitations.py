"""Invitations: somebody is invited by mail, and becomes a member at the first sign-in with that address.

Joining: who signs in becomes a member by an invitation, or as a user of the directory.
"""

import re
from collections.abc import Iterable, Iterator
from datetime import timedelta

from msgspec.structs import replace

from complaints.case.fact import Fact
from complaints.settings import validation
from complaints.settings.events import (
    InvitationAccepted,
    InvitationSentAgain,
    InvitationUndelivered,
    InvitationWithdrawn,
    MemberInvited,
    MemberJoined,
)
from complaints.settings.member_commands import (
    AcceptInvitation,
    JoinByInvitation,
    LinkDirectoryUser,
    NoteUndelivered,
    SendInvitation,
    SendInvitationAgain,
    WithdrawInvitation,
)
from complaints.settings.members.directory import directory_of, rights_of
from complaints.settings.members.membership import brings_more, has_another_administrator, is_own, is_taken
from complaints.settings.setting import Setting
from complaints.settings.settings_context import SettingsContext
from complaints.values.directory import DirectoryAccount, DirectoryUser
from complaints.values.errors import AlreadySo, Invalid, NotFound, Wrong
from complaints.values.people import Invitation, Member, Role
from complaints.values.text.normalization import match_key

VALID = timedelta(days=14)
"""How long a letter invites."""

MOST_LETTERS = 5
"""How many letters one invitation sends: the address is that of somebody who has not answered."""

MOST_A_DAY = 300
"""How many letters all invitations of the installation send in 24 hours."""

_ID = re.compile(r"[A-Za-z0-9_-]{1,48}")
"""The id stands in the tags of the mail, which take no other letters, and in its boundary, which has 70
characters at most (RFC 2046, 5.1.1)."""


def send(setting: Setting, command: SendInvitation, context: SettingsContext) -> list[Fact]:
    """Invites somebody. Raises `Invalid`."""
    wrong = [*_wrong(setting, command, context)]
    if wrong:
        raise Invalid(*sorted(wrong))
    return [
        MemberInvited(
            at=context.now,
            by=context.by,
            reason=command.reason,
            name=command.name,
            email=command.email,
            roles=command.roles,
            sites=command.sites,
            letter_language=command.letter_language,
            valid_until=context.now + VALID,
        )
    ]


def send_again(setting: Setting, command: SendInvitationAgain, context: SettingsContext) -> list[Fact]:
    """Sends the letter once more, in the name of whoever asks now. Raises `AlreadySo` for an invitation that
    was accepted or withdrawn, `Invalid` for one too many, `NotYourSite`."""
    invitation = _open_one(setting)
    context.must_serve(invitation.sites)
    if invitation.letters_sent >= MOST_LETTERS:
        raise Invalid(Wrong("", "too-many", MOST_LETTERS))
    if _are_too_many_today(context):
        raise Invalid(Wrong("", "too-many", MOST_A_DAY))
    return [
        InvitationSentAgain(
            at=context.now, by=context.by, reason=command.reason, valid_until=context.now + VALID
        )
    ]


def withdraw(setting: Setting, command: WithdrawInvitation, context: SettingsContext) -> list[Fact]:
    """Nobody becomes a member by it any more. Raises `AlreadySo`."""
    _open_one(setting)
    return [InvitationWithdrawn(at=context.now, by=context.by, reason=command.reason)]


def accept(setting: Setting, command: AcceptInvitation, context: SettingsContext) -> list[Fact]:
    """Whoever signs in accepts; nothing follows where it is over, or whoever sent it may not invite any
    more: rights that somebody gave do not outlive the right to give them."""
    invitation = setting.record
    if not isinstance(invitation, Invitation) or not invitation.is_open(context.now):
        return []
    if invitation.invited_by and not _is_administrator(invitation, context.members):
        return []
    return [InvitationAccepted(at=context.now, by=context.by)]


def join(setting: Setting, command: JoinByInvitation, context: SettingsContext) -> list[Fact]:
    """Makes the person a member. Who is one already serves the further sites, and gets no further role: those
    hold at all sites. Nothing follows for somebody deactivated, or whose id looks like another member's, or
    who would bring to a further site what nobody there gave."""
    before = setting.record if isinstance(setting.record, Member) else None
    if is_taken(setting.id, context) if before is None else not before.active:
        return []
    if before and brings_more(before, command.roles, command.sites):
        return []
    person = before or command
    return [
        MemberJoined(
            at=context.now,
            by=context.by,
            name=person.name,
            email=person.email,
            roles=person.roles,
            sites=tuple(dict.fromkeys((*person.sites, *command.sites))),
            invitation=command.invitation,
            invited_by=command.invited_by,
        )
    ]


def note_undelivered(setting: Setting, command: NoteUndelivered, context: SettingsContext) -> list[Fact]:
    """The last letter did not arrive; nothing, where that is known or it is over."""
    invitation = _invitation(setting)
    if invitation.state != "open" or invitation.is_undelivered:
        return []
    return [InvitationUndelivered(at=context.now, by=context.by, letter=command.letter)]


def invited(setting: Setting, fact: MemberInvited) -> Setting:
    invitation = Invitation(
        name=fact.name,
        email=fact.email,
        roles=fact.roles,
        sites=fact.sites,
        letter_language=fact.letter_language,
        sent_at=fact.at,
        valid_until=fact.valid_until,
        invited_by=fact.by.id if fact.by.is_staff else "",
    )
    return replace(setting, record=invitation)


def sent_again(setting: Setting, fact: InvitationSentAgain) -> Setting:
    invitation = _invitation(setting)
    return replace(
        setting,
        record=replace(
            invitation,
            sent_at=fact.at,
            valid_until=fact.valid_until,
            invited_by=fact.by.id if fact.by.is_staff else "",
            letters_sent=invitation.letters_sent + 1,
            is_undelivered=False,
        ),
    )


def withdrawn(setting: Setting, fact: InvitationWithdrawn) -> Setting:
    return replace(setting, record=replace(_invitation(setting), state="withdrawn"))


def accepted(setting: Setting, fact: InvitationAccepted) -> Setting:
    return replace(setting, record=replace(_invitation(setting), state="accepted", member=fact.by.id))


def undelivered(setting: Setting, fact: InvitationUndelivered) -> Setting:
    return replace(setting, record=replace(_invitation(setting), is_undelivered=True))


def joined(setting: Setting, fact: MemberJoined) -> Setting:
    before = setting.record
    if isinstance(before, Member):
        return replace(setting, record=replace(before, sites=fact.sites))
    member = Member(id=setting.id, name=fact.name, email=fact.email, roles=fact.roles, sites=fact.sites)
    return replace(setting, record=member)


def is_for_address(person: Invitation | Member | DirectoryUser, address: str) -> bool:
    """Whether an invitation is for the owner of a mail address, or a member has it."""
    return match_key(person.email) == match_key(address)


def open_invitation(address: str, context: SettingsContext) -> Invitation | None:
    """The invitation that an address has and nobody has answered, as far as whoever asks may know of it."""
    waiting = (each for each in context.invitations.values() if each.state == "open")
    return next((each for each in waiting if is_for_address(each, address) and is_seen(each, context)), None)


def _wrong(setting: Setting, command: SendInvitation, context: SettingsContext) -> Iterator[Wrong]:
    if setting.record is not None:
        yield Wrong("/id", "twice")
    elif not _ID.fullmatch(setting.id):
        yield Wrong("/id", "wrong-form")
    yield from validation.wrong_addresses({"email": command.email})
    yield from wrong_rights(command.roles, command.sites, context)
    yield from _roles_for_oneself(command, context)
    if command.letter_language not in context.shipped_data.languages:
        yield Wrong("/letter_language", "no-catalogue")
    if any(is_for_address(each, command.email) for each in context.members if is_seen(each, context)):
        yield Wrong("/email", "is-member")
    if open_invitation(command.email, context):
        yield Wrong("/email", "is-invited")
    if _are_too_many_today(context):
        yield Wrong("", "too-many", MOST_A_DAY)


def _roles_for_oneself(command: SendInvitation, context: SettingsContext) -> Iterator[Wrong]:
    """Nobody gives a second account of theirs what they may not give themselves."""
    account = Member(id="", name=command.name, email=command.email)
    if not is_own(account, context):
        return
    if Role.CUSTODIAN in command.roles:
        yield Wrong("/roles", "custodian-by-another")
    if Role.PRIVACY in command.roles and has_another_administrator(context):
        yield Wrong("/roles", "privacy-by-another")


def wrong_rights(
    roles: tuple[Role, ...], sites: tuple[str, ...], context: SettingsContext
) -> Iterator[Wrong]:
    """Whoever is invited gets a role, at sites that whoever invites serves."""
    if not roles:
        yield Wrong("/roles", "missing")
    if not sites:
        yield Wrong("/sites", "missing")
    if any(key not in context.sites or not _is_served(key, context) for key in sites):
        yield Wrong("/sites", "not-your-site")


def is_seen(each: Member | Invitation, context: SettingsContext) -> bool:
    """Whether whoever asks may know of a member or an invitation: others must not be found by guessing."""
    return not each.sites or any(_is_served(key, context) for key in each.sites)


def _is_served(site: str, context: SettingsContext) -> bool:
    return context.serves is None or site in context.serves


def _are_too_many_today(context: SettingsContext) -> bool:
    since = context.now - timedelta(days=1)
    return sum(each.sent_at > since for each in context.invitations.values()) >= MOST_A_DAY


def _is_administrator(invitation: Invitation, members: Iterable[Member]) -> bool:
    """Whether whoever sent it still administers all its sites."""
    sender = next((each for each in members if each.id == invitation.invited_by), None)
    return (
        sender is not None
        and Role.ADMIN in sender.roles
        and all(sender.serves(site) for site in invitation.sites)
    )


def _open_one(setting: Setting) -> Invitation:
    invitation = _invitation(setting)
    if invitation.state != "open":
        raise AlreadySo
    return invitation


def _invitation(setting: Setting) -> Invitation:
    if not isinstance(setting.record, Invitation):
        raise NotFound
    return setting.record


Joining = tuple[JoinByInvitation | None, AcceptInvitation | LinkDirectoryUser | None]


def how_to_join(cause: Setting, directory: Setting, member: str) -> Joining:
    """The command that makes somebody a member, and the one that settles its cause; none where it is over."""
    record = cause.record
    if isinstance(record, Invitation):
        joins = JoinByInvitation(
            invitation=cause.id,
            name=record.name,
            email=record.email,
            roles=record.roles,
            sites=record.sites,
            invited_by=record.invited_by,
        )
        return joins, AcceptInvitation()
    if isinstance(record, DirectoryAccount) and record.user.active:
        roles, sites = rights_of(record.user, directory_of(directory))
        user = record.user
        joins = JoinByInvitation(
            invitation=cause.id, name=user.name, email=user.email, roles=roles, sites=sites
        )
        return joins, LinkDirectoryUser(member=member)
    return None, None
