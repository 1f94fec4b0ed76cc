"""Where the details of a complaint stand: they are private, so the state names their entries."""

from msgspec import Struct

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
