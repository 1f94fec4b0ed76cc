"""The command by which staff record what was done at once about a danger."""

from datetime import datetime

from complaints.commands.command import StaffCommand
from complaints.values.field_types import LongText


class Secure(StaffCommand, frozen=True, kw_only=True):
    """The immediate action: what was done `at` a moment, or just now."""

    verb = "secure"
    action: LongText
    at: datetime | None = None
