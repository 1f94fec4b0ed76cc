"""What the organisation says a case is about, in the words that staff wrote."""

from collections.abc import Iterable

from msgspec import Struct

from complaints.case.complaint import Complaint
from complaints.case.fact import Fact
from complaints.case.outcome.classification import Classified


class Classification(Struct, frozen=True, kw_only=True):
    """Product, order number, place and tags as staff wrote them; the codes stand beside them in the case."""

    product: str | None = None
    order_number: str | None = None
    place: str | None = None
    tags: list[str] = []


def classification_view(complaint: Complaint, numbered_facts: Iterable[tuple[int, Fact]]) -> Classification:
    """The words that hold of a case; `numbered_facts` come with texts, those of its `entries` among them."""
    about = complaint.classification
    if about is None:
        return Classification()
    facts = {number: fact for number, fact in numbered_facts if isinstance(fact, Classified)}
    said_of = {
        name: getattr(facts.get(getattr(about, name) or 0), name, None)
        for name in ("product", "order_number", "place", "tags")
    }
    tags = said_of.pop("tags")
    return Classification(**said_of, tags=tags.split(", ") if tags else [])
