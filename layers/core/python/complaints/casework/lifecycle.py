"""The lifecycle as one table: which rule handles which command, in which stages, and for which feedback.

`decide` asks the rule of a stage and answers with facts, or raises a `Refusal`. What each fact changes
is `evolution`'s table, and who may ask for what `authority`'s.
"""

from collections.abc import Callable
from typing import Any, NamedTuple

from msgspec.structs import replace

from complaints.casework.evolution import evolve_all
from complaints.clocks import bring_forward, lifecycle
from complaints.commands.attachments import Arrive, Attach
from complaints.commands.case import (
    STAFF_COMMANDS,
    Acknowledge,
    Add,
    Answer,
    Approve,
    Ask,
    Assess,
    Assign,
    Close,
    Command,
    Decide,
    Escalate,
    Extend,
    Find,
    LetterRefused,
    LetterTaken,
    Message,
    Note,
    Protect,
    Receive,
    Record,
    Recuse,
    Remedied,
    Reopen,
    Respond,
    Resume,
    Return,
    StaffCommand,
    TakeBack,
    Tick,
    Withdraw,
)
from complaints.commands.corrective_actions import Act, Acted
from complaints.commands.feedback import Convert, Insist
from complaints.commands.imports import Import
from complaints.commands.inbound_mail import AddByMail, AttachFromMail, JoinMail
from complaints.commands.letters import AskLink, Posted
from complaints.commands.redaction import Redact
from complaints.commands.survey import AnswerSurvey, DeclineSurvey
from complaints.commands.two_cases import Absorb, Link, Merge, Unlink
from complaints.context.context import Context
from complaints.events import case as case_events
from complaints.events.event import Fact
from complaints.letters import paper_letters
from complaints.linked_cases import linking, merging
from complaints.model.complaint import Complaint
from complaints.rules import (
    attachments,
    conflicts_of_interest,
    corrective_actions,
    correspondence,
    deadlines,
    extension,
    handover,
    letter_delivery,
    lost_link,
    redaction,
)
from complaints.rules.permissions import may
from complaints.stages import (
    acknowledgement,
    assessment,
    closing,
    escalation,
    feedback,
    imports,
    investigation,
    receipt,
    remedy,
    response,
    survey,
)
from complaints.values.errors import Forbidden, NotNow, PartOfAnother, Refusal
from complaints.values.people import Actor
from complaints.values.values import Feedback, Stage, Way

RECEIVED, ACKNOWLEDGED, ASSESSED = Stage.RECEIVED, Stage.ACKNOWLEDGED, Stage.ASSESSED
INVESTIGATING, AWAITING, RESPONDED = Stage.INVESTIGATING, Stage.AWAITING_COMPLAINANT, Stage.RESPONDED
REFERRED, CLOSED, WITHDRAWN = Stage.REFERRED, Stage.CLOSED, Stage.WITHDRAWN
ALL = frozenset(Stage)
OPEN = frozenset(stage for stage in Stage if stage.is_open)
IN_WORK = frozenset({RECEIVED, ACKNOWLEDGED, ASSESSED, INVESTIGATING})
EXAMINED = frozenset({ASSESSED, INVESTIGATING})
ANY = frozenset(Feedback)
COMPLAINT = frozenset({Feedback.COMPLAINT})
OTHERS = ANY - COMPLAINT

Rule = Callable[[Complaint, Any, Context], list[Fact]]
Gate = Callable[[Complaint, Context], Refusal | None]


def no_gate(complaint: Complaint, context: Context) -> Refusal | None:
    """The stage says all."""
    return None


class CommandRule(NamedTuple):
    """One row: the rule, the stages in which it may be asked, what else must hold, and for which feedback."""

    decide: Rule
    stages: frozenset[Stage]
    gate: Gate = no_gate
    of: frozenset[Feedback] = COMPLAINT


free = conflicts_of_interest.must_be_free

