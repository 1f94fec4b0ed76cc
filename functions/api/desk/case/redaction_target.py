"""The entry that a command names, with what quotes it or brought it: what `redact` is decided on."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, Protocol

from complaints.audit_trail.hash_chain import StoredEntry
from complaints.audit_trail.stored_entry import Passage
from complaints.casework.lifecycle import decide
from complaints.commands.command import StaffCommand
from complaints.commands.record.redaction import Redact
from complaints.context.decision_context import Context
from complaints.context.other_case import OtherCase
from complaints.events.case import MessageReceived, Received
from complaints.events.correspondence.inbound_mail import MailJoined
from complaints.events.event import Fact
from complaints.model.complaint import Complaint
from complaints.model.correspondence.inbound_mail import MailOutcome, ReceivedMail
from functions.api.public.submission_schema import LIMITS
from functions.serializers.parts.complaint import opened_facts

if TYPE_CHECKING:
    from complaints.adapters.dependencies import (
        HasErasures,
        HasFiles,
        HasInboundMail,
        HasMessages,
        HasOutbox,
    )
    from complaints.context.ports import Cases
    from complaints.context.stores import InboundMailStore, Sites

    class RedactionTargetDeps(HasMessages, HasOutbox, HasInboundMail, HasFiles, HasErasures, Protocol):
        """The dependencies of this module: what its functions use of the container."""


def named_by(deps: "RedactionTargetDeps", command: StaffCommand, complaint: Complaint) -> Passage | None:
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


def remove_mails(
    deps: "RedactionTargetDeps",
    sites: "Sites",
    complaint: Complaint,
    command: StaffCommand,
    context: Context,
) -> None:
    """Removes the mails as they came, before their words are said to be removed: what dies in between is
    asked for again. One that came to another case, too, stays there as it came until that one needs it no
    more. Raises what the rule raises."""
    passages = (context.passage,) if context.passage else context.passages
    mails = [mail for passage in passages for mail in passage.mails]
    if mails and decide(complaint, command, context):
        everywhere = [site.key for site in sites.all()]
        for mail in mails:
            if not deps.erasures.is_needed(mail, everywhere):
                deps.files.remove_mail(mail.raw)


def brought_by(
    inbound_mail: "InboundMailStore", complaint: Complaint, facts: list[Fact]
) -> Iterator[ReceivedMail]:
    """The mails of which these facts were made, by their words."""
    for fact in facts:
        if isinstance(fact, MailJoined) and (joined := inbound_mail.find(complaint.site, fact.mail)):
            yield joined
        if isinstance(fact, Received | MessageReceived):
            words = fact.description if isinstance(fact, Received) else fact.text
            references = {complaint.reference, *complaint.parts}
            came_at = getattr(fact, "received_at", None) or fact.at
            for mail in inbound_mail.taken_by(references, complaint.site, came_at):
                # Staff may say in words of their own what a mail is about that they make a complaint of.
                opened = isinstance(fact, Received) and mail.outcome is MailOutcome.OPENED
                if words and (opened or words in _words_of(mail)):
                    yield mail


def _words_of(mail: ReceivedMail) -> set[str]:
    """What a case makes of a mail: a message of its text, or a complaint of all that it says."""
    return {words[: LIMITS["description"]] for words in (mail.text, mail.all_words, mail.subject)}
