"""The holding letter: before a deadline that cannot be met, the complainant is told why there is no answer
yet, when one is expected, and where to go meanwhile (DISP 1.6.2R(2); ASIC RG 271.64).

Promise packs say which clocks ask for it. What they promise stands: the clock is late all the same.
"""

from functools import reduce

from msgspec.structs import replace

from complaints.commands.case import ExplainDelay
from complaints.context.decision_context import Context
from complaints.events.clocks import DelayExplained
from complaints.events.event import Fact
from complaints.model.clock import Clock
from complaints.model.complaint import Complaint
from complaints.rules.conflicts_of_interest import must_be_free
from complaints.rules.correspondence.correspondence import message_sent
from complaints.values.errors import Invalid, NotNow, Refusal, Wrong


def explain_delay(complaint: Complaint, command: ExplainDelay, context: Context) -> list[Fact]:
    """Writes the holding letter of all clocks that ask for one. Raises `Invalid` for a past date."""
    if command.expected_on < context.terms.today(context.now):
        raise Invalid(Wrong("/expected_on", "past"))
    return [
        DelayExplained(
            at=context.now,
            by=context.by,
            clocks=tuple(
                clock.key for clock in complaint.clocks if clock.is_running and clock.holding_letter
            ),
            text=command.text,
            expected_on=command.expected_on,
        )
    ]


def can_be_explained(complaint: Complaint, context: Context) -> Refusal | None:
    """While a clock runs whose holding letter has not left, and no decision is on its way."""
    is_decided = complaint.decision is not None and complaint.decision.is_on_its_way
    if is_decided or not any(clock.is_running and clock.holding_letter for clock in complaint.clocks):
        return NotNow()
    return must_be_free(complaint, context)


def explained(complaint: Complaint, fact: DelayExplained) -> Complaint:
    """No further holding letter of these clocks leaves by itself."""
    return reduce(_with_letter, map(complaint.clock, fact.clocks), message_sent(complaint, fact))


def _with_letter(complaint: Complaint, clock: Clock) -> Complaint:
    letter = clock.holding_letter
    rungs = (replace(rung, raised=True) if rung is letter else rung for rung in clock.rungs)
    return complaint.with_clock(replace(clock, rungs=tuple(rungs)))
