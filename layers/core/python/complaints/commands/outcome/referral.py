"""What staff record of a complaint that a body outside has."""

from datetime import date
from typing import Literal

from complaints.commands.command import StaffCommand
from complaints.model.outcome.referral import ReferralStep
from complaints.values.field_types import EarlierDecision, LongText, Outcome, Remedy, ShortText

Result = Literal["upheld", "partly_upheld", "not_upheld"]
"""As in `Outcome`: upheld is the complaint, not our decision."""

RESULTS = (Outcome.UPHELD, Outcome.PARTLY_UPHELD, Outcome.NOT_UPHELD)


class RecordReferral(StaffCommand, frozen=True, kw_only=True):
    """Records how far a body outside is, or what it decided (`result`), on a date.

    `body_reference` is its own number of the case, `summary` what it says. The `remedies` of a decision are
    what we are to do: they are owed like those of our own, beside them, or in their place
    (`earlier_decision`). A decision closes a case that is referred.
    """

    verb = "record_referral"
    step: ReferralStep
    on: date
    body_reference: ShortText | None = None
    result: Result | None = None
    summary: LongText | None = None
    earlier_decision: EarlierDecision | None = None
    remedies: tuple[Remedy, ...] = ()
