"""Facts: the base of all, something that happened, when, and by whom."""

from collections.abc import Mapping
from datetime import datetime
from types import MappingProxyType
from typing import TYPE_CHECKING, ClassVar, NamedTuple

from msgspec import Struct

from complaints.values.people import Actor

if TYPE_CHECKING:
    from complaints.case.complaint import Complaint


class Wording(NamedTuple):
    """How staff read a fact: `how` is the field that chooses between wordings, `when`, `day` and `text` are
    those in which the moment, the date and the text stand, and `fields` says how others are told: by what the
    msgids of their words begin with, `code:` and a list of codes, `person`, `promise`, or `as it is`."""

    how: str = ""
    when: str = ""
    day: str = ""
    text: str = ""
    fields: Mapping[str, str] = MappingProxyType({})


def wording(how: str = "", when: str = "", day: str = "", text: str = "", **fields: str) -> Wording:
    """How staff read a fact, with each further field and how it is told by name."""
    return Wording(how, when, day, text, fields)


class Fact(Struct, frozen=True, kw_only=True, tag_field="fact", tag=True, omit_defaults=True):
    """Something that happened `at` an instant, done `by` an actor.

    `PRIVATE` are fields that are stored outside the chain, `UNSHOWN` those that the case never shows.
    `IDENTITY` are those of `PRIVATE` that say who a complainant is: of a sealed case they are stored apart.

    `OF_COMPLAINANT` and `OF_REPRESENTED` go when one of several people of a case is erased; `UNREDACTED` are
    those of `PRIVATE` that are no words about the matter. A case is found by `NAMES` (who and what it is
    about: they come first, and are found by less of a word), `TELEPHONES` (however they begin) and `TEXTS`;
    what a person needs or suffers from is in none. `PUBLIC` is what it is called for the complainant,
    `WEBHOOK` for the site's own systems; one without is told to neither. `TIMELINE` is how staff read it.
    """

    PRIVATE: ClassVar[tuple[str, ...]] = ()
    UNSHOWN: ClassVar[tuple[str, ...]] = ()
    IDENTITY: ClassVar[tuple[str, ...]] = ()
    OF_COMPLAINANT: ClassVar[tuple[str, ...]] = ()
    OF_REPRESENTED: ClassVar[tuple[str, ...]] = ()
    UNREDACTED: ClassVar[tuple[str, ...]] = ()
    NAMES: ClassVar[tuple[str, ...]] = ()
    TELEPHONES: ClassVar[tuple[str, ...]] = ()
    TEXTS: ClassVar[tuple[str, ...]] = ()
    PUBLIC: ClassVar[str] = ""
    WEBHOOK: ClassVar[str] = ""
    TIMELINE: ClassVar[Wording | None] = None

    at: datetime
    by: Actor

    def apply(self, complaint: "Complaint") -> "Complaint":
        """The complaint after it. Never refuses: what happened, happened."""
        raise NotImplementedError


def moment_of(fact: Fact) -> datetime:
    """When something happened, which may be before it was recorded."""
    recorded_at: datetime | None = getattr(fact, "told_at", None) or getattr(fact, "received_at", None)
    return recorded_at or fact.at
