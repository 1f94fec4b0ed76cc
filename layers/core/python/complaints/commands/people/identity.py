"""What a custodian asks for: who complains in a sealed case."""

from complaints.commands.command import StaffCommand
from complaints.values.field_types import LongText


class OpenIdentity(StaffCommand, frozen=True, kw_only=True):
    """Opens who complains in a sealed case, for a quarter of an hour and for whoever asks alone.

    Who asked, when and why stands in the case; the identity does not.
    """

    verb = "open_identity"
    reason: LongText
