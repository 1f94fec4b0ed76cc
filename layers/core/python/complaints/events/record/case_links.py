"""Facts about links between cases; each stands on both of them."""

from complaints.events.event import Fact
from complaints.model.record.case_links import Relation


class Linked(Fact, frozen=True, kw_only=True):
    """The case is linked to the case `to`; both stay cases of their own. It `repeats` the other when that is
    an earlier complaint of the same person about the same, not long before."""

    PRIVATE = ("reason",)
    to: str
    relation: Relation
    reason: str | None = None
    repeats: bool = False


class Unlinked(Fact, frozen=True, kw_only=True):
    """The link was a mistake, or does not help any more."""

    PRIVATE = ("reason",)
    to: str
    relation: Relation
    reason: str | None = None


class RepeatFound(Fact, frozen=True, kw_only=True):
    """The case is known to repeat the earlier complaint `of`, or none any more: of the same mail address,
    product and category, not long before. That it is the same person is not proved by it."""

    of: str | None = None

    @property
    def is_found(self) -> bool:
        return self.of is not None


LinkFact = Linked | Unlinked | RepeatFound
