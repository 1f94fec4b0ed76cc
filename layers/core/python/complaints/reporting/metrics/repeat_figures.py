"""Complaints that repeat an earlier one of the same person (indicator 20), as far as staff linked the two."""

from collections.abc import Iterable, Iterator

from complaints.events.event import Fact
from complaints.events.record.case_links import Linked, Unlinked
from complaints.model.complaint import Complaint
from complaints.model.record.case_links import Relation
from complaints.reporting.metrics.measures import ALL, Measure, Step


class Repeats:
    """The links of a case to complaints that it repeats, as its entries tell of them one after the other."""

    def __init__(self) -> None:
        self._links: set[tuple[str, Relation]] = set()

    def told(self, facts: Iterable[Fact], complaint: Complaint) -> Iterator[Step]:
        """What the facts of the next entry add to the date of receipt of the case, which is `complaint`
        now."""
        was = bool(self._links)
        for fact in facts:
            if isinstance(fact, Linked) and fact.repeats:
                self._links.add((fact.to, fact.relation))
            elif isinstance(fact, Unlinked):
                self._links.discard((fact.to, fact.relation))
        if complaint.received_at and was != bool(self._links):
            yield Step(complaint.received_at, Measure.REPEATED, (ALL,), -1 if was else 1)
