"""The command about how the organisation is in contact with a person."""

from datetime import date

from complaints.commands.command import CommandWithTexts
from complaints.model.people.contact_plan import ContactLimit
from complaints.values.field_types import LongText


class PlanContact(CommandWithTexts, frozen=True, kw_only=True):
    """Says how the organisation is in contact with the person from now on, in place of an earlier plan.

    A `limit` needs a `reason` and a date, within a year, on which it is reviewed (`review_on`). With `tell`
    the person gets a letter about it, which quotes the reason; one without a limit says that there is none
    any more.
    """

    verb = "plan_contact"
    plan: LongText
    limit: ContactLimit | None = None
    reason: LongText | None = None
    review_on: date | None = None
    tell: bool = False
