"""What is written to and fro while a case is worked on: notes, messages, questions and their answers."""

from datetime import date, timedelta

from msgspec.structs import replace

from complaints.commands.case import Add, Ask, Message, Note, Resume
from complaints.commands.correspondence.inbound_mail import AddByMail, JoinMail
from complaints.context.decision_context import Context
from complaints.events.case import (
    InformationAsked,
    MessageReceived,
    MessageSent,
    NoteAdded,
    Reopened,
    Resumed,
)
from complaints.events.clocks import DelayExplained
from complaints.events.correspondence.inbound_mail import MailJoined
from complaints.events.event import Fact
from complaints.model.complaint import RECENT, Complaint
from complaints.model.correspondence.correspondence_counters import MessageCount
from complaints.rules.conflicts_of_interest import must_be_free
from complaints.values.errors import NotNow, TooMany
from complaints.values.field_types import Stage

MESSAGES_A_DAY = 20
MESSAGES_IN_ALL = 200
A_DAY = timedelta(days=1)


def note(complaint: Complaint, command: Note, context: Context) -> list[Fact]:
    """Adds an internal note; it never leaves the desk."""
    return [NoteAdded(at=context.now, by=context.by, text=command.text)]


def message(complaint: Complaint, command: Message, context: Context) -> list[Fact]:
    """Writes to the complainant."""
    return [MessageSent(at=context.now, by=context.by, text=command.text)]


def ask(complaint: Complaint, command: Ask, context: Context) -> list[Fact]:
    """Asks the complainant for something; clocks that may pause do."""
    return [InformationAsked(at=context.now, by=context.by, text=command.text)]


def resume(complaint: Complaint, command: Resume, context: Context) -> list[Fact]:
    """Goes on without an answer."""
    return [Resumed(at=context.now, by=context.by, reason=command.reason)]


def add(complaint: Complaint, command: Add, context: Context) -> list[Fact]:
    """Takes a message of the complainant; a case that was closed with a flood is a complaint after all, as a
    person writes in it. Raises `TooMany` beyond 20 a day or 200 in all."""
    return [_received(complaint, command.text, context), *_taken_up(complaint, context)]


def add_by_mail(complaint: Complaint, command: AddByMail, context: Context) -> list[Fact]:
    """As `add`, what the complainant wrote by mail."""
    received = replace(
        _received(complaint, command.text, context), message_id=command.message_id, raw=command.raw
    )
    return [received, *_taken_up(complaint, context)]


def _taken_up(complaint: Complaint, context: Context) -> list[Fact]:
    if not complaint.is_flood:
        return []
    return [Reopened(at=context.now, by=context.by, received_at=complaint.received_at)]


def _received(complaint: Complaint, text: str, context: Context) -> MessageReceived:
    today = context.terms.today(context.now)
    if complaint.post.in_all >= MESSAGES_IN_ALL or _that_day(complaint.post, today) >= MESSAGES_A_DAY:
        raise TooMany(int(A_DAY.total_seconds()))
    return MessageReceived(at=context.now, by=context.by, text=text, day=today)


def join_mail(complaint: Complaint, command: JoinMail, context: Context) -> list[Fact]:
    """Takes a mail that staff have looked at. It counts for no limit of the complainant's."""
    return [
        MailJoined(
            at=context.now,
            by=context.by,
            mail=command.mail,
            text=command.text,
            sender=command.sender,
            raw=command.raw,
        )
    ]


def can_be_asked(complaint: Complaint, context: Context) -> NotNow | None:
    """Nothing is asked any more while the decision is on its way."""
    if complaint.decision and complaint.decision.is_on_its_way:
        return NotNow()
    return must_be_free(complaint, context)


def message_sent(complaint: Complaint, fact: MessageSent | DelayExplained) -> Complaint:
    return replace(_with_message(complaint), has_news=False)


def asked(complaint: Complaint, fact: InformationAsked) -> Complaint:
    return replace(
        _with_message(complaint),
        stage=Stage.AWAITING_COMPLAINANT,
        stage_before_question=complaint.stage,
        has_news=False,
    )


def resumed(complaint: Complaint, fact: Resumed) -> Complaint:
    return going_on(complaint)


def going_on(complaint: Complaint) -> Complaint:
    """The complaint without the wait for an answer, if it waited for one."""
    if complaint.stage is not Stage.AWAITING_COMPLAINANT or complaint.stage_before_question is None:
        return complaint
    return replace(complaint, stage=complaint.stage_before_question, stage_before_question=None)


def message_received(complaint: Complaint, fact: MessageReceived) -> Complaint:
    """A message ends the wait for an answer, and is news at the desk."""
    post = MessageCount(fact.day, _that_day(complaint.post, fact.day) + 1, complaint.post.in_all + 1)
    by_mail = complaint.number + 1 if fact.message_id else complaint.last_mail
    return going_on(replace(_with_message(complaint), post=post, has_news=True, last_mail=by_mail))


def mail_joined(complaint: Complaint, fact: MailJoined) -> Complaint:
    """It ends the wait for an answer as a message does: the answer may have come from another address."""
    return replace(going_on(complaint), has_news=True)


def note_added(complaint: Complaint, fact: NoteAdded) -> Complaint:
    return complaint


def _that_day(post: MessageCount, day: date) -> int:
    return post.that_day if post.day == day else 0


def _with_message(complaint: Complaint) -> Complaint:
    """`number` is that of the entry before: the message stands in the next one."""
    return replace(complaint, recent=(*complaint.recent, complaint.number + 1)[-RECENT:])
