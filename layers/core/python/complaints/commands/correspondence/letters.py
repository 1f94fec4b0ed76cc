"""What is asked for about letters: their posting, and the one with a lost link."""

from datetime import datetime

from complaints.commands.command import Command, StaffCommand
from complaints.values.field_types import ShortText


class Posted(StaffCommand, frozen=True, kw_only=True):
    """A letter was printed and posted, or handed over; `letter` is its id."""

    verb = "posted"
    letter: ShortText
    at: datetime


class AskLink(Command, frozen=True, kw_only=True):
    """A person who gave the complainant's address has lost the link to the complaint."""

    verb = "ask_link"
