"""The lifecycle as one table: which room answers which command, in which stages, and what each fact changes.

`decide` asks the rule of a stage and answers with facts, or raises a `Refusal`; `evolve` puts one
fact on the complaint and never refuses. Who may ask for what is `authority`'s table.
"""

from collections.abc import Callable, Iterable
from functools import reduce
from typing import Any, NamedTuple

from complaints import (
    acknowledgement,
    assessment,
    clocks,
    closing,
    correspondence,
    delivery,
    facts,
    investigation,
    promises,
    receipt,
    response,
)
from complaints.authority import may
from complaints.commands import (
    NOT_YET_OFFERED,
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
    Find,
    LetterRefused,
    LetterTaken,
    Message,
    Note,
    Receive,
    Respond,
    Resume,
    Return,
    StaffCommand,
    Tick,
    Withdraw,
)
from complaints.complaint import Complaint
from complaints.facts import Fact
from complaints.given import Given
from complaints.people import Actor
from complaints.refusals import Forbidden, NotNow, NotYetOffered
from complaints.words import Stage

RECEIVED, ACKNOWLEDGED, ASSESSED = Stage.RECEIVED, Stage.ACKNOWLEDGED, Stage.ASSESSED
INVESTIGATING, AWAITING, RESPONDED = Stage.INVESTIGATING, Stage.AWAITING_COMPLAINANT, Stage.RESPONDED
ALL = frozenset(Stage)
OPEN = frozenset(stage for stage in Stage if stage.is_open)
IN_WORK = frozenset({RECEIVED, ACKNOWLEDGED, ASSESSED, INVESTIGATING})
EXAMINED = frozenset({ASSESSED, INVESTIGATING})

Rule = Callable[[Complaint, Any, Given], list[Fact]]
Gate = Callable[[Complaint, Actor], NotNow | None]


def no_gate(complaint: Complaint, by: Actor) -> NotNow | None:
    """The stage says all."""
    return None


class Step(NamedTuple):
    """One row: the rule, the stages in which it may be asked, and what else must hold."""

    decide: Rule
    stages: frozenset[Stage]
    gate: Gate = no_gate


STEPS: dict[type[Command], Step] = {
    Receive: Step(receipt.receive, frozenset({RECEIVED}), receipt.is_new),
    Acknowledge: Step(acknowledgement.acknowledge, frozenset({RECEIVED})),
    Assign: Step(assessment.assign, OPEN),
    Assess: Step(assessment.assess, IN_WORK),
    Note: Step(correspondence.note, ALL),
    Message: Step(correspondence.message, ALL - {Stage.WITHDRAWN}, correspondence.can_be_written_to),
    Ask: Step(correspondence.ask, IN_WORK, correspondence.can_be_asked),
    Resume: Step(correspondence.resume, frozenset({AWAITING})),
    Find: Step(investigation.find, EXAMINED),
    Decide: Step(response.decide, EXAMINED, response.can_be_decided),
    Approve: Step(response.approve, frozenset({INVESTIGATING}), response.can_be_approved),
    Return: Step(response.send_back, frozenset({INVESTIGATING}), response.can_be_approved),
    Respond: Step(response.respond, frozenset({INVESTIGATING}), response.can_be_told),
    Close: Step(closing.close, frozenset({RESPONDED})),
    Add: Step(correspondence.add, ALL - {Stage.WITHDRAWN}),
    Answer: Step(closing.answer, frozenset({RESPONDED})),
    Withdraw: Step(closing.withdraw, OPEN),
    LetterTaken: Step(delivery.taken, ALL),
    LetterRefused: Step(delivery.refused, ALL),
    Tick: Step(promises.tick, ALL),
}

