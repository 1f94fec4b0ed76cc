"""Initial assessment (clause 7.5): who looks after it, and how grave and urgent it is."""

from msgspec.structs import replace

from complaints.commands.case import Assess, Assign
from complaints.commands.correspondence.notice import Tell
from complaints.commands.workflow.priority import Prioritise
from complaints.context.decision_context import Context
from complaints.events.case import Assessed, Assigned, ColleaguesTold, PriorityRaised
from complaints.events.event import Fact
from complaints.events.workflow.safety import ImmediateActionTaken
from complaints.model.complaint import DANGER, Complaint
from complaints.rules.sensitive_cases import may_see
from complaints.values.errors import Invalid, Wrong
from complaints.values.field_types import Assessment, Stage

ACTION_NEEDED, TAKEN_AT_ONCE = 2, 3


def assign(complaint: Complaint, command: Assign, context: Context) -> list[Fact]:
    """Gives the case to an active member of its site, who may see it and take part. Raises `Invalid`."""
    colleague = context.colleague
    if colleague is None or colleague.id != command.to or not colleague.handles(complaint.site):
        raise Invalid(Wrong("/to", "not-a-colleague"))
    if not may_see(colleague, context.terms.site, complaint.categories):
        raise Invalid(Wrong("/to", "not-cleared"))
    if complaint.is_barred(colleague.id):
        raise Invalid(Wrong("/to", "not-independent"))
    return [Assigned(at=context.now, by=context.by, to=command.to)]


def assess(complaint: Complaint, command: Assess, context: Context) -> list[Fact]:
    """Puts the six scales on record; a danger that was known before is acted on where they say so.

    Raises `Invalid` when a danger is left without immediate action, or when a second assessment
    does not say why.
    """
    if command.safety >= DANGER and command.immediate_action < ACTION_NEEDED:
        raise Invalid(Wrong("/immediate_action", "danger-needs-action"))
    if complaint.assessment and not command.note:
        raise Invalid(Wrong("/note", "second-assessment-needs-note"))
    scales = Assessment(
        severity=command.severity,
        safety=command.safety,
        complexity=command.complexity,
        impact=command.impact,
        urgency=command.urgency,
        immediate_action=command.immediate_action,
    )
    facts: list[Fact] = [Assessed(at=context.now, by=context.by, scales=scales)]
    if complaint.danger and complaint.danger.is_open and command.immediate_action == TAKEN_AT_ONCE:
        facts.append(ImmediateActionTaken(at=context.now, by=context.by, told_at=context.now))
    return facts


def prioritise(complaint: Complaint, command: Prioritise, context: Context) -> list[Fact]:
    """Gives the case a least priority. Raises `Invalid` where it has that one."""
    if command.priority == complaint.least_priority:
        raise Invalid(Wrong("", "nothing-to-change"))
    return [PriorityRaised(at=context.now, by=context.by, priority=command.priority, reason=command.reason)]


def tell(complaint: Complaint, command: Tell, context: Context) -> list[Fact]:
    """Tells an address of the site of the case."""
    return [ColleaguesTold(at=context.now, by=context.by, to=command.to, reason=command.reason)]


def told(complaint: Complaint, fact: ColleaguesTold) -> Complaint:
    """It counts among the notices of the case."""
    return replace(complaint, notices=complaint.notices.and_one(fact.at))


def prioritised(complaint: Complaint, fact: PriorityRaised) -> Complaint:
    return replace(complaint, least_priority=fact.priority)


def assigned(complaint: Complaint, fact: Assigned) -> Complaint:
    notices = complaint.notices.and_one(fact.at) if tells_owner(fact) else complaint.notices
    return replace(complaint, assignee=fact.to, notices=notices)


def tells_owner(fact: Assigned) -> bool:
    """Whether another person assigned it to the owner; a person who took it needs no notice."""
    return fact.to != fact.by.id


def assessed(complaint: Complaint, fact: Assessed) -> Complaint:
    """A decision that waits to be sent needs a second person once its case turns out to be grave."""
    decision = complaint.decision
    if decision and not decision.issued and fact.scales.is_grave:
        decision = replace(decision, needs_approval=True)
    complaint = replace(
        complaint,
        assessment=fact.scales,
        assessed_at=complaint.assessed_at or fact.at,
        decision=decision,
    )
    if complaint.stage in (Stage.RECEIVED, Stage.ACKNOWLEDGED):
        return replace(complaint, stage=Stage.ASSESSED)
    return complaint
