"""Facts about links between cases; each stands on both of them."""

from complaints.events.event import Fact
from complaints.model.links import Relation


class Linked(Fact, frozen=True, kw_only=True):
    """The case belongs beside the case `to`, which stays a case of its own."""

    PRIVATE = ("reason",)
    to: str
    relation: Relation
    reason: str | None = None


class Unlinked(Fact, frozen=True, kw_only=True):
    """The link was a mistake, or does not help any more."""

    PRIVATE = ("reason",)
    to: str
    relation: Relation
    reason: str | None = None


LinkFact = Linked | Unlinked
