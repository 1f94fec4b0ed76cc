"""What is asked for about letters on paper."""

from datetime import datetime

from complaints.command import StaffCommand
from complaints.words import ShortText


class Posted(StaffCommand, frozen=True, kw_only=True):
    """A letter was printed and posted, or handed over; `letter` is its id."""

    verb = "posted"
    letter: ShortText
    at: datetime
