"""What the organisation said that a complaint is about; the words stand in private items."""

from msgspec import Struct


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
