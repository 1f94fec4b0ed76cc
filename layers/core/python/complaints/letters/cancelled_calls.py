"""Calls that end because the complainant can or may no longer be called: each letter goes by the way that is
left.
"""

from collections.abc import Iterator

from complaints.case.complaint import Complaint
from complaints.case.correspondence.letter import LetterKind
from complaints.case.correspondence.letters import LetterPrepared
from complaints.case.people.adjustments import AdjustmentKind
from complaints.case.workflow.tasks import Task, TaskCancelled, TaskEnd
from complaints.context.decision_context import Context
from complaints.letters.draft import way_of
from complaints.values.field_types import Way


def cancelled_calls(complaint: Complaint, context: Context) -> Iterator[TaskCancelled | LetterPrepared]:
    """What becomes of the open calls of a case whose complainant is not to be called: none where they are."""
    if Way.TELEPHONE in complaint.reach and not complaint.needs(AdjustmentKind.NO_TELEPHONE):
        return
    for task in complaint.tasks:
        if task.is_open and task.call and task.letter:
            yield from _in_writing(complaint, task, LetterKind(task.call), task.letter, context)


def _in_writing(
    complaint: Complaint, task: Task, kind: LetterKind, letter: str, context: Context
) -> Iterator[TaskCancelled | LetterPrepared]:
    way = way_of(complaint, kind)
    yield TaskCancelled(
        at=context.now, by=context.by, id=task.id, because=TaskEnd.NO_TELEPHONE, letter=letter, way=way
    )
    if way is Way.POST:
        yield LetterPrepared(at=context.now, by=context.by, letter=letter, kind=kind, about=task.about)
