"""What a machine asks of a case that two people had closed with a flood."""

from complaints.commands.command import Command


class CloseWithFlood(Command, frozen=True, kw_only=True):
    """Closes the case as no complaint, as the `record` of the flood says, unless there may be a person behind
    it; `is_known` says that the site knows its mailbox."""

    verb = "close_with_flood"
    record: str
    is_known: bool
