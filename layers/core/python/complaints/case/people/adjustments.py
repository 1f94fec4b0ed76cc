"""Adjustments that a person needs (ISO 10002, clause 4: accessibility): kinds that letters obey."""

from enum import StrEnum
from typing import TYPE_CHECKING

from msgspec import Struct
from msgspec.structs import replace

from complaints.case.fact import Fact, wording
from complaints.values.people import COMPLAINANT

if TYPE_CHECKING:
    from complaints.case.complaint import Complaint


class AdjustmentKind(StrEnum):
    """What is done otherwise for a person."""

    LARGE_PRINT = "large_print"
    PLAIN_LANGUAGE = "plain_language"
    INTERPRETER = "interpreter"
    TEXT_TELEPHONE = "text_telephone"
    CALL_TIMES = "call_times"
    NO_TELEPHONE = "no_telephone"
    EXTRA_TIME = "extra_time"
    CONTACT_PERSON = "contact_person"


NEED_DETAILS = frozenset(
    {AdjustmentKind.INTERPRETER, AdjustmentKind.CALL_TIMES, AdjustmentKind.CONTACT_PERSON}
)
"""What says nothing by itself: which language, at which times, whom to call."""


class KnownNeed(Struct, frozen=True):
    """An adjustment with its details, as it is known of a person."""

    kind: AdjustmentKind
    details: str | None


class Adjustment(Struct, frozen=True):
    """An adjustment that is needed; its details are a private value of `entry`."""

    kind: AdjustmentKind
    entry: int


class AdjustmentNoted(Fact, frozen=True, kw_only=True):
    """The person needs an adjustment, or no longer does."""

    PRIVATE = ("details",)
    OF_COMPLAINANT = PRIVATE
    PUBLIC = "adjustment_noted"
    TIMELINE = wording("is_needed", kind="case.adjustment.", text="details")

    kind: AdjustmentKind
    is_needed: bool
    details: str | None = None

    def apply(self, complaint: "Complaint") -> "Complaint":
        """The last word on an adjustment holds. What the complainant says after the receipt is counted."""
        others = tuple(each for each in complaint.adjustments if each.kind is not self.kind)
        new = (Adjustment(kind=self.kind, entry=complaint.number + 1),) if self.is_needed else ()
        contact = complaint.contact
        if self.by == COMPLAINANT and complaint.number:
            contact = replace(contact, by_person=contact.by_person + 1)
        return replace(complaint, adjustments=(*others, *new), contact=contact)
