"""Automation rules on a case: each action is an ordinary command, asked with the few rights of rules.

An action is done or refused by the rules that hold for staff: who may see a case, who has an interest in it,
what its stage allows. A refusal stops no other action, and stands in the fact beside what was done.
"""

from collections.abc import Callable
from functools import partial

from msgspec.structs import replace

from complaints.case.complaint import Complaint
from complaints.case.evolution import evolve_all
from complaints.case.fact import Fact
from complaints.case.outcome.classification import WORDS
from complaints.case.workflow.automation import AutomationApplied
from complaints.casework.command import ANY, OPEN, Command, Declaration, StaffCommand
from complaints.casework.correspondence.messages import Ask
from complaints.casework.outcome.classification import MOST_TAGS, Classify
from complaints.casework.process.assessment import Prioritise
from complaints.casework.workflow.assignment import Assign, Tell
from complaints.casework.workflow.automation import ApplyAutomation, can_be_applied
from complaints.casework.workflow.tasks import AddTask
from complaints.context.decision_context import Context
from complaints.values.errors import Forbidden, Invalid, NotNow, Refusal, Wrong

ACTIONS: frozenset[type[StaffCommand]] = frozenset({Assign, Classify, Prioritise, Ask, AddTask, Tell})
"""All that rules may ask for. They decide, approve, redact, merge and close nothing."""

_ONLY_TAGS = ("category", "subcategory", *WORDS)
"""What rules do not classify: what a case is about says who may see it, and which promises it has."""


HappenedBy = Callable[[Complaint, Command, Context], list[Fact]]
"""Gives the facts of a command itself, without what follows from them. Raises a `Refusal`."""


def may_ask(command: type[Command]) -> bool:
    """Whether the actor of the rules may ask for it."""
    return command in ACTIONS or command is ApplyAutomation


def apply(
    happened_by: HappenedBy, complaint: Complaint, command: ApplyAutomation, context: Context
) -> list[Fact]:
    """Does what a rule says, as far as the case takes it; nothing where it was applied for this cause.

    What is said to the complainant comes first: a letter quotes the first text of its entry.
    """
    if not can_be_applied(complaint, command.rule, command.cause):
        return []
    happened: list[Fact] = []
    done: list[str] = []
    refused: list[tuple[str, str]] = []
    for action in command.actions:
        try:
            facts = happened_by(evolve_all(complaint, happened), action, _narrowed(action, context))
        except Refusal as refusal:
            refused.append((action.verb, why(refusal)))
        else:
            happened += facts
            done.append(action.verb)
    done += [verb for verb, why_not in command.beside if why_not is None]
    refused += [(verb, why_not) for verb, why_not in command.beside if why_not is not None]
    applied = AutomationApplied(
        at=context.now,
        by=context.by,
        rule=command.rule,
        title=command.title,
        version=command.version,
        when=command.when,
        cause=command.cause,
        done=tuple(done),
        refused=tuple(refused),
    )
    return [*happened, applied]


def why(refusal: Refusal) -> str:
    """The code of a refusal: what is wrong with a value, which rule says no, or the problem itself."""
    if isinstance(refusal, Invalid):
        return refusal.errors[0].code
    return refusal.rule if isinstance(refusal, NotNow) else refusal.code


def _narrowed(action: StaffCommand, context: Context) -> Context:
    """The context of one action. Raises a `Refusal` for what rules may not ask, or not in this way."""
    if any(getattr(action, name, None) for name in _ONLY_TAGS):
        raise Forbidden
    if isinstance(action, Ask) and not action.text:
        raise Invalid(Wrong("/text", "missing"))
    if isinstance(action, Classify) and len(action.tags or ()) > MOST_TAGS:
        raise Invalid(Wrong("/tags", "too-many", MOST_TAGS))
    to = getattr(action, "to", None)
    colleague = next((member for member in context.members if member.id == to), None)
    return replace(context, colleague=colleague)


def declaration(happened_by: HappenedBy) -> Declaration[Command]:
    """How rules are applied, by what gives the facts of a command itself."""
    return Declaration(ApplyAutomation, partial(apply, happened_by), OPEN, feedback=ANY)
