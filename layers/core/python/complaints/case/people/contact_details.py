"""Contact details of the complainant: who corrected, proposed or confirmed them, and where they stand.

They are private, so the state names their entries.
"""

from datetime import datetime
from typing import TYPE_CHECKING

from msgspec import Struct
from msgspec.structs import replace

from complaints.case.fact import Fact, wording
from complaints.values.details_told import Reached
from complaints.values.field_types import ComplainantKind, Way
from complaints.values.people import COMPLAINANT

if TYPE_CHECKING:
    from complaints.case.complaint import Complaint


CONTACT_DETAILS = Reached.__struct_fields__


class ProposedAddress(Struct, frozen=True):
    """A mail address that waits to be confirmed: the number of its entry, and since when."""

    entry: int
    at: datetime


class ContactEntries(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """The number of the entry that holds each detail in force: the first, until it is corrected.

    `by_person` counts the corrections that the complainant made.
    """

    name: int = 1
    email: int = 1
    phone: int = 1
    post: int = 1
    preferred_way: int = 1
    represented: int = 1
    relation: int = 1
    proposed: ProposedAddress | None = None
    by_person: int = 0

    @property
    def numbers(self) -> frozenset[int]:
        """The entries to read for all of them."""
        details = {self.name, self.email, self.phone, self.post}
        return frozenset({*details, self.preferred_way, self.represented, self.relation})


class ContactCorrected(Fact, frozen=True, kw_only=True):
    """What is held of the complainant was put right (GDPR, article 16).

    A detail that is not named stays as it was; an empty text says that there is none any more. `reach` is
    how the person can be reached from now on. `former` is the number of the entry with the mail address that
    held before, if that address is told.
    """

    PRIVATE = (*CONTACT_DETAILS, "reason")
    IDENTITY = UNREDACTED = CONTACT_DETAILS
    OF_COMPLAINANT = PRIVATE
    NAMES = ("email", "name")
    TELEPHONES = ("phone",)
    TEXTS = ("post",)
    PUBLIC = "contact_corrected"
    TIMELINE = wording(text="reason")

    name: str | None = None
    email: str | None = None
    phone: str | None = None
    post: str | None = None
    language: str | None = None
    kind: ComplainantKind | None = None
    preferred_way: Way | None = None
    reach: tuple[Way, ...] = ()
    former: int | None = None
    reason: str | None = None

    def apply(self, complaint: "Complaint") -> "Complaint":
        """Whoever reads the former mail address cannot open the case any more; one that waits is confirmed no
        more."""
        named = {name: complaint.number + 1 for name in _OF_CONTACT if getattr(self, name) is not None}
        by_person = complaint.contact.by_person + (self.by == COMPLAINANT)
        waiting = None if "email" in named else complaint.contact.proposed
        return replace(
            complaint,
            contact=replace(complaint.contact, **named, proposed=waiting, by_person=by_person),
            reach=self.reach,
            language=self.language or complaint.language,
            kind=self.kind or complaint.kind,
            preferred_way=self.preferred_way or complaint.preferred_way,
            links_renewed=complaint.links_renewed + ("email" in named),
        )


class MailAddressProposed(Fact, frozen=True, kw_only=True):
    """The complainant named another mail address: it holds once whoever reads it confirms it."""

    PRIVATE = ("email",)
    IDENTITY = ("email",)
    OF_COMPLAINANT = UNREDACTED = NAMES = PRIVATE
    PUBLIC = "address_proposed"

    email: str

    def apply(self, complaint: "Complaint") -> "Complaint":
        waiting = ProposedAddress(entry=complaint.number + 1, at=self.at)
        contact = complaint.contact
        return replace(complaint, contact=replace(contact, proposed=waiting, by_person=contact.by_person + 1))


class MailAddressConfirmed(Fact, frozen=True, kw_only=True):
    """The proposed mail address was confirmed: `entry` holds it, `former` the one that held before, if any
    did that mail reaches."""

    PUBLIC = "address_confirmed"

    entry: int
    former: int | None = None

    def apply(self, complaint: "Complaint") -> "Complaint":
        """As with `corrected`, links in earlier letters end."""
        return replace(
            complaint,
            contact=replace(complaint.contact, email=self.entry, proposed=None),
            reach=tuple(way for way in Way if way is Way.MAIL or way in complaint.reach),
            links_renewed=complaint.links_renewed + 1,
        )


ContactFact = ContactCorrected | MailAddressProposed | MailAddressConfirmed


_OF_CONTACT = (*CONTACT_DETAILS, "preferred_way")
