"""Adjustments that a person needs, as JSON."""

from collections.abc import Iterable

from msgspec import Struct

from complaints.case.complaint import Complaint
from complaints.case.fact import Fact
from complaints.case.people.adjustments import AdjustmentKind, AdjustmentNoted


class AdjustmentShown(Struct, frozen=True, kw_only=True):
    """An adjustment with its details: which language, at which times, whom to call."""

    kind: AdjustmentKind
    details: str | None


def entries(complaint: Complaint) -> frozenset[int]:
    """The entries that hold the details."""
    return frozenset(each.entry for each in complaint.adjustments)


def adjustments_view(complaint: Complaint, facts: Iterable[tuple[int, Fact]]) -> list[AdjustmentShown]:
    """What is needed now; `facts` come with their texts, those of `entries` among them."""
    details = {
        (number, fact.kind): fact.details for number, fact in facts if isinstance(fact, AdjustmentNoted)
    }
    return [
        AdjustmentShown(kind=each.kind, details=details.get((each.entry, each.kind)))
        for each in complaint.adjustments
    ]