STEPS: dict[type[Command], CommandRule] = {
    Receive: CommandRule(receipt.receive, frozenset({RECEIVED}), receipt.is_new, ANY),
    Import: CommandRule(imports.take_over, frozenset({RECEIVED}), receipt.is_new, ANY),
    Acknowledge: CommandRule(acknowledgement.acknowledge, frozenset({RECEIVED}), free),
    Assign: CommandRule(assessment.assign, OPEN, free, ANY),
    Assess: CommandRule(assessment.assess, IN_WORK, free),
    Note: CommandRule(correspondence.note, ALL, of=ANY),
    Message: CommandRule(correspondence.message, ALL - {WITHDRAWN}, free, ANY),
    Ask: CommandRule(correspondence.ask, IN_WORK, correspondence.can_be_asked),
    Resume: CommandRule(correspondence.resume, frozenset({AWAITING}), free),
    Find: CommandRule(investigation.find, EXAMINED, free),
    Decide: CommandRule(response.decide, EXAMINED, response.can_be_decided),
    Approve: CommandRule(response.approve, frozenset({INVESTIGATING}), response.can_be_approved),
    Return: CommandRule(response.send_back, frozenset({INVESTIGATING}), response.can_be_approved),
    Respond: CommandRule(response.respond, frozenset({INVESTIGATING}), response.can_be_told),
    Posted: CommandRule(paper_letters.post, ALL, paper_letters.can_be_posted, ANY),
    Escalate: CommandRule(escalation.escalate, OPEN, escalation.can_be_escalated),
    Extend: CommandRule(extension.extend, OPEN, extension.can_be_extended),
    Record: CommandRule(remedy.record, OPEN | {CLOSED}, remedy.can_be_recorded),
    Remedied: CommandRule(remedy.remedied, frozenset({RESPONDED, CLOSED, REFERRED}), remedy.can_be_done),
    Convert: CommandRule(feedback.convert, OPEN | {CLOSED}, free, OTHERS),
    TakeBack: CommandRule(closing.take_back, OPEN, free),
    Close: CommandRule(closing.close, OPEN, free, ANY),
    Reopen: CommandRule(closing.reopen, frozenset({CLOSED, WITHDRAWN}), free),
    Recuse: CommandRule(conflicts_of_interest.recuse, OPEN, free, ANY),
    Protect: CommandRule(
        conflicts_of_interest.protect, OPEN, conflicts_of_interest.must_have_no_interest, ANY
    ),
    Link: CommandRule(linking.link, ALL, linking.can_be_linked, ANY),
    Unlink: CommandRule(linking.unlink, ALL, linking.can_be_unlinked, ANY),
    Merge: CommandRule(merging.merge, ALL, merging.can_be_merged),
    Absorb: CommandRule(merging.absorb, ALL, merging.can_be_merged),
    Act: CommandRule(corrective_actions.act, ALL, corrective_actions.can_be_planned, ANY),
    Acted: CommandRule(corrective_actions.acted, ALL, corrective_actions.can_be_acted, ANY),
    Redact: CommandRule(redaction.redact, ALL, conflicts_of_interest.must_have_no_interest, ANY),
    Add: CommandRule(correspondence.add, ALL - {WITHDRAWN}, of=ANY),
    AddByMail: CommandRule(correspondence.add_by_mail, ALL - {WITHDRAWN}, of=ANY),
    JoinMail: CommandRule(
        correspondence.join_mail, ALL - {WITHDRAWN}, conflicts_of_interest.must_have_no_interest, ANY
    ),
    AttachFromMail: CommandRule(attachments.attach, OPEN, attachments.has_room, ANY),
    Attach: CommandRule(attachments.attach, OPEN, attachments.has_room, ANY),
    Arrive: CommandRule(attachments.arrive, OPEN | {CLOSED}, attachments.can_arrive, ANY),
    Answer: CommandRule(closing.answer, frozenset({RESPONDED, CLOSED}), closing.can_be_answered),
    Insist: CommandRule(feedback.convert, OPEN | {CLOSED}, of=OTHERS),
    Withdraw: CommandRule(closing.withdraw, OPEN),
    AnswerSurvey: CommandRule(survey.answer, frozenset({CLOSED}), survey.can_be_answered),
    DeclineSurvey: CommandRule(survey.decline, frozenset({CLOSED}), survey.can_be_answered),
    LetterTaken: CommandRule(letter_delivery.taken, ALL, of=ANY),
    LetterRefused: CommandRule(letter_delivery.refused, ALL, of=ANY),
    AskLink: CommandRule(lost_link.ask, ALL, lost_link.can_be_sent, ANY),
    Tick: CommandRule(deadlines.tick, ALL, of=ANY),
    bring_forward.Reckon: CommandRule(bring_forward.recalculate, ALL, of=ANY),
    handover.Release: CommandRule(handover.release, ALL, of=ANY),
}

