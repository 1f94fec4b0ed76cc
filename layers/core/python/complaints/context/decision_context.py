"""The context of a rule, besides complaint and command: the time, the caller, and the terms.

The other case of a command that names one, as the rules get it.
"""

from datetime import datetime

from msgspec import Struct

from complaints.audit_trail.hash_chain import Passage
from complaints.case.complaint import Complaint
from complaints.case.outcome.points import KnownPoint
from complaints.case.people.adjustments import KnownNeed
from complaints.case.record.links import CaseContents
from complaints.site.site import SiteTerms
from complaints.values.competence import Competence
from complaints.values.errors import Invalid, Wrong
from complaints.values.field_types import RefusalGround
from complaints.values.people import Actor, Member


class OtherCase(Struct, frozen=True, kw_only=True):
    """Another case that the same member of staff may handle.

    `is_one_person` says that the same person complains in both, `brings` what this case would bring along,
    `needs` which adjustments are on record in it, and `points` the things that it is about, where it has any.
    """

    complaint: Complaint
    is_one_person: bool = False
    brings: CaseContents = CaseContents()
    needs: tuple[KnownNeed, ...] = ()
    points: tuple[KnownPoint, ...] = ()


def the_other(complaint: Complaint, other: OtherCase | None, pointer: str) -> OtherCase:
    """The other case. Raises `Invalid` for none, for this case itself, and for part of another one."""
    if other is None:
        raise Invalid(Wrong(pointer, "unknown-case"))
    if other.complaint.reference == complaint.reference:
        raise Invalid(Wrong(pointer, "same-case"))
    if other.complaint.merged_into:
        raise Invalid(Wrong(pointer, "merged-case"))
    return other


class RequestRefusal(Struct, frozen=True):
    """Why a request about personal data was refused: the ground, and the words that the person reads; records
    of earlier releases have none."""

    ground: RefusalGround
    text: str | None


class Context(Struct, frozen=True, kw_only=True):
    """`now` is aware. `colleague`, `other_case` and `passage` are the member, the case and the entry that
    a command names, `passages` the entries that hold the data of a person whom it names, `members` those that
    the actions of an automation rule name. `nobody_independent` says, where somebody asks who cannot do a
    review, that no other member can either. `competence` are the records of who asks, where the site makes
    anything depend on them. `network` is the group of networks that a complaint comes from. Of a case that is
    a request about personal data `request_open` says that its record tells not yet what became of it, and
    `refusal` why it was refused.
    `accounts` are ids under which who asks is a member, too. Of a case that nobody asked to erase `officers`
    are the other members who protect its data: one of them must agree."""

    now: datetime
    by: Actor
    terms: SiteTerms
    colleague: Member | None = None
    members: tuple[Member, ...] = ()
    other_case: OtherCase | None = None
    passage: Passage | None = None
    passages: tuple[Passage, ...] = ()
    nobody_independent: bool = False
    competence: tuple[Competence, ...] = ()
    network: int | None = None
    request_open: bool = False
    refusal: RequestRefusal | None = None
    officers: tuple[str, ...] = ()
    accounts: frozenset[str] = frozenset()

    def is_own(self, member: str | None) -> bool:
        """Whether a member is who asks, be it under another id."""
        return member == self.by.id or member in self.accounts
