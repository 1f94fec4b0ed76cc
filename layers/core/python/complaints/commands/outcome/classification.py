"""The command by which staff say what a complaint is about."""

from typing import Annotated

from msgspec import Meta

from complaints.commands.command import StaffCommand
from complaints.values.field_types import CodeName, ShortText, Text

MOST_TAGS = 10

_WORD = r"[^\s,\x00-\x1f\x7f-\x9f]+"
Tag = Annotated[str, Meta(min_length=1, max_length=40, pattern=rf"^{_WORD}( {_WORD})*$(?!\n)")]
"""One short word, or a few with single spaces between them; no comma, because that separates tags."""


class Classify(StaffCommand, frozen=True, kw_only=True):
    """Category and sub-category of the organisation's own, product, order number, place and tags.

    What is left out stays as it was. `tags` are all that the case has from then on.
    """

    verb = "classify"
    category: CodeName | None = None
    subcategory: CodeName | None = None
    product: ShortText | None = None
    order_number: ShortText | None = None
    place: ShortText | None = None
    tags: Annotated[tuple[Tag, ...], Meta(max_length=MOST_TAGS)] | None = None
    reason: Text | None = None
