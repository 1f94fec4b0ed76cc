"""What became of a complaint at a body outside: how far it is there, what was decided, and the award."""

from datetime import date
from enum import StrEnum

from msgspec import Struct

from complaints.model.outcome.decision import Decision


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
