"""What every fact is: something that happened, when, and by whom."""

from datetime import datetime
from typing import ClassVar

from msgspec import Struct

from complaints.values.people import Actor


class Fact(Struct, frozen=True, kw_only=True, tag_field="fact", tag=True, omit_defaults=True):
    """Something that happened `at` an instant, done `by` somebody.

    `PRIVATE` are fields that are kept outside the chain, `UNSHOWN` those that nobody sees beside the case.
    """

    PRIVATE: ClassVar[tuple[str, ...]] = ()
    UNSHOWN: ClassVar[tuple[str, ...]] = ()

    at: datetime
    by: Actor
