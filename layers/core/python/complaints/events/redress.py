"""The fact that a promised remedy is overdue."""

from datetime import datetime

from complaints.events.event import Fact
from complaints.values.field_types import CodeName


class RemedyOverdue(Fact, frozen=True, kw_only=True):
    """The remedy with this `id` was promised by a date, which was over at `due`, and is not done."""

    id: str
    remedy: CodeName
    due: datetime
