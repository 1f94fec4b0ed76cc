"""What is written to and fro while a case is worked on: notes, messages, questions and their answers.

Which standard texts were chosen for what is written in a case.
"""

from datetime import timedelta

from msgspec.structs import replace

from complaints.case.complaint import Complaint
from complaints.case.correspondence.inbound_mail import MailJoined
from complaints.case.correspondence.mail import RawMail
from complaints.case.correspondence.messages import (
    InformationAsked,
    MessageReceived,
    MessageSent,
    NoteAdded,
    Resumed,
    StandardTextsUsed,
    _that_day,
)
from complaints.case.fact import Fact
from complaints.case.process.closing import Reopened
from complaints.casework.command import (
    ALL,
    ANY,
    AWAITING,
    IN_WORK,
    WHY,
    WITHDRAWN,
    Command,
    CommandWithTexts,
    Group,
    StaffCommand,
    StaffDeclaration,
)
from complaints.casework.people.conflicts_of_interest import must_be_free
from complaints.context.decision_context import Context
from complaints.values.casework.standard_texts import TextUse
from complaints.values.errors import NotNow, TooMany
from complaints.values.field_types import LongText, Text
from complaints.values.people import CASE_ROLES, Role


class Note(CommandWithTexts, frozen=True, kw_only=True):
    """Keeps an internal note: no complainant sees it."""

    verb = "note"
    text: LongText


class Ask(CommandWithTexts, frozen=True, kw_only=True):
    """Asks the complainant for something; promises that may stand still wait for the answer."""

    verb = "ask"
    text: LongText


class Resume(StaffCommand, frozen=True, kw_only=True):
    """Goes on without the answer to what was asked: the clocks run on."""

    verb = "resume"
    reason: Text


class Message(CommandWithTexts, frozen=True, kw_only=True):
    """Writes to the complainant."""

    verb = "message"
    text: LongText


class Add(Command, frozen=True, kw_only=True):
    """The complainant writes."""

    verb = "add"
    text: LongText


class AddByMail(Command, frozen=True, kw_only=True):
    """The complainant writes by mail; `message_id` is that of the mail, `raw` the mail as it came."""

    verb = "add"
    text: LongText
    message_id: str | None = None
    raw: RawMail | None = None


class JoinMail(StaffCommand, frozen=True, kw_only=True):
    """Adds a mail to the case, after staff have looked at it. The fields are those of `MailJoined`."""

    verb = "join_mail"
    mail: str
    text: str | None = None
    sender: str | None = None
    raw: RawMail | None = None


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


STAFF = (
    StaffDeclaration(
        Note,
        note,
        ALL,
        feedback=ANY,
        roles=CASE_ROLES | {Role.QUALITY},
        group=Group.INTERNAL,
        place=10,
        own_labels=("text",),
        texts={"text": TextUse.NOTE},
        in_macros=True,
        summary="Adds an internal note, which the complainant never sees",
        example={"text": "The courier was asked for a photograph."},
    ),
    StaffDeclaration(
        Message,
        message,
        ALL - {WITHDRAWN},
        must_be_free,
        feedback=ANY,
        roles=CASE_ROLES,
        group=Group.WRITING,
        place=10,
        own_labels=("text",),
        texts={"text": TextUse.REPLY},
        in_macros=True,
        summary="Writes to the complainant",
        example={"text": "We have asked the courier and will write again on Friday."},
    ),
    StaffDeclaration(
        Ask,
        ask,
        IN_WORK,
        can_be_asked,
        roles=CASE_ROLES,
        group=Group.WRITING,
        place=20,
        own_labels=("text",),
        texts={"text": TextUse.QUESTION},
        in_macros=True,
        summary="Asks the complainant, and pauses the deadlines whose pack allows it",
        example={"text": "Could you send us a photograph of the box?"},
    ),
    StaffDeclaration(
        Resume,
        resume,
        frozenset({AWAITING}),
        must_be_free,
        roles=CASE_ROLES,
        group=Group.WORK,
        place=90,
        summary="Continues without the answer: the deadlines run again",
        example={"reason": WHY},
    ),
)


def chosen_texts(command: CommandWithTexts, context: Context) -> StandardTextsUsed:
    """The fact that a command was written with standard texts: each text counts once."""
    return StandardTextsUsed(at=context.now, by=context.by, texts=tuple(dict.fromkeys(command.texts)))
