"""Macros: which commands they may hold, what each step asks for, and what would become of them on a case.

A macro has no rule of its own. Each step is a command of whoever runs it, judged as if it were sent alone.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date
from typing import Any, NamedTuple

from complaints.case.complaint import Complaint
from complaints.case.evolution import evolve_all
from complaints.case.fact import Fact
from complaints.casework.command import StaffCommand
from complaints.casework.workflow.assignment import Assign
from complaints.context.decision_context import Context
from complaints.handling.lifecycle import decide
from complaints.handling.staff_commands import STAFF_COMMANDS
from complaints.values.casework.macros import FARTHEST, IN_WORKING_DAYS, MacroStep
from complaints.values.errors import Refusal

MACRO_VERBS = tuple(verb for verb, declared in STAFF_COMMANDS.items() if declared.in_macros)
"""The commands that a macro may hold: those that say the same on any case."""


DayIn = Callable[[int], date]
"""The working day that is so many after that of the run."""


class PlannedStep(NamedTuple):
    """What a step would do: its facts, or why it would be refused. A step after a refusal has neither."""

    facts: tuple[Fact, ...] = ()
    refusal: Refusal | None = None


def body_of(step: MacroStep, member: str, texts: Mapping[str, str], day_in: DayIn) -> dict[str, Any]:
    """The body of the command of a step, for the `member` who runs the macro; `texts` are words of fields.

    What stands there as working days is a date: that of `day_in`.
    """
    body: dict[str, Any] = {**{name: _dated(value, day_in) for name, value in step.body.items()}, **texts}
    if step.texts:
        body["texts"] = list(dict.fromkeys(step.texts.values()))
    if step.verb == Assign.verb:
        body.setdefault("to", member)
    return body


def _dated(value: Any, day_in: DayIn) -> Any:
    """A value with its working days as a date; so are those of the records of a list."""
    if isinstance(value, list):
        return [_record(each, day_in) if isinstance(each, dict) else each for each in value]
    return _date(value, day_in)


def _record(record: Mapping[str, Any], day_in: DayIn) -> dict[str, Any]:
    return {name: _date(each, day_in) for name, each in record.items()}


def _date(value: Any, day_in: DayIn) -> Any:
    days = value.get(IN_WORKING_DAYS) if isinstance(value, dict) and len(value) == 1 else None
    is_number = isinstance(days, int) and not isinstance(days, bool)
    return day_in(days).isoformat() if days and is_number and 0 < days <= FARTHEST else value


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
