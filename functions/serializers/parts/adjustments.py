"""Adjustments that a person needs, as JSON.

Why a person needs particular care, as JSON for those who handle the case.
"""

from collections.abc import Iterable

from msgspec import Struct

from complaints.case.complaint import Complaint
from complaints.case.fact import Fact
from complaints.case.people.adjustments import AdjustmentKind, AdjustmentNoted
from complaints.case.people.vulnerability import VulnerabilityNoted
from complaints.values.field_types import VulnerabilityDriver, VulnerabilitySource


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


_DRIVERS = {each.value: each for each in VulnerabilityDriver}
_SOURCES = {each.value: each for each in VulnerabilitySource}
_HARM = {"true": True, "false": False}


class VulnerabilityNote(Struct, frozen=True, kw_only=True):
    """One note; what was removed is none."""

    driver: VulnerabilityDriver | None
    known_by: VulnerabilitySource | None
    harm: bool | None
    reason: str


def vulnerability_view(complaint: Complaint, facts: Iterable[tuple[int, Fact]]) -> list[VulnerabilityNote]:
    """The notes in force, among facts with their texts that somebody may be told."""
    return [
        VulnerabilityNote(
            driver=_DRIVERS.get(fact.driver or ""),
            known_by=_SOURCES.get(fact.known_by or ""),
            harm=_HARM.get(fact.harm or ""),
            reason=fact.reason,
        )
        for number, fact in facts
        if number in complaint.vulnerability and isinstance(fact, VulnerabilityNoted)
    ]
