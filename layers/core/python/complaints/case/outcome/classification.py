"""Classification as data: what the organisation said that a complaint is about; the words are private."""

from typing import TYPE_CHECKING

from msgspec import Struct
from msgspec.structs import replace

from complaints.case.fact import Fact
from complaints.values.field_types import CodeName

if TYPE_CHECKING:
    from complaints.case.complaint import Complaint


class Words(Struct, frozen=True, kw_only=True):
    """What staff may say in words of their own, beside codes and tags."""

    product: str | None
    order_number: str | None
    place: str | None


WORDS = Words.__struct_fields__


class Classification(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """`told` is the category that the complainant chose, where the organisation named another or the same.

    `product`, `order_number`, `place` and `tags` are the numbers of the entries whose private items hold
    them.
    """

    told: str | None = None
    subcategory: str | None = None
    product: int | None = None
    order_number: int | None = None
    place: int | None = None
    tags: int | None = None

    @property
    def entries(self) -> frozenset[int]:
        """The entries that hold the words of it."""
        return frozenset(number for name in (*WORDS, "tags") if (number := getattr(self, name)))


class Classified(Fact, frozen=True, kw_only=True):
    """What the organisation says a complaint is about (clauses 7.5 and 8.2), beside the complainant's words.

    What is none stays as it was. `tags` are separated by commas; `untagged` says that there are none any
    more.
    """

    PRIVATE = (*WORDS, "tags", "reason")
    NAMES = (*WORDS, "tags")
    TEXTS = ("reason",)

    category: CodeName | None = None
    subcategory: CodeName | None = None
    product: str | None = None
    order_number: str | None = None
    place: str | None = None
    tags: str | None = None
    untagged: bool = False
    reason: str | None = None

    def apply(self, complaint: "Complaint") -> "Complaint":
        """A new category ends a sub-category of the one before; the first one keeps the complainant's."""
        before = complaint.classification or Classification(told=complaint.category)
        category = self.category or complaint.category
        subcategory = before.subcategory if category == complaint.category else None
        entry = complaint.number + 1
        return replace(
            complaint,
            category=category,
            classification=replace(
                before,
                subcategory=self.subcategory or subcategory,
                **{name: entry for name in WORDS if getattr(self, name) is not None},
                tags=None if self.untagged else entry if self.tags is not None else before.tags,
            ),
        )
