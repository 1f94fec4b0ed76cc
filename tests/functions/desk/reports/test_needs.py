"""What waits for somebody at the home of the desk."""

import pytest

from complaints.context.case import QueueCard
from complaints.reporting.list_rows import QueueEntry, Row
from functions.desk.reports.needs import kind_of
from tests.builders import FRIDAY, MONDAY, TUESDAY

LATE, IN_TIME = MONDAY.isoformat(), FRIDAY.isoformat()


def entry(assignee: str | None, due: str = IN_TIME, *, waits: bool = False, plan: bool = False) -> QueueEntry:
    row = Row(
        reference="C-1",
        stage="received",
        received_at=LATE,
        due=due,
        clock="respond",
        awaits_approval=waits,
        plan_to_review=plan,
    )
    return QueueEntry(row=row, card=QueueCard(), site="demo", level=1, assignee=assignee, place="1#")


@pytest.mark.parametrize(
    ("case", "kind"),
    [
        (entry("kim", LATE, waits=True), "approve"),
        (entry("me", LATE, waits=True), "mine_late"),
        (entry("me", LATE), "mine_late"),
        (entry("kim", LATE), "late"),
        (entry(None, LATE), "late"),
        (entry(None), "nobodys"),
        (entry("me"), None),
        (entry("me", waits=True), None),
        (entry("kim"), None),
        (entry("kim", plan=True), "review"),
        (entry("kim", LATE, plan=True), "late"),
    ],
)
def test_a_case_needs_somebody_where_they_can_do_something_about_it(
    case: QueueEntry, kind: str | None
) -> None:
    assert kind_of(case, "me", TUESDAY, approves=True) == kind


def test_who_may_approve_nothing_is_not_asked_to() -> None:
    assert kind_of(entry("kim", waits=True), "me", TUESDAY, approves=False) is None
