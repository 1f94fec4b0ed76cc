"""What every fact is: something that happened, when, and by whom."""

from datetime import datetime
from typing import ClassVar

from msgspec import Struct

from complaints.values.people import Actor


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
