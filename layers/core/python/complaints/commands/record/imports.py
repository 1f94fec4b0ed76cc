"""What is asked for when a complaint comes over from another system."""

from datetime import datetime

from complaints.commands.case import Receive


class Import(Receive, frozen=True, kw_only=True):
    """A complaint that another system took, with the date on which it was received there.

    With `ended_at` it has ended there. No letter is sent about it before staff work on it, unless `tells`
    says that it is acknowledged like any other.
    """

    verb = "import"
    ended_at: datetime | None = None
    tells: bool = False
