"""The settings as one table: which rule answers which command, and what each fact changes.

`decide` answers with facts or raises a `Refusal`; `evolve` puts one fact on the setting and never
refuses. Who may ask for what is `permissions`' table.
"""

from collections.abc import Callable, Iterable
from functools import reduce
from typing import Any

from msgspec.structs import replace

from complaints.case.fact import Fact
from complaints.handling.permissions import may
from complaints.lazy_imports import lazy_imports
from complaints.settings import changes, commands, events, member_commands
from complaints.settings.casework import checklists, standard_texts
from complaints.settings.members import directory, invitations, membership
from complaints.settings.promise_packs import custom_packs, due_date_recalculation, pack_updates
from complaints.settings.setting import OF_ALL, Setting, SettingKind
from complaints.settings.settings_context import SettingsContext
from complaints.settings.site import (
    calendars,
    code_lists,
    enclosures,
    new_site,
    own_fields,
    retention,
    sites,
    wordings,
)
from complaints.site.site import SiteRecord
from complaints.values.directory import DirectoryAccount
from complaints.values.errors import AlreadySo, Forbidden, NotFound
from complaints.values.people import Actor, Invitation, Member

with lazy_imports():
    # It needs the rules of cases: whoever changes anything else does without them.
    from complaints.settings.casework import automation, macros

RULES: dict[type[changes.SettingCommand], Callable[[Setting, Any, SettingsContext], list[Fact]]] = {
    commands.ChangeSite: sites.change_site,
    commands.AddSite: new_site.add_site,
    commands.RotateSecret: sites.rotate_secret,
    commands.ChangeTeam: sites.change_team,
    commands.PutChecklist: checklists.put_checklist,
    commands.PutTransactions: sites.put_transactions,
    commands.PutRetention: retention.put_retention,
    commands.ChangeCodes: code_lists.change_codes,
    commands.PutCode: code_lists.put_code,
    commands.MapReturn: code_lists.map_return,
    commands.ChangeTexts: sites.change_texts,
    commands.PutWording: wordings.put_wording,
    commands.PutEnclosure: enclosures.put_enclosure,
    commands.ChangePacks: sites.change_packs,
    commands.MigratePacks: pack_updates.migrate_packs,
    commands.ChangeCalendar: calendars.change_calendar,
    commands.PutDay: calendars.put_day,
    commands.RemoveDay: calendars.remove_day,
    commands.ChangeFields: own_fields.change_fields,
    commands.PutField: own_fields.put_field,
    commands.ChangeStandardText: standard_texts.change_standard_text,
    commands.ChangeMacro: macros.change_macro,
    commands.ChangeAutomation: automation.change_automation,
    commands.ChangePack: custom_packs.change_pack,
    member_commands.ChangeMember: membership.change,
    member_commands.DeactivateMember: membership.deactivate,
    member_commands.ActivateMember: membership.activate,
    member_commands.FinishHandover: membership.finish_handover,
    member_commands.SendInvitation: invitations.send,
    member_commands.SendInvitationAgain: invitations.send_again,
    member_commands.WithdrawInvitation: invitations.withdraw,
    member_commands.AcceptInvitation: invitations.accept,
    member_commands.JoinByInvitation: invitations.join,
    member_commands.NoteUndelivered: invitations.note_undelivered,
    member_commands.ChangeDirectory: directory.change,
    member_commands.StopDirectory: directory.stop,
    member_commands.SetDirectoryToken: directory.set_token,
    member_commands.PutDirectoryUser: directory.put_user,
    member_commands.LinkDirectoryUser: directory.link_user,
    member_commands.RemoveDirectoryUser: directory.remove_user,
    commands.TellOfPacks: pack_updates.tell_of_packs,
    commands.NoteRecalculated: due_date_recalculation.note_recalculated,
}


def _recorded(setting: Setting, fact: Any) -> Setting:
    """The fact holds the whole record."""
    return replace(setting, record=fact.record)


