"""Commands of staff: how one is carried out, whatever form it came in.

The entry that a command names, with what quotes it or brought it: what `redact` is decided on.
"""

from typing import TYPE_CHECKING, NamedTuple

from msgspec.structs import replace

from complaints.audit_trail.hash_chain import Passage, StoredEntry
from complaints.case.complaint import Complaint
from complaints.casework.command import CommandWithTexts, StaffCommand
from complaints.casework.outcome.classification import Classify
from complaints.casework.outcome.points import AddPoint
from complaints.casework.process.closing import Close
from complaints.casework.process.escalation import Escalate
from complaints.casework.record.erasure import Erase, other_officers
from complaints.casework.record.links import PairCommand
from complaints.casework.record.party_erasure import EraseParty
from complaints.casework.record.redaction import Redact
from complaints.context.case import AlreadyUsed, Case
from complaints.context.decision_context import Context, OtherCase
from complaints.handling.staff_commands import STAFF_COMMANDS
from complaints.settings.setting import SettingKind
from complaints.values.errors import Invalid, NotFound, Wrong
from complaints.values.people import Actor, Member
from functions.http import idempotency
from functions.http.visit import Visit
from functions.serializers.parts.complaint import opened_facts
from functions.use_cases.cases import linked_case_command, mails_of_entries, party_passages
from functions.use_cases.cases.case_access import CaseAccess
from functions.use_cases.cases.case_view import case_context
from functions.use_cases.cases.mails_of_entries import brought_by

if TYPE_CHECKING:
    from complaints.adapters.container import Container
    from complaints.context.ports import Cases
    from complaints.context.stores import Members
    from complaints.settings.ports import SettingsReader


class CommandResult(NamedTuple):
    """The case after a command; `replayed` says that the same one had been carried out before."""

    case: Case
    by: Actor
    replayed: bool = False


def kind_of(verb: str) -> type[StaffCommand]:
    """The command that an address names. Raises `NotFound`."""
    declared = STAFF_COMMANDS.get(verb)
    if declared is None:
        raise NotFound
    return declared.command


def command_context(deps: "Container", at: CaseAccess, command: StaffCommand) -> Context:
    """What the rule of a command is asked with, the colleague and the entry that it names included."""
    passage = entry_named_by(deps, command, at.case.complaint)
    ends = isinstance(command, Escalate | Close) and at.case.complaint.level > 1
    context = case_context(deps, at.case, at.by, deps.members.all() if ends else None)
    colleague = at.colleague or _owner(deps.members, at, command, context)
    whole = whole_case(deps.cases, command, at.case.complaint)
    passages = (
        tuple(party_passages.passages_of(deps, command.party, at.case.complaint))
        if isinstance(command, EraseParty)
        else ()
    )
    return replace(
        context,
        colleague=colleague,
        passage=passage,
        passages=passages,
        other_case=whole,
        officers=_officers(deps, at, context) if isinstance(command, Erase) else (),
    )


def _officers(deps: "Container", at: CaseAccess, context: Context) -> tuple[str, ...]:
    """Of whom one must agree that the case is erased: two more reads, of the members and of the requests."""
    # Imported lazily: most commands erase nothing.
    from functions.use_cases.management.data_requests import asks_for_erasure

    complaint, site = at.case.complaint, context.terms.site
    if not site.privacy_approval or complaint.erasure_proposed_by:
        return ()
    officers = other_officers(complaint, at.by, deps.members.all(), site)
    return () if officers and asks_for_erasure(deps, complaint) else officers


def _owner(members: "Members", at: CaseAccess, command: StaffCommand, context: Context) -> Member | None:
    """Who looks after a case that is to become sensitive: one more read, where somebody else does."""
    owner = at.case.complaint.assignee
    sensitive = context.terms.site.codes.sensitive
    if not isinstance(command, Classify | AddPoint) or command.category not in sensitive:
        return None
    return at.member if owner in (None, at.member.id) else members.find(owner)


def _refuse_unknown_texts(settings: "SettingsReader", site: str, command: CommandWithTexts) -> None:
    """Each standard text that was chosen must be one of the site, be it retired: one read for each."""
    texts = (settings.load(SettingKind.STANDARD_TEXT, f"{site}.{code}") for code in command.texts)
    unknown = [place for place, text in enumerate(texts) if text.record is None]
    if unknown:
        raise Invalid(*(Wrong(f"/texts/{place}", "unknown-value") for place in unknown))


def run_command(visit: Visit, at: CaseAccess, command: StaffCommand, version: int) -> CommandResult:
    """Carries a command out on the `version` that was looked at. Raises a `Refusal`."""
    if at.was_done:
        return CommandResult(at.case, at.by, replayed=True)
    if isinstance(command, CommandWithTexts):
        _refuse_unknown_texts(visit.deps.settings_store, at.case.complaint.site, command)
    context = command_context(visit.deps, at, command)
    if at.case.complaint.version == version:
        mails_of_entries.remove_mails(visit.deps, visit.deps.sites, at.case.complaint, command, context)
        party_passages.remove_letters(visit.deps, at.case.complaint, command, context)
    try:
        if isinstance(command, PairCommand):
            after = linked_case_command.run_two_case_command(visit.deps, at, command, version)
        else:
            after = visit.deps.casework.carry_out(at.case, command, context, expected=version, guard=at.guard)
    except AlreadyUsed as used:
        # Somebody repeats the command while it is being carried out: the first one's answer holds.
        idempotency.is_replay(at.guard, used.guard)
        return CommandResult(
            visit.deps.cases.load(at.case.complaint.reference) or at.case, at.by, replayed=True
        )
    visit.request.note(version=after.complaint.version)
    return CommandResult(after, at.by)


def entry_named_by(deps: "Container", command: StaffCommand, complaint: Complaint) -> Passage | None:
    """The entry with its private values, if the command names one that there is.

    The case is looked at before: what is written to it meanwhile makes the command stale.
    """
    if not isinstance(command, Redact):
        return None
    name = complaint.reference
    quoting = [state for state in deps.outbox.of_case(name) if command.message in state.letter.quoted_entries]
    for written in deps.messages.of_entries(name, {command.message}, with_identity=complaint.sealed):
        facts = opened_facts(written.number, written.data, written.private)
        return Passage(
            entry=StoredEntry(written.number, written.data, written.private),
            letters=tuple(state.letter.id for state in quoting if not state.letter.on_paper),
            is_on_its_way=any(state.is_on_its_way for state in quoting),
            mails=tuple(brought_by(deps.inbound_mail, complaint, [fact for _, fact in facts])),
        )
    return None


def whole_case(cases: "Cases", command: StaffCommand, complaint: Complaint) -> OtherCase | None:
    """The case that the one whose words are to go is part of: a hold stands on that one. One more read."""
    if not isinstance(command, Redact) or complaint.merged_into is None:
        return None
    whole = cases.load(complaint.merged_into)
    return OtherCase(complaint=whole.complaint) if whole else None
