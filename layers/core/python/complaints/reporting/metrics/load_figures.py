"""Figures of load (ISO 10002, 6.4): which cases members of staff took on, left and decided, by their ids.

They are kept apart from what complainants say of the handling: no figure tells what they think of a person.
"""

from collections.abc import Iterator
from datetime import datetime

from complaints.case.complaint import Complaint
from complaints.reporting.metrics.measures import Measure, Step

TAKEN, LEFT, DECIDED = "taken", "left", "decided"
"""What a value begins with; the id of the member follows."""


def loaded(before: Complaint, after: Complaint, at: datetime) -> Iterator[Step]:
    """Counts a case when somebody gets it and when it ends or goes to somebody else, and each decision that
    was communicated, for who made it."""
    was, now = _holder(before), _holder(after)
    if was != now:
        for holder, what in ((was, LEFT), (now, TAKEN)):
            if holder:
                yield Step(at, Measure.LOAD, (f"{what}:{holder}",))
    known = {each.entry for each in before.decisions if each.told_at}
    for each in after.decisions:
        if each.told_at and each.entry not in known:
            yield Step(each.told_at, Measure.LOAD, (f"{DECIDED}:{each.decided_by}",))


def _holder(complaint: Complaint) -> str | None:
    is_open = complaint.counts and complaint.stage.is_open
    return complaint.assignee if is_open else None
