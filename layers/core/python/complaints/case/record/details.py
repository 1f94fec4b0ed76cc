"""Details of a complaint: that they were put right, and where they stand.

They are private, so the state names their entries.
"""

from typing import TYPE_CHECKING

from msgspec import Struct
from msgspec.structs import replace

from complaints.case.fact import Fact

if TYPE_CHECKING:
    from complaints.case.complaint import Complaint


DETAILS = ("earlier_reference", "taken_elsewhere")
OWN = "fields."
"""What the name of the answer to an own field begins with."""


class DetailEntries(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """The entry that holds each detail in force: the first, until it is put right; none of one removed.

    `fields` are those of answers to own fields that were added, put right or removed, by their codes.
    """

    earlier_reference: int | None = 1
    taken_elsewhere: int | None = 1
    fields: dict[str, int | None] = {}

    @property
    def numbers(self) -> frozenset[int]:
        """The entries to read for all of them."""
        known = (self.earlier_reference, self.taken_elsewhere, *self.fields.values())
        return frozenset(number for number in known if number)


class DetailsCorrected(Fact, frozen=True, kw_only=True):
    """Details of the complaint were added or put right (GDPR, article 16); what is not named stays.

    `own_fields` are answers to the site's own fields, as `values/own_fields.py` writes them, `answered` the
    codes of these. `removed` are the details that no longer hold, by the names of `CorrectDetails.remove`.
    It is `sealed` in a case in which it is sealed who complains.
    """

    PRIVATE = ("earlier_reference", "taken_elsewhere", "own_fields", "reason")
    IDENTITY = ("earlier_reference", "own_fields")
    NAMES = ("earlier_reference", "own_fields")
    TEXTS = ("taken_elsewhere", "reason")
    PUBLIC = "details_corrected"

    earlier_reference: str | None = None
    taken_elsewhere: str | None = None
    own_fields: str | None = None
    answered: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()
    reason: str
    sealed: bool = False

    def apply(self, complaint: "Complaint") -> "Complaint":
        """The state names the entry of each detail, and none of one that no longer holds."""
        entry = complaint.number + 1
        named = {name: entry for name in DETAILS if getattr(self, name) is not None}
        gone = {name: None for name in self.removed if name in DETAILS}
        answers = dict.fromkeys(self.answered, entry) | {
            name.removeprefix(OWN): None for name in self.removed if name.startswith(OWN)
        }
        details = complaint.details
        return replace(
            complaint, details=replace(details, **named, **gone, fields={**details.fields, **answers})
        )
