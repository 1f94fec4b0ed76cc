"""Referral as data: how far a complaint is at a body outside, what was decided, and the award."""

from datetime import date, datetime
from enum import StrEnum
from typing import TYPE_CHECKING

from msgspec import Struct
from msgspec.structs import replace

from complaints.case.fact import Fact
from complaints.case.outcome.decision import OUTSIDE, Decision
from complaints.values.field_types import EarlierDecision, Outcome, Remedy

if TYPE_CHECKING:
    from complaints.case.complaint import Complaint


class ReferralStep(StrEnum):
    """How far a body outside is: it took the complaint up, gave a provisional view, decided, or ended it
    without a decision."""

    TAKEN = "taken"
    PROVISIONAL = "provisional"
    DECIDED = "decided"
    CLOSED = "closed"


class Referral(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """The last step at the body outside, on a date; its reference and words stand in the private item of
    `entry`, those of the steps before it in those of `earlier`, of many the last.

    `award` is what it decided, with what we are to do. `overturned` says whether that differs from the
    decision that the complainant had from us, if there was one.
    """

    step: ReferralStep
    on: date
    entry: int
    award: Decision | None = None
    overturned: bool | None = None
    earlier: tuple[int, ...] = ()

    @property
    def entries(self) -> tuple[int, ...]:
        """The numbers of the entries of its steps, the last one first."""
        return (self.entry, *self.earlier)


class ReferralRecorded(Fact, frozen=True, kw_only=True):
    """The `body` took a `step` on a date; `body_reference` is its own number of the case.

    A decision has a `result`, and `remedies` that we owe; `overdue_from` says for each when it is overdue.
    """

    PRIVATE = ("summary", "body_reference")
    NAMES = ("body_reference",)
    TEXTS = ("summary",)
    PUBLIC = "referral"
    WEBHOOK = "complaint.referral_recorded"
    body: str | None = None
    step: ReferralStep
    on: date
    body_reference: str | None = None
    summary: str | None = None
    result: Outcome | None = None
    earlier_decision: EarlierDecision | None = None
    remedies: tuple[Remedy, ...] = ()
    overdue_from: tuple[datetime | None, ...] = ()

    def apply(self, complaint: "Complaint") -> "Complaint":
        before = complaint.referral
        referral = Referral(
            step=self.step,
            on=self.on,
            entry=complaint.number + 1,
            earlier=before.entries[:MOST_STEPS] if before else (),
        )
        complaint = replace(complaint, external_body=complaint.external_body or self.body)
        if self.result is None:
            return replace(complaint, referral=referral)
        known = complaint.known_decision
        award = Decision(
            outcome=self.result,
            entry=complaint.number + 1,
            at=self.at,
            decided_by=self.by.id,
            level=OUTSIDE,
            earlier=self.earlier_decision,
            remedies=self.remedies,
            overdue_from=self.overdue_from,
            issued=True,
            told_at=self.at,
        )
        overturned = known.outcome is not self.result if known else None
        return replace(complaint, referral=replace(referral, award=award, overturned=overturned))


MOST_STEPS = 5
"""Of how many earlier steps the entries are known to the case: one batch read holds their words."""
