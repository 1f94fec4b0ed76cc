"""What the organisation says a case is about, in the words that staff wrote."""

from collections.abc import Iterable

from msgspec import Struct

from complaints.events.classification import Classified
from complaints.events.event import Fact


class Classification(Struct, frozen=True, kw_only=True):
    """Product, place and tags as staff wrote them; the codes stand beside them in the case."""

    product: str | None = None
    place: str | None = None
    tags: list[str] = []


def classification_view(said: Iterable[tuple[int, Fact]]) -> Classification:
    """The last words of each kind; `said` are facts with their texts, in their order."""
    product = place = tags = None
    for _, fact in said:
        if isinstance(fact, Classified):
            product, place = fact.product or product, fact.place or place
            tags = None if fact.untagged else fact.tags or tags
    return Classification(product=product, place=place, tags=tags.split(", ") if tags else [])
