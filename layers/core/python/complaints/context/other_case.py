"""The other case of a command that names one, as the rules get it."""

from msgspec import Struct

from complaints.case.complaint import Complaint
from complaints.case.outcome.points import KnownPoint
from complaints.case.people.adjustments import KnownNeed
from complaints.case.record.links import CaseContents
from complaints.values.errors import Invalid, Wrong


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
