"""What was changed, by whom, when and why. Each fact holds the whole record as it was from then on."""

from datetime import datetime
from typing import ClassVar

import msgspec

from complaints.audit_trail.hash_chain import Entry
from complaints.calendars.site_holidays import SiteHolidays
from complaints.case.fact import Fact
from complaints.settings.setting import OwnPack, Packs, Team
from complaints.site.site import SiteRecord, Texts
from complaints.values.casework.automation import Automation
from complaints.values.casework.macros import Macro
from complaints.values.casework.standard_texts import StandardText
from complaints.values.codes import Codes
from complaints.values.directory import Directory
from complaints.values.own_fields import OwnFields
from complaints.values.people import Absence, Role


class SettingFact(Fact, frozen=True, kw_only=True):
    """A person changed a setting, and said why."""

    PRIVATE: ClassVar[tuple[str, ...]] = ("reason",)
    reason: str


class SiteChanged(SettingFact, frozen=True, kw_only=True):
    """`reckons` says whether the promises of open cases are recalculated."""

    record: SiteRecord
    reckons: bool = False


class TeamChanged(SettingFact, frozen=True, kw_only=True):
    """The team of a site was changed."""

    record: Team


class CodesChanged(SettingFact, frozen=True, kw_only=True):
    """The code lists of a site were changed."""

    record: Codes


class TextsChanged(SettingFact, frozen=True, kw_only=True):
    """The words and the look of a site were changed."""

    record: Texts


class PacksChanged(SettingFact, frozen=True, kw_only=True):
    """Another set of promise packs is in force; `reckons` is as in `SiteChanged`."""

    record: Packs
    reckons: bool = False


class PackVersionsTold(Fact, frozen=True, kw_only=True):
    """The administrators of a site were written of new `versions`, by the names of their packs."""

    versions: dict[str, int]


class PackChanged(SettingFact, frozen=True, kw_only=True):
    """A promise pack that the operator brought has another version."""

    record: OwnPack


class CalendarChanged(SettingFact, frozen=True, kw_only=True):
    """A site's holidays were changed; `reckons` is as in `SiteChanged`."""

    record: SiteHolidays
    reckons: bool = True


class FieldsChanged(SettingFact, frozen=True, kw_only=True):
    """A site's own fields were changed."""

    record: OwnFields


class StandardTextChanged(SettingFact, frozen=True, kw_only=True):
    """A standard text was added, changed or retired."""

    record: StandardText


class MacroChanged(SettingFact, frozen=True, kw_only=True):
    """A macro was added, changed or retired."""

    record: Macro


class AutomationChanged(SettingFact, frozen=True, kw_only=True):
    """An automation rule was added, changed, switched on or off."""

    record: Automation


class MemberChanged(SettingFact, frozen=True, kw_only=True):
    """A member of staff; `hands_over` says that cases must be handed over."""

    PRIVATE = ("reason", "name", "email")
    name: str
    email: str
    roles: tuple[Role, ...]
    sites: tuple[str, ...]
    hands_over: bool = False
    digest: bool = False
    away: Absence | None = None
    sensitive: bool = False


class MemberDeactivated(SettingFact, frozen=True, kw_only=True):
    """A member was deactivated: nothing is allowed from now on, and all open cases are handed over."""


class MemberActivated(SettingFact, frozen=True, kw_only=True):
    """A member who was deactivated may work again."""


class MemberInvited(SettingFact, frozen=True, kw_only=True):
    """Somebody was invited by mail to become a member."""

    PRIVATE = ("reason", "name", "email")
    name: str
    email: str
    roles: tuple[Role, ...]
    sites: tuple[str, ...]
    letter_language: str
    valid_until: datetime


class InvitationSentAgain(SettingFact, frozen=True, kw_only=True):
    """An invitation was sent once more, and is valid for longer."""

    valid_until: datetime


class InvitationWithdrawn(SettingFact, frozen=True, kw_only=True):
    """An invitation was taken back before anybody accepted it."""


class InvitationAccepted(Fact, frozen=True, kw_only=True):
    """Whoever it was for signed in with the invited address, and is a member under the id of the actor."""


class InvitationUndelivered(Fact, frozen=True, kw_only=True):
    """A `letter` of the invitation did not arrive."""

    letter: str


class MemberJoined(Fact, frozen=True, kw_only=True):
    """Somebody became a member, or serves more sites, as an `invitation` says that `invited_by` sent."""

    PRIVATE: ClassVar[tuple[str, ...]] = ("name", "email")
    name: str
    email: str
    roles: tuple[Role, ...]
    sites: tuple[str, ...]
    invitation: str
    invited_by: str = ""


class DirectoryChanged(SettingFact, frozen=True, kw_only=True):
    """What the directory may do; its token stands in the record as a hash."""

    record: Directory


class DirectoryUserChanged(Fact, frozen=True, kw_only=True):
    """The directory added a user or changed one: `user` is a `DirectoryUser` in JSON."""

    PRIVATE: ClassVar[tuple[str, ...]] = ("user",)
    user: str


class DirectoryUserLinked(Fact, frozen=True, kw_only=True):
    """A user of the directory is a member."""

    member: str


class DirectoryUserRemoved(Fact, frozen=True, kw_only=True):
    """The directory deleted a user."""


class CasesHandedOver(Fact, frozen=True, kw_only=True):
    """No case is left with the member that the member may not look after."""


class CasesReckoned(Fact, frozen=True, kw_only=True):
    """The cases that a change concerns were looked at, those `up_to` a place; without it, all: their promises
    were recalculated, or it was noted when an automation rule is to look at them again."""

    up_to: str | None = None


AnySettingFact = (
    SiteChanged | TeamChanged | CodesChanged | TextsChanged | PacksChanged | CalendarChanged | FieldsChanged
    | StandardTextChanged | MacroChanged | AutomationChanged | PackChanged
    | MemberChanged | MemberDeactivated | MemberActivated | CasesHandedOver | CasesReckoned
    | MemberInvited | InvitationSentAgain | InvitationWithdrawn | InvitationAccepted | InvitationUndelivered
    | MemberJoined | DirectoryChanged | DirectoryUserChanged | DirectoryUserLinked | DirectoryUserRemoved
    | PackVersionsTold
)  # fmt: skip

_decode = msgspec.json.Decoder(Entry[AnySettingFact]).decode


def decode(data: bytes) -> Entry[AnySettingFact]:
    """An entry of a setting from its stored bytes. Raises `msgspec.MsgspecError`."""
    return _decode(data)