EVOLVE: dict[type[Fact], Callable[[Setting, Any], Setting]] = {
    events.SiteChanged: due_date_recalculation.changed,
    events.TeamChanged: _recorded,
    events.CodesChanged: _recorded,
    events.TextsChanged: _recorded,
    events.PacksChanged: due_date_recalculation.changed,
    events.PackVersionsTold: pack_updates.told,
    events.CalendarChanged: due_date_recalculation.changed,
    events.FieldsChanged: _recorded,
    events.StandardTextChanged: _recorded,
    events.MacroChanged: _recorded,
    events.AutomationChanged: due_date_recalculation.rule_changed,
    events.PackChanged: _recorded,
    events.MemberChanged: membership.changed,
    events.MemberDeactivated: membership.deactivated,
    events.MemberActivated: membership.activated,
    events.CasesHandedOver: membership.handed_over,
    events.MemberJoined: invitations.joined,
    events.MemberInvited: invitations.invited,
    events.InvitationSentAgain: invitations.sent_again,
    events.InvitationWithdrawn: invitations.withdrawn,
    events.InvitationAccepted: invitations.accepted,
    events.InvitationUndelivered: invitations.undelivered,
    events.DirectoryChanged: _recorded,
    events.DirectoryUserChanged: directory.user_changed,
    events.DirectoryUserLinked: directory.user_linked,
    events.DirectoryUserRemoved: directory.user_removed,
    events.CasesReckoned: due_date_recalculation.progress_noted,
}


def decide(setting: Setting, command: changes.SettingCommand, context: SettingsContext) -> list[Fact]:
    """The facts that follow from a command. Raises a `Refusal`."""
    if context.by.kind == "staff" and not isinstance(command, changes.OfSignIn):
        refuse_strangers(setting, command, context)
    try:
        return RULES[type(command)](setting, command, context)
    except AlreadySo as refusal:
        refusal.allowed = allowed(setting, context.by)
        raise


def evolve_all(setting: Setting, happened: Iterable[Fact]) -> Setting:
    """The setting after several facts, in their order. What happened, happened: it never refuses."""
    return reduce(lambda state, fact: EVOLVE[type(fact)](state, fact), happened, setting)


def refuse_strangers(setting: Setting, command: changes.SettingCommand, context: SettingsContext) -> None:
    """Raises `Forbidden` for the wrong role, `NotFound` for another site's setting or for none.

    Sites, members, invitations and packs are added by any administrator.
    """
    verb = command.verb if isinstance(command, changes.Change | member_commands.SetDirectoryToken) else ""
    if not may(context.by.roles, action(verb, setting.kind)):
        raise Forbidden
    if isinstance(command, commands.AddSite):
        return
    is_known = setting.kind in OF_ALL or setting.site in context.sites
    if setting.kind is SettingKind.DIRECTORY and setting.id != directory.ID:
        raise NotFound
    if not is_for(setting, context.serves or ()) or not is_known:
        raise NotFound


def is_for(setting: Setting, sites: Iterable[str]) -> bool:
    """Whether a member who serves these sites may see the setting."""
    return not setting.sites or not set(setting.sites).isdisjoint(sites)


def allowed(setting: Setting, by: Actor) -> tuple[str, ...]:
    """The verbs that this person may ask for now."""
    verbs = [verb for kind, verb in changes.CHANGES if kind == setting.kind]
    if isinstance(setting.record, Member):
        verbs.remove("activate" if setting.record.active else "deactivate")
    if isinstance(setting.record, Invitation):
        verbs = ["send_again", "withdraw"] if setting.record.state == "open" else []
    elif setting.kind is SettingKind.DIRECTORY and not directory.directory_of(setting).token_hash:
        verbs.remove(member_commands.StopDirectory.verb)
    elif isinstance(setting.record, DirectoryAccount):
        verbs = []
    elif setting.kind is SettingKind.INVITATION:
        verbs = [member_commands.SendInvitation.verb]
    if setting.kind is SettingKind.SITE and setting.record is None:
        verbs = [commands.ADD]
    if isinstance(setting.record, SiteRecord):
        verbs.remove(commands.ADD)
        if setting.record.webhook is None:
            verbs.remove("rotate")
    return tuple(verb for verb in verbs if may(by.roles, action(verb, setting.kind)))


def action(verb: str, kind: SettingKind) -> str:
    """What `permissions` calls a command on a setting.

    >>> action("change", SettingKind.SITE)
    'change_site'
    """
    return f"{verb}_{kind}"
