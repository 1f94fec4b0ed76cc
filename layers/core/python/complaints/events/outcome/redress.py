"""Facts about a promised remedy: it was declined, or is overdue."""

from datetime import datetime

from complaints.events.event import Fact
from complaints.values.field_types import CodeName


class RemedyDeclined(Fact, frozen=True, kw_only=True):
    """The person declined the remedy with this `id`: it is owed no more."""

    PRIVATE = ("reason",)

    id: str
    remedy: CodeName
    reason: str | None = None


class RemedyOverdue(Fact, frozen=True, kw_only=True):
    """The remedy with this `id` was promised by a date, which was over at `due`, and is not done."""

    id: str
    remedy: CodeName
    due: datetime
