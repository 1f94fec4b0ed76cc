"""The command by which the team, the manager or quality management is told of a case."""

from typing import Literal

from complaints.commands.command import StaffCommand
from complaints.values.field_types import Text


class Tell(StaffCommand, frozen=True, kw_only=True):
    """Sends a notice of the case to an address of the site; the `reason` stands on the case."""

    verb = "tell"
    to: Literal["team", "manager", "quality"]
    reason: Text
