"""The mails that entries of a case were made of, and their removal as they came."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from complaints.case.complaint import Complaint
from complaints.case.correspondence.inbound_mail import MailJoined
from complaints.case.correspondence.mail import MailOutcome, ReceivedMail, file_id
from complaints.case.correspondence.messages import MessageReceived
from complaints.case.fact import Fact
from complaints.case.process.receipt import Received
from complaints.case.record.attachments import AttachmentOffered
from complaints.casework.command import Command
from complaints.context.decision_context import Context
from complaints.handling.lifecycle import decide
from complaints.values.field_types import LONGEST_TEXT
from complaints.values.people import COMPLAINANT

if TYPE_CHECKING:
    from complaints.adapters.container import Container
    from complaints.context.stores import InboundMailStore, Sites


def remove_mails(
    deps: "Container",
    sites: "Sites",
    complaint: Complaint,
    command: Command,
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
    """The mails of which these facts were made: those that they name, of an earlier fact by its words; one
    without any words by its files."""
    references = {complaint.reference, *complaint.parts}
    for fact in facts:
        if isinstance(fact, MailJoined) and (joined := inbound_mail.find(complaint.site, fact.mail)):
            yield joined
        if isinstance(fact, AttachmentOffered) and fact.by.kind == COMPLAINANT.kind:
            for mail in inbound_mail.taken_by(references, complaint.site, fact.at):
                files = range(len(mail.kept) + len(mail.left))
                # One of which a complaint was made goes with the fact that says so, and names it.
                is_named = mail.outcome is MailOutcome.OPENED and mail.digest
                if not (mail.text or is_named) and any(file_id(mail.id, place) == fact.id for place in files):
                    yield mail
        if isinstance(fact, Received | MessageReceived):
            words = fact.description if isinstance(fact, Received) else fact.text
            came_at = getattr(fact, "received_at", None) or fact.at
            taken = inbound_mail.taken_by(references, complaint.site, came_at)
            # The same mail may have been delivered twice. Another one that says the same is left alone, and
            # so is one that a fact of its own names, where this one names none.
            named = {mail.id for mail in taken if fact.raw and mail.raw == fact.raw.key}
            for mail in taken:
                # Staff may say in words of their own what a mail is about that they make a complaint of.
                opened = isinstance(fact, Received) and mail.outcome is MailOutcome.OPENED
                by_words = words and not named and (fact.raw or not mail.digest)
                if mail.id in named or (by_words and (opened or words in _words_of(mail))):
                    yield mail


def _words_of(mail: ReceivedMail) -> set[str]:
    """What a case makes of a mail: a message of its text, or a complaint of all that it says."""
    return {words[:LONGEST_TEXT] for words in (mail.text, mail.all_words, mail.subject)}
