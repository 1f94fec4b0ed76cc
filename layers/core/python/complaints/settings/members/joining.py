"""Joining: who signs in becomes a member by an invitation, or as a user of the directory."""

from complaints.settings.member_commands import (
    AcceptInvitation,
    JoinByInvitation,
    LinkDirectoryUser,
)
from complaints.settings.members.directory import directory_of, rights_of
from complaints.settings.setting import Setting
from complaints.values.directory import DirectoryAccount
from complaints.values.people import Invitation

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
