"""The command by which staff give a case a higher priority than its assessment does."""

from typing import Literal

from complaints.commands.command import StaffCommand
from complaints.values.field_types import Text


class Prioritise(StaffCommand, frozen=True, kw_only=True):
    """Gives the case this priority at least; 0 leaves it to the assessment again."""

    verb = "prioritise"
    priority: Literal[0, 1, 2, 3]
    reason: Text
