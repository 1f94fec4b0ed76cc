"""Initial assessment (clause 7.5): how grave and urgent a case is, and the priority that staff give it."""

from typing import Literal

from complaints.case.complaint import DANGER, Complaint
from complaints.case.fact import Fact
from complaints.case.process.assessment import Assessed, PriorityRaised
from complaints.case.workflow.safety import ImmediateActionTaken
from complaints.casework.command import ANY, IN_WORK, OPEN, WHY, Group, StaffCommand, StaffDeclaration
from complaints.casework.people.conflicts_of_interest import must_be_free
from complaints.casework.workflow.assignment import ACTION_NEEDED, TAKEN_AT_ONCE
from complaints.context.decision_context import Context
from complaints.values.errors import Invalid, Wrong
from complaints.values.field_types import Assessment, Scale, Text
from complaints.values.people import CASE_ROLES


class Assess(StaffCommand, frozen=True, kw_only=True):
    """Says how grave and urgent the case is (clause 7.5), each on the scale of `Assessment`."""

    verb = "assess"
    severity: Scale
    safety: Scale
    complexity: Scale
    impact: Scale
    urgency: Scale
    immediate_action: Scale


class Prioritise(StaffCommand, frozen=True, kw_only=True):
    """Gives the case this priority at least; 0 leaves it to the assessment again."""

    verb = "prioritise"
    priority: Literal[0, 1, 2, 3]
    reason: Text


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


STAFF = (
    StaffDeclaration(
        Prioritise,
        prioritise,
        OPEN,
        must_be_free,
        feedback=ANY,
        roles=CASE_ROLES,
        group=Group.WORK,
        place=32,
        in_macros=True,
        summary="Gives the case a higher priority than its assessment does, or takes that back",
        example={"priority": 3, "reason": WHY},
    ),
    StaffDeclaration(
        Assess,
        assess,
        IN_WORK,
        must_be_free,
        roles=CASE_ROLES,
        group=Group.WORK,
        place=30,
        form_note=True,
        own_labels=("note",),
        in_macros=True,
        summary="Assesses severity, safety, complexity, impact, urgency and the need to act at once",
        example={
            "severity": 1,
            "safety": 0,
            "complexity": 1,
            "impact": 1,
            "urgency": 2,
            "immediate_action": 0,
        },
    ),
)
