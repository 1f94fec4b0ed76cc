"""Classification as data: what the organisation said that a complaint is about; the words are private."""

from typing import TYPE_CHECKING

from msgspec import Struct
from msgspec.structs import replace

from complaints.case.fact import Fact
from complaints.values.field_types import CodeName

if TYPE_CHECKING:
    from complaints.case.complaint import Complaint


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
        known = (self.product, self.order_number, self.place, self.tags)
        return frozenset(number for number in known if number)


class Classified(Fact, frozen=True, kw_only=True):
    """What the organisation says a complaint is about (clauses 7.5 and 8.2), beside the complainant's words.

    What is none stays as it was. `tags` are separated by commas; `untagged` says that there are none any
    more.
    """

    PRIVATE = ("product", "order_number", "place", "tags", "reason")
    NAMES = ("order_number", "product", "place", "tags")
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
                product=entry if self.product is not None else before.product,
                order_number=entry if self.order_number is not None else before.order_number,
                place=entry if self.place is not None else before.place,
                tags=None if self.untagged else entry if self.tags is not None else before.tags,
            ),
        )
