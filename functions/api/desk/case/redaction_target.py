"""The entry that a command names, with what quotes it or brought it: what `redact` is decided on."""

from typing import TYPE_CHECKING

from complaints.audit_trail.hash_chain import StoredEntry
from complaints.audit_trail.stored_entry import Passage
from complaints.case.complaint import Complaint
from complaints.casework.command import StaffCommand
from complaints.casework.record.redaction import Redact
from complaints.context.other_case import OtherCase
from functions.serializers.parts.complaint import opened_facts
from functions.services.cases.mails_of_entries import brought_by

if TYPE_CHECKING:
    from complaints.adapters.container import Container
    from complaints.context.ports import Cases


def named_by(deps: "Container", command: StaffCommand, complaint: Complaint) -> Passage | None:
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


def whole_of(cases: "Cases", command: StaffCommand, complaint: Complaint) -> OtherCase | None:
    """The case that the one whose words are to go is part of: a hold stands on that one. One more read."""
    if not isinstance(command, Redact) or complaint.merged_into is None:
        return None
    whole = cases.load(complaint.merged_into)
    return OtherCase(complaint=whole.complaint) if whole else None
