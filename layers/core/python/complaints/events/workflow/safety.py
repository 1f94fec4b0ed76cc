"""Facts about a danger to somebody, and what was done about it at once (clause 7.5)."""

from datetime import datetime
from typing import Literal

from complaints.events.event import Fact

KnownBy = Literal["told", "category", "assessment"]
"""How a danger became known: told with the complaint, by its category, or by the assessment."""


class DangerKnown(Fact, frozen=True, kw_only=True):
    """Somebody may be in danger: known since `told_at` where that is earlier than the record of it."""

    known_by: KnownBy
    told_at: datetime | None = None


class ImmediateActionTaken(Fact, frozen=True, kw_only=True):
    """What was done at once about a danger, at `told_at`; no words where the assessment says that it was."""

    PRIVATE = ("action",)

    told_at: datetime
    action: str | None = None


SafetyFact = DangerKnown | ImmediateActionTaken
