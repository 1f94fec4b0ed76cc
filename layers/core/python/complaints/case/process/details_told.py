"""The details of a complaint: what can be told beside its description, each of them once.

Forms, commands, facts, views, files and imports take their fields from here. A new one besides has a line in
`Received`, in `DETAILS` of the form and in `CaseRecord` of the export, and its label in every language.
"""

from typing import Self

from msgspec import Struct
from msgspec.structs import asdict

from complaints.values.field_types import ShortText, Text


class Identifying(Struct, frozen=True, kw_only=True):
    """Details by which it can be known who complains: of a sealed case they are stored apart."""

    order_number: ShortText | None = None
    earlier_reference: ShortText | None = None

    @classmethod
    def of(cls, told: object) -> Self:
        """Those that something holds by the same names."""
        return cls(**{name: getattr(told, name) for name in cls.__struct_fields__})


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

UNREDACTED = ("occurred_on",)
"""No words about the matter."""


def details_of(told: object) -> dict[str, str | None]:
    """The details that something holds, by their names."""
    return asdict(Details.of(told))