PART_OF_ANOTHER: frozenset[type[Command]] = frozenset(
    {
        Unlink, Arrive, LetterTaken, LetterRefused, Posted, Acted, Redact, AskLink, Tick,
        bring_forward.Reckon, handover.Release,
    }
)  # fmt: skip
"""What a case still takes that became part of another: the end of what was under way."""

COMPLAINANTS: tuple[type[Command], ...] = (
    Add, Answer, Attach, Insist, Withdraw, AnswerSurvey, DeclineSurvey,
)  # fmt: skip


def decide(complaint: Complaint, command: Command, context: Context) -> list[Fact]:
    """The facts that follow from a command, clocks included. Raises a `Refusal`."""
    refuse_what_is_not_possible(complaint, command, context)
    step = STEPS[type(command)]
    try:
        happened = step.decide(complaint, command, context)
    except NotNow as refusal:
        refusal.allowed = allowed_commands(complaint, context)
        raise
    if isinstance(command, StaffCommand) and command.note:
        happened.append(case_events.NoteAdded(at=context.now, by=context.by, text=command.note))
    after = evolve_all(complaint, happened)
    happened += lifecycle.follow(complaint, after, happened, context)
    if Way.MAIL not in after.reach:
        version = complaint.version + context.by.is_person
        written = replace(evolve_all(complaint, happened), number=complaint.number + 1, version=version)
        happened += paper_letters.prepare(written, happened, context)
    return happened


def refuse_what_is_not_possible(complaint: Complaint, command: Command, context: Context) -> None:
    """Raises `Forbidden` for the wrong role, `NotNow` for the wrong moment."""
    if not _may_ask(context.by, type(command)):
        raise Forbidden
    refusal = _refusal(complaint, type(command), context)
    if isinstance(refusal, NotNow):
        refusal.allowed = allowed_commands(complaint, context)
    if refusal:
        raise refusal


def allowed_commands(complaint: Complaint, context: Context) -> tuple[str, ...]:
    """The verbs that this person may ask for now: each of them would be taken."""
    is_staff = context.by.kind == "staff"
    commands: tuple[type[Command], ...] = tuple(STAFF_COMMANDS.values()) if is_staff else COMPLAINANTS
    return tuple(
        command.verb
        for command in commands
        if _may_ask(context.by, command) and not _refusal(complaint, command, context)
    )


def refused_commands(complaint: Complaint, context: Context) -> dict[str, Refusal]:
    """Why the verbs that the roles of this person allow are not taken now."""
    asked = {verb: kind for verb, kind in STAFF_COMMANDS.items() if _may_ask(context.by, kind)}
    return {verb: why for verb, kind in asked.items() if (why := _refusal(complaint, kind, context))}


def _may_ask(by: Actor, command: type[Command]) -> bool:
    """Staff by their roles, also when they record what a person told them, or add a mail with its
    files."""
    if issubclass(command, StaffCommand) or (issubclass(command, Receive) and by.is_staff):
        return may(by.roles, command.verb)
    if command is Arrive and by.is_staff:
        return may(by.roles, AttachFromMail.verb)
    return by.kind == ("complainant" if command in (Receive, Arrive, AddByMail, *COMPLAINANTS) else "machine")


def _refusal(complaint: Complaint, command: type[Command], context: Context) -> Refusal | None:
    step = STEPS[command]
    if complaint.merged_into and command not in PART_OF_ANOTHER:
        return PartOfAnother()
    if complaint.stage not in step.stages or complaint.feedback not in step.of:
        return NotNow()
    return step.gate(complaint, context)
