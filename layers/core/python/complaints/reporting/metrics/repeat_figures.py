"""Complaints that repeat an earlier one of the same person (indicator 20): as the reader of the stream found,
or as staff said by a link.
"""

from collections.abc import Iterable, Iterator

from complaints.case.complaint import Complaint
from complaints.case.fact import Fact
from complaints.case.record.links import Linked, Relation, RepeatFound, Unlinked
from complaints.reporting.metrics.measures import ALL, Measure, Step


class Repeats:
    """The complaints that a case repeats, as its entries tell of them one after the other."""

    def __init__(self) -> None:
        self._links: set[tuple[str, Relation]] = set()
        self._found: str | None = None

    @property
    def _any(self) -> bool:
        return bool(self._links) or self._found is not None

    def told(self, facts: Iterable[Fact], complaint: Complaint) -> Iterator[Step]:
        """What the facts of the next entry add to the date of receipt of the case, which is `complaint`
        now."""
        was = self._any
        for fact in facts:
            if isinstance(fact, RepeatFound):
                self._found = fact.of
            elif isinstance(fact, Linked) and fact.repeats:
                self._links.add((fact.to, fact.relation))
            elif isinstance(fact, Unlinked):
                self._links.discard((fact.to, fact.relation))
        if complaint.received_at and was != self._any:
            yield Step(complaint.received_at, Measure.REPEATED, (ALL,), -1 if was else 1)
