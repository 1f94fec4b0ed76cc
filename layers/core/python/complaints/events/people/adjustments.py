"""Facts about adjustments that a person needs."""

from complaints.events.event import Fact
from complaints.model.people.adjustment import AdjustmentKind


class AdjustmentNoted(Fact, frozen=True, kw_only=True):
    """The person needs an adjustment, or no longer does."""

    PRIVATE = ("details",)

    kind: AdjustmentKind
    is_needed: bool
    details: str | None = None
