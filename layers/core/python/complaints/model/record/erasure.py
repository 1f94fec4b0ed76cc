"""What may be done to the data of a case: its erasure, the removal of one kind of it, legal holds, and
restriction of processing.

The grounds are those of Regulation (EU) 2016/679 (GDPR), Articles 17 and 18.
"""

from datetime import date, datetime
from enum import StrEnum

from msgspec import Struct

from complaints.values.casework.retention import KeptData, RetentionRule


class ErasureGround(StrEnum):
    """Why the data of a case is erased: Article 17 (1) (a) to (e)."""

    NOT_NEEDED = "not_needed"
    CONSENT_WITHDRAWN = "consent_withdrawn"
    OBJECTED = "objected"
    UNLAWFUL = "unlawful"
    LAW = "law"


class KeepingGround(StrEnum):
    """Why the data of a case is kept although its erasure was asked for: Article 17 (3)."""

    LEGAL_OBLIGATION = "legal_obligation"
    LEGAL_CLAIMS = "legal_claims"
    PUBLIC_INTEREST = "public_interest"
    FREEDOM_OF_EXPRESSION = "freedom_of_expression"
    STILL_NEEDED = "still_needed"


class RestrictionGround(StrEnum):
    """Why nobody works on the data of a case: Article 18 (1) (a) to (d)."""

    ACCURACY = "accuracy"
    UNLAWFUL = "unlawful"
    LEGAL_CLAIMS = "legal_claims"
    OBJECTION = "objection"


class Erasure(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """The erasure of a case: from `requested_at` on nothing can be done with it, and at `erased_at` all that
    people wrote and who they are was gone. `rule` is that of retention by which it was due, if it was."""

    requested_at: datetime
    ground: ErasureGround
    rule: RetentionRule | None = None
    erased_at: datetime | None = None


class DataRemoval(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """The last removal of one kind of data of a case, by a `rule` of retention: asked for, begun when nothing
    kept it, and then done. Until it begins, the `earlier` one is known: it counts if this one is stopped."""

    data: KeptData
    rule: RetentionRule
    requested_at: datetime
    begun_at: datetime | None = None
    removed_at: datetime | None = None
    earlier: "DataRemoval | None" = None


class LegalHold(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """Nothing of the case may be erased, up to and including `until`, or until the hold is lifted. Why stands
    in the private item of `entry`."""

    id: str
    by: str
    since: datetime
    entry: int
    until: date | None = None

    def holds(self, today: date) -> bool:
        """Whether it is in force on a date at the site."""
        return self.until is None or today <= self.until


class Restriction(Struct, frozen=True, kw_only=True):
    """The case is stored, and nobody works on it."""

    by: str
    since: datetime
    ground: RestrictionGround
    entry: int
