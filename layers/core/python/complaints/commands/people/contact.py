"""Commands about the contact details of the complainant."""

from enum import StrEnum
from typing import Literal

from complaints.commands.command import Command, StaffCommand
from complaints.values.field_types import ComplainantKind, Language, PreferredWay, ShortText, Text


class ContactDetail(StrEnum):
    """A contact detail by which a person is reached."""

    EMAIL = "email"
    PHONE = "phone"
    POST = "post"


class CorrectContact(StaffCommand, frozen=True, kw_only=True):
    """Puts right what is held of the complainant; what is not named stays.

    `remove` is a detail that no longer holds. The former mail address is told that it was changed, unless
    `tell_former` says otherwise: somebody else may read it.
    """

    verb = "correct_contact"
    name: ShortText | None = None
    email: str | None = None
    phone: ShortText | None = None
    post: Text | None = None
    language: Language | None = None
    kind: ComplainantKind | None = None
    preferred_way: PreferredWay | None = None
    remove: ContactDetail | None = None
    tell_former: bool = True
    reason: Text


class CorrectOwnContact(Command, frozen=True, kw_only=True):
    """The complainant's own correction; a mail address holds once it is confirmed by a letter to it."""

    verb = "correct_own_contact"
    name: ShortText | None = None
    email: str | None = None
    phone: ShortText | None = None
    post: Text | None = None
    language: Language | None = None
    preferred_way: PreferredWay | None = None
    remove: Literal["phone", "post"] | None = None


class ConfirmAddress(Command, frozen=True, kw_only=True):
    """Whoever reads the proposed mail address confirms it."""

    verb = "confirm_address"
