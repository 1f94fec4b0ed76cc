"""The commands about adjustments that a person needs."""

from complaints.commands.command import Command, StaffCommand
from complaints.model.people.adjustment import AdjustmentKind
from complaints.values.field_types import Text


class Adjust(StaffCommand, frozen=True, kw_only=True):
    """The person needs an adjustment, or no longer does."""

    verb = "adjust"
    adjustment: AdjustmentKind
    needed: bool
    details: Text | None = None


class AdjustOwn(Command, frozen=True, kw_only=True):
    """The complainant says that an adjustment is needed, or no longer is."""

    verb = "adjust_own"
    adjustment: AdjustmentKind
    needed: bool = True
    details: Text | None = None
