"""The lifecycle as one table: which room answers which command, in which stages, and for what.

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
from complaints.context.context import Given
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

Rule = Callable[[Complaint, Any, Given], list[Fact]]
Gate = Callable[[Complaint, Given], Refusal | None]


def no_gate(complaint: Complaint, given: Given) -> Refusal | None:
    """The stage says all."""
    return None


class Step(NamedTuple):
    """One row: the rule, the stages in which it may be asked, what else must hold, and for which feedback."""

    decide: Rule
    stages: frozenset[Stage]
    gate: Gate = no_gate
    of: frozenset[Feedback] = COMPLAINT


free = conflicts_of_interest.must_be_free

STEPS: dict[type[Command], Step] = {
    Receive: Step(receipt.receive, frozenset({RECEIVED}), receipt.is_new, ANY),
    Import: Step(imports.take_over, frozenset({RECEIVED}), receipt.is_new, ANY),
    Acknowledge: Step(acknowledgement.acknowledge, frozenset({RECEIVED}), free),
    Assign: Step(assessment.assign, OPEN, free, ANY),
    Assess: Step(assessment.assess, IN_WORK, free),
    Note: Step(correspondence.note, ALL, of=ANY),
    Message: Step(correspondence.message, ALL - {WITHDRAWN}, free, ANY),
    Ask: Step(correspondence.ask, IN_WORK, correspondence.can_be_asked),
    Resume: Step(correspondence.resume, frozenset({AWAITING}), free),
    Find: Step(investigation.find, EXAMINED, free),
    Decide: Step(response.decide, EXAMINED, response.can_be_decided),
    Approve: Step(response.approve, frozenset({INVESTIGATING}), response.can_be_approved),
    Return: Step(response.send_back, frozenset({INVESTIGATING}), response.can_be_approved),
    Respond: Step(response.respond, frozenset({INVESTIGATING}), response.can_be_told),
    Posted: Step(paper_letters.post, ALL, paper_letters.can_be_posted, ANY),
    Escalate: Step(escalation.escalate, OPEN, escalation.can_be_escalated),
    Extend: Step(extension.extend, OPEN, extension.can_be_extended),
    Record: Step(remedy.record, OPEN | {CLOSED}, remedy.can_be_recorded),
    Remedied: Step(remedy.remedied, frozenset({RESPONDED, CLOSED, REFERRED}), remedy.can_be_done),
    Convert: Step(feedback.convert, OPEN | {CLOSED}, free, OTHERS),
    TakeBack: Step(closing.take_back, OPEN, free),
    Close: Step(closing.close, OPEN, free, ANY),
    Reopen: Step(closing.reopen, frozenset({CLOSED, WITHDRAWN}), free),
    Recuse: Step(conflicts_of_interest.recuse, OPEN, free, ANY),
    Protect: Step(conflicts_of_interest.protect, OPEN, conflicts_of_interest.must_have_no_interest, ANY),
    Link: Step(linking.link, ALL, linking.can_be_linked, ANY),
    Unlink: Step(linking.unlink, ALL, linking.can_be_unlinked, ANY),
    Merge: Step(merging.merge, ALL, merging.can_be_merged),
    Absorb: Step(merging.absorb, ALL, merging.can_be_merged),
    Act: Step(corrective_actions.act, ALL, corrective_actions.can_be_planned, ANY),
    Acted: Step(corrective_actions.acted, ALL, corrective_actions.can_be_acted, ANY),
    Redact: Step(redaction.redact, ALL, conflicts_of_interest.must_have_no_interest, ANY),
    Add: Step(correspondence.add, ALL - {WITHDRAWN}, of=ANY),
    AddByMail: Step(correspondence.add_by_mail, ALL - {WITHDRAWN}, of=ANY),
    JoinMail: Step(
        correspondence.join_mail, ALL - {WITHDRAWN}, conflicts_of_interest.must_have_no_interest, ANY
    ),
    AttachFromMail: Step(attachments.attach, OPEN, attachments.has_room, ANY),
    Attach: Step(attachments.attach, OPEN, attachments.has_room, ANY),
    Arrive: Step(attachments.arrive, OPEN | {CLOSED}, attachments.can_arrive, ANY),
    Answer: Step(closing.answer, frozenset({RESPONDED, CLOSED}), closing.can_be_answered),
    Insist: Step(feedback.convert, OPEN | {CLOSED}, of=OTHERS),
    Withdraw: Step(closing.withdraw, OPEN),
    AnswerSurvey: Step(survey.answer, frozenset({CLOSED}), survey.can_be_answered),
    DeclineSurvey: Step(survey.decline, frozenset({CLOSED}), survey.can_be_answered),
    LetterTaken: Step(letter_delivery.taken, ALL, of=ANY),
    LetterRefused: Step(letter_delivery.refused, ALL, of=ANY),
    AskLink: Step(lost_link.ask, ALL, lost_link.can_be_sent, ANY),
    Tick: Step(deadlines.tick, ALL, of=ANY),
    bring_forward.Reckon: Step(bring_forward.reckon, ALL, of=ANY),
    handover.Release: Step(handover.release, ALL, of=ANY),
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


def decide(complaint: Complaint, command: Command, given: Given) -> list[Fact]:
    """The facts that follow from a command, clocks included. Raises a `Refusal`."""
    refuse_what_is_not_possible(complaint, command, given)
    step = STEPS[type(command)]
    try:
        happened = step.decide(complaint, command, given)
    except NotNow as refusal:
        refusal.allowed = allowed_commands(complaint, given)
        raise
    if isinstance(command, StaffCommand) and command.note:
        happened.append(case_events.NoteAdded(at=given.now, by=given.by, text=command.note))
    after = evolve_all(complaint, happened)
    happened += lifecycle.follow(complaint, after, happened, given)
    if Way.MAIL not in after.reach:
        version = complaint.version + given.by.is_person
        written = replace(evolve_all(complaint, happened), number=complaint.number + 1, version=version)
        happened += paper_letters.prepare(written, happened, given)
    return happened


def refuse_what_is_not_possible(complaint: Complaint, command: Command, given: Given) -> None:
    """Raises `Forbidden` for the wrong role, `NotNow` for the wrong moment."""
    if not _may_ask(given.by, type(command)):
        raise Forbidden
    refusal = _refusal(complaint, type(command), given)
    if isinstance(refusal, NotNow):
        refusal.allowed = allowed_commands(complaint, given)
    if refusal:
        raise refusal


def allowed_commands(complaint: Complaint, given: Given) -> tuple[str, ...]:
    """The verbs that this person may ask for now: each of them would be taken."""
    is_staff = given.by.kind == "staff"
    commands: tuple[type[Command], ...] = tuple(STAFF_COMMANDS.values()) if is_staff else COMPLAINANTS
    return tuple(
        command.verb
        for command in commands
        if _may_ask(given.by, command) and not _refusal(complaint, command, given)
    )


def refused_commands(complaint: Complaint, given: Given) -> dict[str, Refusal]:
    """Why the verbs that the roles of this person allow are not taken now."""
    asked = {verb: kind for verb, kind in STAFF_COMMANDS.items() if _may_ask(given.by, kind)}
    return {verb: why for verb, kind in asked.items() if (why := _refusal(complaint, kind, given))}


def _may_ask(by: Actor, command: type[Command]) -> bool:
    """Staff by their roles, also when they write down what somebody told them, or let a mail in with its
    files."""
    if issubclass(command, StaffCommand) or (issubclass(command, Receive) and by.is_staff):
        return may(by.roles, command.verb)
    if command is Arrive and by.is_staff:
        return may(by.roles, AttachFromMail.verb)
    return by.kind == ("complainant" if command in (Receive, Arrive, AddByMail, *COMPLAINANTS) else "machine")


def _refusal(complaint: Complaint, command: type[Command], given: Given) -> Refusal | None:
    step = STEPS[command]
    if complaint.merged_into and command not in PART_OF_ANOTHER:
        return PartOfAnother()
    if complaint.stage not in step.stages or complaint.feedback not in step.of:
        return NotNow()
    return step.gate(complaint, given)
