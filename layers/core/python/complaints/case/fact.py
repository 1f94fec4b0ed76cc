"""Facts: the base of all, something that happened, when, and by whom."""

from datetime import datetime
from typing import TYPE_CHECKING, ClassVar

from msgspec import Struct

from complaints.values.people import Actor

if TYPE_CHECKING:
    from complaints.case.complaint import Complaint


class Fact(Struct, frozen=True, kw_only=True, tag_field="fact", tag=True, omit_defaults=True):
    """Something that happened `at` an instant, done `by` an actor.

    `PRIVATE` are fields that are stored outside the chain, `UNSHOWN` those that the case never shows.
    `IDENTITY` are those of `PRIVATE` that say who a complainant is: of a sealed case they are stored apart.
    """

    PRIVATE: ClassVar[tuple[str, ...]] = ()
    UNSHOWN: ClassVar[tuple[str, ...]] = ()
    IDENTITY: ClassVar[tuple[str, ...]] = ()

    at: datetime
    by: Actor

    def apply(self, complaint: "Complaint") -> "Complaint":
        """The complaint after it. Never refuses: what happened, happened."""
        raise NotImplementedError


def moment_of(fact: Fact) -> datetime:
    """When something happened, which may be before it was recorded."""
    recorded_at: datetime | None = getattr(fact, "told_at", None) or getattr(fact, "received_at", None)
    return recorded_at or fact.at
