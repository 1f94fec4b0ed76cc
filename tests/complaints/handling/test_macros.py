"""Whatever macro somebody runs, in whatever situation: it does what the same commands do by hand, no more."""

from collections.abc import Sequence

from hypothesis import given
from hypothesis import strategies as st

from complaints.case.complaint import Complaint
from complaints.case.evolution import evolve_all
from complaints.casework.command import StaffCommand
from complaints.casework.outcome.decision import Respond
from complaints.casework.workflow.assignment import Assign
from complaints.context.decision_context import Context
from complaints.handling.lifecycle import allowed_commands, decide
from complaints.handling.macros import MACRO_VERBS, PlannedStep, plan
from complaints.values.errors import Refusal
from tests.builders import a_member
from tests.complaints.permission_expectations import MAY, SITUATIONS, STAFF
from tests.complaints.situations import COMMANDS

EXAMPLES = [*COMMANDS.values(), Respond()]
BY_VERB = {each.verb: each for each in EXAMPLES if isinstance(each, StaffCommand)}
MACROS = st.lists(st.sampled_from(MACRO_VERBS), min_size=1, max_size=6)


def by_hand(complaint: Complaint, command: StaffCommand, context: Context) -> PlannedStep:
    """What comes of a command that is sent alone."""
    try:
        return PlannedStep(tuple(decide(complaint, command, context)))
    except Refusal as refusal:
        return PlannedStep(refusal=refusal)


@given(st.sampled_from(sorted(SITUATIONS)), st.sampled_from(sorted(STAFF)), MACROS)
def test_no_macro_does_what_its_steps_would_not_do_by_hand(
    situation: str, person: str, verbs: Sequence[str]
) -> None:
    """No permission, no second person and no stage is passed by: each step is one that `allowed_commands`
    names, is granted to the role by the table, and leaves facts of its own. The first refusal ends it."""
    story, by = SITUATIONS[situation](), STAFF[person]

    def context_for(complaint: Complaint, command: StaffCommand) -> Context:
        return story.context(by, colleague=a_member() if isinstance(command, Assign) else None)

    commands = [BY_VERB[verb] for verb in verbs]
    before, is_over = story.build(), False
    for command, step in zip(commands, plan(before, commands, context_for), strict=True):
        if is_over:
            assert step == PlannedStep()
            continue
        alone = by_hand(before, command, context_for(before, command))
        assert (step.facts, type(step.refusal)) == (alone.facts, type(alone.refusal))
        is_over = step.refusal is not None
        if not is_over:
            assert command.verb in allowed_commands(before, context_for(before, command))
            assert command.verb in MAY[person]
            assert step.facts[0].by == by
            before = evolve_all(before, step.facts)
