"""Erasure, removal of one kind of data, legal holds and restriction of processing, as data.

The grounds are those of Regulation (EU) 2016/679 (GDPR), Articles 17 and 18.
"""

from datetime import date, datetime
from enum import StrEnum
from typing import TYPE_CHECKING

from msgspec import Struct
from msgspec.structs import replace

from complaints.case.fact import Fact, wording
from complaints.case.record.attachments import AttachmentState
from complaints.case.workflow.tasks import TaskState
from complaints.values.casework.retention import KeptData, RetentionRule
from complaints.values.field_types import Way

if TYPE_CHECKING:
    from complaints.case.complaint import Complaint


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


MOST_ASKED = 5
"""How many are told of an erasure that was proposed."""


class ErasureProposed(Fact, frozen=True, kw_only=True):
    """Somebody who protects data wants the case erased, which nobody asked for: another of them must agree.
    `asked` are members who are told of it."""

    TIMELINE = wording(ground="case.erasure_ground.")

    ground: ErasureGround
    asked: tuple[str, ...]

    def apply(self, complaint: "Complaint") -> "Complaint":
        """Somebody else is to agree."""
        return replace(complaint, erasure_proposed_by=self.by.id)


class ErasureRequested(Fact, frozen=True, kw_only=True):
    """The case is erased from now on: its links are dead, and nothing more is taken. `rule` is that of
    retention by which it was due, if nobody asked for it."""

    TIMELINE = wording(ground="case.erasure_ground.")

    ground: ErasureGround
    rule: RetentionRule | None = None

    def apply(self, complaint: "Complaint") -> "Complaint":
        """Nobody is to do anything any more, older links to its page are dead, and nothing is said of what
        the person needs: no figure is made of that."""
        return replace(
            complaint,
            erasure=Erasure(requested_at=self.at, ground=self.ground, rule=self.rule),
            erasure_proposed_by=None,
            links_renewed=complaint.links_renewed + 1,
            is_vulnerable=False,
            vulnerability=(),
            has_needs=False,
            adjustments=(),
            contact_plan=None,
            tasks=tuple(
                replace(each, state=TaskState.CANCELLED, ended=complaint.number + 1) if each.is_open else each
                for each in complaint.tasks
            ),
        )


class ErasureRefused(Fact, frozen=True, kw_only=True):
    """The case is kept although its erasure was asked for."""

    PRIVATE = ("reason",)
    TIMELINE = wording(ground="case.keeping_ground.", text="reason")

    ground: KeepingGround
    reason: str

    def apply(self, complaint: "Complaint") -> "Complaint":
        """It is on record, and takes back what somebody proposed."""
        return replace(complaint, erasure_proposed_by=None)


class Erased(Fact, frozen=True, kw_only=True):
    """What people wrote and who they are is gone, and so many files with it; `rule` as in
    `ErasureRequested`."""

    files: int = 0
    rule: RetentionRule | None = None

    def apply(self, complaint: "Complaint") -> "Complaint":
        assert complaint.erasure is not None, "it was requested before"
        return replace(complaint, erasure=replace(complaint.erasure, erased_at=self.at))


class PartyErased(Fact, frozen=True, kw_only=True):
    """The data of one of several people of the case is gone from these `entries`; `party` is `complainant`,
    `represented` or the id of somebody who complained together with the complainant. `letters` are the ids of
    those to them that are gone as they were sent; an earlier fact does not say which."""

    party: str
    ground: ErasureGround
    entries: tuple[int, ...]
    letters: tuple[str, ...] | None = None

    def apply(self, complaint: "Complaint") -> "Complaint":
        """Who joined is no part of it any more, and nobody acts for whoever was represented. The complainant
        is reached by nothing; letters to those who remain leave as before."""
        if self.party == REPRESENTED:
            return replace(complaint, authority=None)
        if self.party != COMPLAINANT:
            return replace(complaint, joint=tuple(each for each in complaint.joint if each.id != self.party))
        return replace(
            complaint,
            # A letter that leaves for the others has reached all whom it can reach. Where nobody gets one,
            # staff are to see that they know of no way.
            reach=(Way.PAGE,) if complaint.joint else (),
            preferred_way=None,
            contact=replace(complaint.contact, proposed=None),
            links_renewed=complaint.links_renewed + 1,
            link_withdrawn=True,
            is_vulnerable=False,
            vulnerability=(),
            has_needs=False,
            adjustments=(),
            contact_plan=None,
        )


