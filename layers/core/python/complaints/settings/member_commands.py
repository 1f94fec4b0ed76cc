"""What is asked for about members: by an administrator, by invitation, and by the directory."""

from typing import ClassVar

from msgspec import Struct

from complaints.settings.commands import CHANGE, Asked
from complaints.settings.setting import SettingKind
from complaints.values.directory import DirectoryUser
from complaints.values.field_types import Language, ShortText, Text
from complaints.values.people import Absence, Role


class ChangeMember(Asked, frozen=True, kw_only=True):
    """Adds a member, or says what changes of one."""

    kind = SettingKind.MEMBER
    verb = CHANGE
    name: ShortText
    email: ShortText | None = None
    roles: tuple[Role, ...] = ()
    sites: tuple[ShortText, ...] = ()
    digest: bool = False
    away: Absence | None = None
    sensitive: bool = False


class DeactivateMember(Asked, frozen=True, kw_only=True):
    """Lets a member in no more, and hands the open cases over."""

    kind = SettingKind.MEMBER
    verb = "deactivate"


class ActivateMember(Asked, frozen=True, kw_only=True):
    """Lets a member in again."""

    kind = SettingKind.MEMBER
    verb = "activate"


class SendInvitation(Asked, frozen=True, kw_only=True):
    """Invites somebody by mail to become a member."""

    kind = SettingKind.INVITATION
    verb = "send"
    name: ShortText
    email: ShortText
    roles: tuple[Role, ...]
    sites: tuple[ShortText, ...]
    letter_language: Language


class SendInvitationAgain(Asked, frozen=True, kw_only=True):
    """Sends the letter of an invitation once more; it is valid as long as a new one."""

    kind = SettingKind.INVITATION
    verb = "send_again"


class WithdrawInvitation(Asked, frozen=True, kw_only=True):
    """Takes an invitation back: nobody becomes a member by it."""

    kind = SettingKind.INVITATION
    verb = "withdraw"


class AcceptInvitation(Struct, frozen=True, kw_only=True):
    """Whoever signs in with the invited address accepts; only the sign-in says so."""

    kind: ClassVar[SettingKind] = SettingKind.INVITATION


class JoinByInvitation(Struct, frozen=True, kw_only=True):
    """Makes somebody a member as the invitation, or the user of the directory, of this id says; only the
    sign-in says so."""

    kind: ClassVar[SettingKind] = SettingKind.MEMBER
    invitation: str
    name: str
    email: str
    roles: tuple[Role, ...]
    sites: tuple[str, ...]
    invited_by: str = ""


class NoteUndelivered(Struct, frozen=True, kw_only=True):
    """The letter of an invitation did not arrive. Only the machine says so."""

    kind: ClassVar[SettingKind] = SettingKind.INVITATION
    letter: str


class ChangeDirectory(Asked, frozen=True, kw_only=True):
    """Says what roles of the directory give here, a line for each: `Desk: agent reviewer @ demo`."""

    kind = SettingKind.DIRECTORY
    verb = CHANGE
    groups: tuple[Text, ...] = ()
    gives_administrator: bool = False


class StopDirectory(Asked, frozen=True, kw_only=True):
    """Ends the token of the directory."""

    kind = SettingKind.DIRECTORY
    verb = "stop"


class SetDirectoryToken(Asked, frozen=True, kw_only=True):
    """Another token of the directory, by its hash: whoever asks for one is given it once."""

    kind = SettingKind.DIRECTORY
    verb = "rotate"
    token_hash: str


class PutDirectoryUser(Struct, frozen=True, kw_only=True):
    """Adds a user of the directory, or changes one. Only the directory says so."""

    kind: ClassVar[SettingKind] = SettingKind.DIRECTORY_USER
    user: DirectoryUser


class LinkDirectoryUser(Struct, frozen=True, kw_only=True):
    """A user of the directory is this member."""

    kind: ClassVar[SettingKind] = SettingKind.DIRECTORY_USER
    member: str


class RemoveDirectoryUser(Struct, frozen=True, kw_only=True):
    """The directory deleted a user."""

    kind: ClassVar[SettingKind] = SettingKind.DIRECTORY_USER


class FinishHandover(Struct, frozen=True, kw_only=True):
    """No case of the member is left that must be left. Only the machine says so."""

    kind: ClassVar[SettingKind] = SettingKind.MEMBER
