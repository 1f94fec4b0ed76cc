"""The schedule, each minute: what fell due is said once, and letters that were lost are wanted again."""

from typing import Any

from complaints.commands import Tick
from complaints.given import Given
from complaints.people import MACHINE
from complaints.world import telemetry
from complaints.world.assemble import world

MOST_OF_A_SHARD = 100
"""How many due things of each shard one run works through; the next run goes on."""


def escalate_overdue(event: Any) -> dict[str, int]:
    """Works through what is due by now. One case that cannot be worked does not stop the others."""
    here = world()
    done = failed = 0
    for due in here.agenda.due(here.now(), MOST_OF_A_SHARD):
        try:
            if due.letter:
                here.letterbox.want_again(due.reference, due.letter, here.now())
            else:
                _tick(due.reference)
            done += 1
        except Exception as error:
            failed += 1
            telemetry.failure("could not be worked", error, reference=due.reference, letter=due.letter)
    telemetry.note("schedule", done=done, failed=failed)
    return {"done": done, "failed": failed}


def _tick(reference: str) -> None:
    """Decides from the head, read consistently: the index only said where to look."""
    here = world()
    case = here.cases.load(reference)
    if case is None:
        return
    terms = here.sites.terms(case.complaint.site)
    here.casework.carry_out(case, Tick(), Given(now=here.now(), by=MACHINE, terms=terms))