class DataRemovalRequested(Fact, frozen=True, kw_only=True):
    """One kind of data of the case is removed from now on, by a `rule` of retention, and the rest is kept. It
    is done `again` where it was done before, and something came since."""

    TIMELINE = wording(data="case.removed_data.")

    data: KeptData
    rule: RetentionRule
    again: bool = False

    def apply(self, complaint: "Complaint") -> "Complaint":
        """Files are handed out no more."""
        earlier = complaint.removal(self.data) if self.again else None
        asked = DataRemoval(data=self.data, rule=self.rule, requested_at=self.at, earlier=earlier)
        others = (each for each in complaint.removals if each.data is not self.data)
        files = complaint.attachments
        if self.data is KeptData.FILES:
            gone = AttachmentState.REMOVED
            files = tuple(
                each if each.is_gone else replace(each, state=gone, removed_at=self.at) for each in files
            )
        return replace(complaint, removals=(*others, asked), attachments=files)


class DataRemovalBegun(Fact, frozen=True, kw_only=True):
    """Nothing kept the data when its removal began: what keeps it from now on comes too late."""

    TIMELINE = wording(data="case.removed_data.")

    data: KeptData
    rule: RetentionRule

    def apply(self, complaint: "Complaint") -> "Complaint":
        return _with_removal(complaint, self.data, begun_at=self.at, earlier=None)


class DataRemovalStopped(Fact, frozen=True, kw_only=True):
    """Something keeps the data, a legal hold mostly, that came before its removal began: all of it is
    there."""

    TIMELINE = wording(data="case.removed_data.")

    data: KeptData
    rule: RetentionRule

    def apply(self, complaint: "Complaint") -> "Complaint":
        """Files are handed out again. None waited for its upload: a case has ended long before it is due."""
        asked = complaint.removal(self.data)
        files = complaint.attachments
        if asked and self.data is KeptData.FILES:
            files = tuple(
                replace(
                    each,
                    state=AttachmentState.REFUSED if each.flaw else AttachmentState.KEPT,
                    removed_at=None,
                )
                if each.removed_at == asked.requested_at
                else each
                for each in files
            )
        others = (each for each in complaint.removals if each.data is not self.data)
        earlier = (asked.earlier,) if asked and asked.earlier else ()
        return replace(complaint, removals=(*others, *earlier), attachments=files)


class DataRemoved(Fact, frozen=True, kw_only=True):
    """So many files, letters as they were sent or mails are gone; `rule` as in `DataRemovalRequested`."""

    data: KeptData
    rule: RetentionRule
    count: int

    def apply(self, complaint: "Complaint") -> "Complaint":
        return _with_removal(complaint, self.data, removed_at=self.at)


class LegalHoldSet(Fact, frozen=True, kw_only=True):
    """The case must not be erased, up to and including `until`."""

    PRIVATE = ("reason",)

    id: str
    reason: str
    until: date | None = None

    def apply(self, complaint: "Complaint") -> "Complaint":
        hold = LegalHold(
            id=self.id, by=self.by.id, since=self.at, entry=complaint.number + 1, until=self.until
        )
        return replace(complaint, holds=(*complaint.holds, hold))


class LegalHoldLifted(Fact, frozen=True, kw_only=True):
    """A legal hold was lifted."""

    PRIVATE = ("reason",)
    TIMELINE = wording(id="as it is", text="reason")

    id: str
    reason: str

    def apply(self, complaint: "Complaint") -> "Complaint":
        return replace(complaint, holds=tuple(each for each in complaint.holds if each.id != self.id))


class ProcessingRestricted(Fact, frozen=True, kw_only=True):
    """Nobody works on the case."""

    PRIVATE = ("reason",)
    TIMELINE = wording(ground="case.restriction_ground.", text="reason")

    ground: RestrictionGround
    reason: str

    def apply(self, complaint: "Complaint") -> "Complaint":
        restriction = Restriction(
            by=self.by.id, since=self.at, ground=self.ground, entry=complaint.number + 1
        )
        return replace(complaint, restriction=restriction)


class RestrictionLifted(Fact, frozen=True, kw_only=True):
    """The case may be worked on again."""

    PRIVATE = ("reason",)
    TIMELINE = wording(text="reason")

    reason: str

    def apply(self, complaint: "Complaint") -> "Complaint":
        return replace(complaint, restriction=None)


ErasureFact = ( ErasureProposed | ErasureRequested | ErasureRefused | Erased | PartyErased |
DataRemovalRequested | DataRemovalBegun | DataRemovalStopped | DataRemoved | LegalHoldSet | LegalHoldLifted |
ProcessingRestricted | RestrictionLifted )  # fmt: skip


COMPLAINANT, REPRESENTED = "complainant", "represented"


def _with_removal(complaint: "Complaint", data: KeptData, **changes: datetime | None) -> "Complaint":
    removals = (replace(each, **changes) if each.data is data else each for each in complaint.removals)
    return replace(complaint, removals=tuple(removals))


def contacted(complaint: "Complaint", fact: Fact) -> "Complaint":
    """An ended case in which somebody wrote once more."""
    return replace(complaint, contacted_at=fact.at)
