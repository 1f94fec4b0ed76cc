"""The details of a complaint and of who makes it: what is told beside the description, each of them once.

Forms, commands, facts, views, files and imports take their fields from here. A new one besides has a line in
`Received`, in `DETAILS` of the form and in `CaseRecord` of the export, and its label in every language.
"""

from typing import Any, Self

from msgspec import Struct

from complaints.values.field_types import ShortText, Text, Way


class Told(Struct, frozen=True, kw_only=True):
    """What is told, wherever it is held."""

    @classmethod
    def of(cls, holder: object) -> Self:
        """What something holds by the same names."""
        return cls(**cls.values_of(holder))

    @classmethod
    def values_of(cls, holder: object) -> dict[str, Any]:
        """The same by these names."""
        return {name: getattr(holder, name) for name in cls.__struct_fields__}


class Reached(Told, frozen=True, kw_only=True):
    """Who complains, and how the person is reached."""

    name: ShortText | None = None
    email: str | None = None
    phone: ShortText | None = None
    post: Text | None = None


class Person(Reached, frozen=True, kw_only=True):
    """Who complains, and for whom, by what right: of a sealed case it is stored apart, but for the way."""

    preferred_way: Way | None = None
    represented: ShortText | None = None
    relation: ShortText | None = None
    authority: Text | None = None


class Identifying(Told, frozen=True, kw_only=True):
    """Details by which it can be known who complains: of a sealed case they are stored apart."""

    order_number: ShortText | None = None
    earlier_reference: ShortText | None = None


class Details(Identifying, frozen=True, kw_only=True):
    """All of them; `taken_elsewhere` says to whom else the complaint was taken."""

    product: ShortText | None = None
    place: ShortText | None = None
    taken_elsewhere: Text | None = None
    occurred_on: str | None = None
    danger_details: Text | None = None


NAMES = ("order_number", "product", "earlier_reference", "place")
"""By which a case is found before its texts."""

TEXTS = ("danger_details", "taken_elsewhere")
"""In which words of a case are looked for; the day is in neither."""

WHO = tuple(name for name in Person.__struct_fields__ if name != "preferred_way")
"""What can say who somebody is."""

UNREDACTED = ("occurred_on",)
"""No words about the matter."""
