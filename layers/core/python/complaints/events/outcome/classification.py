"""The fact that staff said what a complaint is about."""

from complaints.events.event import Fact
from complaints.values.field_types import CodeName


class Classified(Fact, frozen=True, kw_only=True):
    """What the organisation says a complaint is about (clauses 7.5 and 8.2), beside the complainant's words.

    What is none stays as it was. `tags` are separated by commas; `untagged` says that there are none any
    more.
    """

    PRIVATE = ("product", "order_number", "place", "tags", "reason")

    category: CodeName | None = None
    subcategory: CodeName | None = None
    product: str | None = None
    order_number: str | None = None
    place: str | None = None
    tags: str | None = None
    untagged: bool = False
    reason: str | None = None
