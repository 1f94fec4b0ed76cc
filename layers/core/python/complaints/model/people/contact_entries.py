"""Where the contact details of the complainant stand: they are private, so the state names their entries."""

from datetime import datetime

from msgspec import Struct

CONTACT_DETAILS = ("name", "email", "phone", "post")


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
