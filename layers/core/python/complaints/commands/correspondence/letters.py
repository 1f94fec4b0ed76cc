"""What is asked for about letters and links: their posting, a lost link, and another link or none."""

from datetime import datetime

from complaints.commands.command import Command, StaffCommand
from complaints.values.field_types import LinkChange, ShortText, Text


class Posted(StaffCommand, frozen=True, kw_only=True):
    """A letter was printed and posted, or handed over; `letter` is its id."""

    verb = "posted"
    letter: ShortText
    at: datetime


class AskLink(Command, frozen=True, kw_only=True):
    """A person who gave the complainant's address has lost the link to the complaint."""

    verb = "ask_link"


class ChangeLink(StaffCommand, frozen=True, kw_only=True):
    """All links to the complainant's page end; a new one goes to the address on record, or none."""

    verb = "change_link"
    change: LinkChange
    reason: Text


class ChangeOwnLink(Command, frozen=True, kw_only=True):
    """The complainant ends all links to the page, for another one or for good."""

    verb = "change_own_link"
    change: LinkChange
