"""The fact that a body outside took a step with a complaint, or decided it."""

from datetime import date, datetime

from complaints.events.event import Fact
from complaints.model.outcome.referral import ReferralStep
from complaints.values.field_types import EarlierDecision, Outcome, Remedy


class ReferralRecorded(Fact, frozen=True, kw_only=True):
    """The `body` took a `step` on a date; `body_reference` is its own number of the case.

    A decision has a `result`, and `remedies` that we owe; `overdue_from` says for each when it is overdue.
    """

    PRIVATE = ("summary", "body_reference")
    body: str | None = None
    step: ReferralStep
    on: date
    body_reference: str | None = None
    summary: str | None = None
    result: Outcome | None = None
    earlier_decision: EarlierDecision | None = None
    remedies: tuple[Remedy, ...] = ()
    overdue_from: tuple[datetime | None, ...] = ()
