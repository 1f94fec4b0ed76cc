"""Automation rules that were applied to a case: it knows of each, so that none is applied twice."""

from complaints.case.complaint import Complaint
from complaints.casework.command import Command, StaffCommand


class ApplyAutomation(Command, frozen=True, kw_only=True):
    """Applies the `version` of a `rule` because of the entry `cause`; `when` is its trigger.

    `actions` are commands as staff would send them. Each is asked with the rights of rules, and is done or
    refused by itself. `beside` is what was done outside the case, or why it was not (the code of a refusal).
    """

    verb = "apply_automation"
    rule: str
    title: str
    version: int
    when: str
    cause: int
    actions: tuple[StaffCommand, ...]
    beside: tuple[tuple[str, str | None], ...] = ()


MOST_TIMES = 5
"""How often a rule is applied to one case, whatever causes there are."""


def can_be_applied(complaint: Complaint, rule: str, cause: int) -> bool:
    """Whether the rule was not applied yet because of this entry or a later one, nor `MOST_TIMES`."""
    last, times = next(((cause, n) for code, cause, n in complaint.automations if code == rule), (0, 0))
    return cause > last and times < MOST_TIMES
