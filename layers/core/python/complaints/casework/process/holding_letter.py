"""The holding letter: before a deadline that cannot be met, the complainant is told why there is no answer
yet, when one is expected, and where to go meanwhile (DISP 1.6.2R(2); ASIC RG 271.64).

Promise packs say which clocks ask for it. What they promise stands: the clock is late all the same.
"""

from datetime import date

from complaints.case.complaint import Complaint
from complaints.case.deadlines import DelayExplained
from complaints.case.fact import Fact
from complaints.casework.command import OPEN, PROMISED, CommandWithTexts, Group, StaffDeclaration
from complaints.casework.people.conflicts_of_interest import must_be_free
from complaints.context.decision_context import Context
from complaints.values.casework.standard_texts import TextUse
from complaints.values.errors import Invalid, NotNow, Refusal, Wrong
from complaints.values.field_types import LongText
from complaints.values.people import CASE_ROLES


class ExplainDelay(CommandWithTexts, frozen=True, kw_only=True):
    """The holding letter: why there is no answer yet, and when one is expected."""

    verb = "explain_delay"
    text: LongText
    expected_on: date


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


STAFF = (
    StaffDeclaration(
        ExplainDelay,
        explain_delay,
        OPEN,
        can_be_explained,
        feedback=PROMISED,
        roles=CASE_ROLES,
        group=Group.WRITING,
        place=30,
        own_labels=("text",),
        texts={"text": TextUse.REPLY},
        summary="Writes the holding letter: why there is no answer yet, and when one is expected",
        example={"text": "The laboratory has not answered yet.", "expected_on": "2026-05-04"},
    ),
)
