"""Macros: which commands they may hold, what each step asks for, and what would become of them on a case.

A macro has no rule of its own. Each step is a command of whoever runs it, judged as if it were sent alone.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any, NamedTuple

from complaints.casework.evolution import evolve_all
from complaints.casework.lifecycle import decide
from complaints.casework.staff_commands import STAFF_COMMANDS
from complaints.commands.case import Assign
from complaints.commands.command import StaffCommand
from complaints.context.decision_context import Context
from complaints.events.event import Fact
from complaints.model.complaint import Complaint
from complaints.values.errors import Refusal
from complaints.values.macros import MacroStep

MACRO_VERBS = tuple(verb for verb, declared in STAFF_COMMANDS.items() if declared.in_macros)
"""The commands that a macro may hold: those that say the same on any case."""


class PlannedStep(NamedTuple):
    """What a step would do: its facts, or why it would be refused. A step after a refusal has neither."""

    facts: tuple[Fact, ...] = ()
    refusal: Refusal | None = None


def body_of(step: MacroStep, member: str, texts: Mapping[str, str]) -> dict[str, Any]:
    """The body of the command of a step, for the `member` who runs the macro; `texts` are words of fields."""
    body: dict[str, Any] = {**step.body, **texts}
    if step.texts:
        body["texts"] = list(dict.fromkeys(step.texts.values()))
    if step.verb == Assign.verb:
        body.setdefault("to", member)
    return body


def plan(
    complaint: Complaint,
    commands: Iterable[StaffCommand],
    context_for: Callable[[Complaint, StaffCommand], Context],
) -> Iterator[PlannedStep]:
    """What each command would do after those before it; from the first refusal on, nothing is done."""
    is_refused = False
    for command in commands:
        if is_refused:
            yield PlannedStep()
            continue
        try:
            facts = decide(complaint, command, context_for(complaint, command))
        except Refusal as refusal:
            is_refused = True
            yield PlannedStep(refusal=refusal)
        else:
            complaint = evolve_all(complaint, facts)
            yield PlannedStep(facts=tuple(facts))
