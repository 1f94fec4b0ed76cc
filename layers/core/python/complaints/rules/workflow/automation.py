"""What a case knows of the automation rules that were applied to it: so none is applied twice."""

from msgspec.structs import replace

from complaints.events.workflow.automation import AutomationApplied
from complaints.model.complaint import Complaint

MOST_TIMES = 5
"""How often a rule is applied to one case, whatever causes there are."""


def applied(complaint: Complaint, fact: AutomationApplied) -> Complaint:
    """The complaint with the last cause of each rule, how often it was applied, and what was refused."""
    known = {code: (cause, times) for code, cause, times in complaint.automations}
    _, times = known.get(fact.rule, (0, 0))
    known[fact.rule] = (fact.cause, times + 1)
    refused = dict(complaint.automations_refused)
    for verb, why in fact.refused:
        name = f"{fact.rule}:{verb}:{why}"
        refused[name] = refused.get(name, 0) + 1
    return replace(
        complaint,
        automations=tuple((code, *each) for code, each in known.items()),
        automations_refused=tuple(refused.items()),
    )


def can_be_applied(complaint: Complaint, rule: str, cause: int) -> bool:
    """Whether the rule was not applied yet because of this entry or a later one, nor `MOST_TIMES`."""
    last, times = next(((cause, n) for code, cause, n in complaint.automations if code == rule), (0, 0))
    return cause > last and times < MOST_TIMES
