"""Danger to somebody as data, and what was done about it at once (clause 7.5)."""

from datetime import datetime
from typing import TYPE_CHECKING, Literal

from msgspec import Struct
from msgspec.structs import replace

from complaints.case.fact import Fact, moment_of, wording

if TYPE_CHECKING:
    from complaints.case.complaint import Complaint


class Danger(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """`known_at` is since when, `known_by` how; `acted_at` is when the immediate action was taken."""

    known_at: datetime
    known_by: str
    acted_at: datetime | None = None

    @property
    def is_open(self) -> bool:
        """Whether no immediate action is on record."""
        return self.acted_at is None


KnownBy = Literal["told", "category", "assessment"]
"""How a danger became known: told with the complaint, by its category, or by the assessment."""


class DangerKnown(Fact, frozen=True, kw_only=True):
    """Somebody may be in danger: known since `told_at` where that is earlier than the record of it."""

    known_by: KnownBy
    told_at: datetime | None = None

    def apply(self, complaint: "Complaint") -> "Complaint":
        return replace(complaint, danger=Danger(known_at=moment_of(self), known_by=self.known_by))


class ImmediateActionTaken(Fact, frozen=True, kw_only=True):
    """What was done at once about a danger, at `told_at`; no words where the assessment says that it was."""

    PRIVATE = ("action",)
    TEXTS = PRIVATE
    TIMELINE = wording(when="told_at", text="action")

    told_at: datetime
    action: str | None = None

    def apply(self, complaint: "Complaint") -> "Complaint":
        assert complaint.danger is not None
        return replace(complaint, danger=replace(complaint.danger, acted_at=self.told_at))


SafetyFact = DangerKnown | ImmediateActionTaken
