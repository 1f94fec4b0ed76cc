"""What the organisation says a case is about, in the words that staff wrote."""

from collections.abc import Iterable

from msgspec import Struct

from complaints.events.classification import Classified
from complaints.events.event import Fact
from complaints.model.complaint import Complaint


class Classification(Struct, frozen=True, kw_only=True):
    """Product, place and tags as staff wrote them; the codes stand beside them in the case."""

    product: str | None = None
    place: str | None = None
    tags: list[str] = []


def classification_view(complaint: Complaint, said: Iterable[tuple[int, Fact]]) -> Classification:
    """The words that hold of a case; `said` are facts with their texts, those of its `entries` among them."""
    about = complaint.classification
    if about is None:
        return Classification()
    facts = {number: fact for number, fact in said if isinstance(fact, Classified)}
    product, place, tags = (
        getattr(facts.get(number or 0), name, None)
        for name, number in (("product", about.product), ("place", about.place), ("tags", about.tags))
    )
    return Classification(product=product, place=place, tags=tags.split(", ") if tags else [])
