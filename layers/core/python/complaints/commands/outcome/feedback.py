"""What is asked for about feedback that is no complaint."""

from complaints.commands.command import Command, StaffCommand
from complaints.values.field_types import LongText


class Convert(StaffCommand, frozen=True, kw_only=True):
    """Staff see that it is a complaint after all."""

    verb = "convert"
    reason: LongText


class Insist(Command, frozen=True, kw_only=True):
    """The person says that it is a complaint."""

    verb = "convert"
    reason: LongText | None = None
