"""The fact that all that is held of a person was made ready for them."""

from typing import TYPE_CHECKING

from complaints.case.fact import Fact, wording

if TYPE_CHECKING:
    from complaints.case.complaint import Complaint


class PersonalDataPrepared(Fact, frozen=True, kw_only=True):
    """What the case holds of the person goes into the file of a `record`, which a member `asked_by` had made
    (GDPR, Article 15)."""

    TIMELINE = wording(asked_by="person")

    record: str
    asked_by: str

    def apply(self, complaint: "Complaint") -> "Complaint":
        """It is on record, and changes nothing."""
        return complaint
