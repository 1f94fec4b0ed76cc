"""All commands on settings: by whom they are asked for, and by kind and verb."""

from complaints.settings.commands import (
    ADD,
    CHANGE,
    AddSite,
    ChangeAutomation,
    ChangeCalendar,
    ChangeCodes,
    ChangeFields,
    ChangeMacro,
    ChangePack,
    ChangePacks,
    ChangeSite,
    ChangeStandardText,
    ChangeTeam,
    ChangeTexts,
    MapReturn,
    MigratePacks,
    NoteRecalculated,
    PutChecklist,
    PutCode,
    PutDay,
    PutEnclosure,
    PutField,
    PutRetention,
    PutTransactions,
    PutWording,
    RemoveDay,
    RotateSecret,
    TellOfPacks,
)
from complaints.settings.member_commands import (
    AcceptInvitation,
    ActivateMember,
    ChangeDirectory,
    ChangeMember,
    DeactivateMember,
    FinishHandover,
    JoinByInvitation,
    LinkDirectoryUser,
    NoteUndelivered,
    PutDirectoryUser,
    RemoveDirectoryUser,
    SendInvitation,
    SendInvitationAgain,
    SetDirectoryToken,
    StopDirectory,
    WithdrawInvitation,
)
from complaints.settings.setting import SettingKind

Change = (
    ChangeSite | PutChecklist | AddSite | RotateSecret | ChangeTeam | ChangeCodes | PutCode | MapReturn
    | PutTransactions | PutRetention | ChangeTexts
    | PutWording | PutEnclosure | ChangePacks | MigratePacks | ChangeCalendar | PutDay | RemoveDay
    | ChangeFields | PutField | ChangeStandardText | ChangeMacro | ChangeAutomation | ChangePack
    | ChangeMember | DeactivateMember | ActivateMember | SendInvitation | SendInvitationAgain
    | WithdrawInvitation | ChangeDirectory | StopDirectory
)  # fmt: skip
OfSignIn = AcceptInvitation | JoinByInvitation | LinkDirectoryUser
"""What somebody causes who signs in, and is no member yet."""

OfDirectory = PutDirectoryUser | RemoveDirectoryUser
"""What the directory says."""

OfMachine = FinishHandover | NoteRecalculated | NoteUndelivered | TellOfPacks
"""What only the machine asks for."""

SettingCommand = Change | SetDirectoryToken | OfSignIn | OfDirectory | OfMachine

_CHANGES: tuple[type[Change], ...] = (
    ChangeSite, PutChecklist, PutTransactions, PutRetention, AddSite, RotateSecret, ChangeTeam,
    ChangeCodes, PutCode, MapReturn, ChangeTexts, PutWording, PutEnclosure, ChangePacks, MigratePacks,
    ChangeCalendar, PutDay, RemoveDay,
    ChangeFields, PutField, ChangeStandardText, ChangeMacro, ChangeAutomation, ChangePack, ChangeMember,
    DeactivateMember, ActivateMember, SendInvitation, SendInvitationAgain, WithdrawInvitation,
    ChangeDirectory, StopDirectory,
)  # fmt: skip
CHANGES: dict[tuple[str, str], type[Change]] = {(change.kind, change.verb): change for change in _CHANGES}
"""By kind and verb, as an address names them."""

ADDED_BY: dict[SettingKind, str] = {
    SettingKind.SITE: ADD,
    SettingKind.PACK: CHANGE,
    SettingKind.MEMBER: CHANGE,
    SettingKind.INVITATION: SendInvitation.verb,
    SettingKind.STANDARD_TEXT: CHANGE,
    SettingKind.AUTOMATION: CHANGE,
}
"""The verb by which people add a setting of this kind. All others come with their site."""