EVOLVE: dict[type[Fact], Callable[[Complaint, Any], Complaint]] = {
    facts.Received: receipt.received,
    facts.Acknowledged: acknowledgement.acknowledged,
    facts.Assigned: assessment.assigned,
    facts.Assessed: assessment.assessed,
    facts.NoteAdded: correspondence.note_added,
    facts.MessageSent: correspondence.message_sent,
    facts.InformationAsked: correspondence.asked,
    facts.Resumed: correspondence.resumed,
    facts.MessageReceived: correspondence.message_received,
    facts.FindingRecorded: investigation.found,
    facts.DecisionProposed: response.proposed,
    facts.DecisionApproved: response.approved,
    facts.DecisionReturned: response.returned,
    facts.ResponseIssued: response.issued,
    facts.Responded: response.responded,
    facts.DecisionAccepted: closing.accepted,
    facts.Closed: closing.closed,
    facts.Withdrawn: closing.withdrawn,
    facts.ClockStarted: promises.started,
    facts.ClockPaused: promises.paused,
    facts.ClockResumed: promises.resumed,
    facts.ClockStopped: promises.stopped,
    facts.DeadlineMissed: promises.missed,
    facts.ReminderRaised: promises.climbed,
    facts.EscalationRaised: promises.climbed,
    facts.LetterSent: delivery.sent,
    facts.LetterFailed: delivery.failed,
}

COMPLAINANTS: tuple[type[Command], ...] = (Add, Answer, Withdraw)


def decide(complaint: Complaint, command: Command, given: Given) -> list[Fact]:
    """The facts that follow from a command, clocks included. Raises a `Refusal`."""
    refuse_what_is_not_possible(complaint, command, given.by)
    step = STEPS[type(command)]
    try:
        happened = step.decide(complaint, command, given)
    except NotNow as refusal:
        refusal.allowed = allowed_commands(complaint, given.by)
        raise
    if isinstance(command, StaffCommand) and command.note:
        happened.append(facts.NoteAdded(at=given.now, by=given.by, text=command.note))
    return [*happened, *clocks.follow(evolve_all(complaint, happened), happened, given)]


def evolve(complaint: Complaint, fact: Fact) -> Complaint:
    """The complaint after one more fact. What happened, happened: it never refuses."""
    return EVOLVE[type(fact)](complaint, fact)


def evolve_all(complaint: Complaint, happened: Iterable[Fact]) -> Complaint:
    """The complaint after several facts, in their order."""
    return reduce(evolve, happened, complaint)


def refuse_what_is_not_possible(complaint: Complaint, command: Command, by: Actor) -> None:
    """Raises `Forbidden` for the wrong role, `NotNow` for the wrong moment."""
    if not _may_ask(by, type(command)):
        raise Forbidden
    refusal = _not_now(complaint, type(command), by)
    if refusal:
        refusal.allowed = allowed_commands(complaint, by)
        raise refusal


def refuse_what_is_not_offered(complaint: Complaint, verb: str, by: Actor) -> None:
    """Refuses a verb of the process that this installation does not offer yet.

    Raises `Forbidden` for the wrong role, else `NotYetOffered`.
    """
    if not may(by.roles, verb):
        raise Forbidden
    assert verb in NOT_YET_OFFERED
    raise NotYetOffered(allowed_commands(complaint, by))


def allowed_commands(complaint: Complaint, by: Actor) -> tuple[str, ...]:
    """The verbs that this person may ask for now: each of them would be taken."""
    commands: tuple[type[Command], ...] = (
        tuple(STAFF_COMMANDS.values()) if by.kind == "staff" else COMPLAINANTS
    )
    return tuple(
        command.verb for command in commands if _may_ask(by, command) and not _not_now(complaint, command, by)
    )


def _may_ask(by: Actor, command: type[Command]) -> bool:
    if issubclass(command, StaffCommand):
        return may(by.roles, command.verb)
    return by.kind == ("complainant" if command in (Receive, *COMPLAINANTS) else "machine")


def _not_now(complaint: Complaint, command: type[Command], by: Actor) -> NotNow | None:
    step = STEPS[command]
    if complaint.stage not in step.stages:
        return NotNow()
    return step.gate(complaint, by)
