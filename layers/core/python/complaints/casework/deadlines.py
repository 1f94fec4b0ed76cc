"""Deadlines on the case: what is late is said once, and what falls due earlier is brought forward."""

from functools import reduce

from complaints.case.complaint import Complaint
from complaints.case.fact import Fact
from complaints.casework.command import Command
from complaints.clocks.bring_forward import after, recalculated
from complaints.clocks.reminders import fallen_due
from complaints.context.decision_context import Context
from complaints.lazy_imports import lazy_imports

with lazy_imports():
    from complaints.casework.outcome import remedies
    from complaints.casework.people import contact_plan
    from complaints.casework.record import attachments
    from complaints.casework.workflow import corrective_actions, tasks


class Tick(Command, frozen=True, kw_only=True):
    """The schedule asks what has fallen due."""

    verb = "tick"


def tick(complaint: Complaint, command: Tick, context: Context) -> list[Fact]:
    """What has fallen due and was not said before, by the calendars and versions of now; often nothing."""
    anew = recalculated(complaint, context)
    complaint = reduce(after, anew, complaint)
    return [
        *anew,
        *fallen_due(complaint, context),
        *attachments.expired_offers(complaint, context),
        *corrective_actions.fallen_due(complaint, context),
        *remedies.fallen_due(complaint, context),
        *contact_plan.fallen_due(complaint, context),
        *tasks.fallen_due(complaint, context),
    ]


class Recalculate(Command, frozen=True, kw_only=True):
    """The calendar of the site has changed, or its clocks go over to other versions: what of the promises?"""

    verb = "reckon"


def recalculate(complaint: Complaint, command: Recalculate, context: Context) -> list[Fact]:
    """Takes over what goes by another version, and brings forward what is due earlier; often nothing."""
    return [*recalculated(complaint, context)]
