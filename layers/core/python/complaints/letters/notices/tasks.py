"""Letters about tasks: to whoever is asked, and to who looks after the case when it is late or answered."""

from typing import Any

from complaints.case.by_id import with_id
from complaints.case.complaint import Complaint
from complaints.case.correspondence.letter import Letter, LetterKind, TaskStep
from complaints.case.fact import Fact
from complaints.case.workflow.tasks import (
    HANDLER,
    MANAGER,
    MISSED,
    Task,
    TaskAssigned,
    TaskCompleted,
    TaskRaised,
    TaskReassigned,
)
from complaints.clocks.quiet_hours import next_opening
from complaints.letters.draft import draft
from complaints.site.site import SiteTerms


def asked(
    complaint: Complaint, fact: TaskAssigned | TaskReassigned, terms: SiteTerms, place: str
) -> Letter | None:
    """The letter to whoever has the task now; none to oneself, nor of an item of a checklist, which stands in
    the list of tasks."""
    task = with_id(complaint.tasks, fact.id)
    if task.to == fact.by.id or (isinstance(fact, TaskAssigned) and fact.checklist is not None):
        return None
    return _to_holder(complaint, task, fact, terms, place, TaskStep.ASKED)


def reminded(complaint: Complaint, fact: TaskRaised, terms: SiteTerms, place: str) -> Letter:
    """The letter of a reminder: to whoever has the task, to who looks after the case, or to the manager."""
    task = with_id(complaint.tasks, fact.id)
    step = TaskStep.LATE if task.rungs[fact.rung].when == MISSED else TaskStep.DUE
    if fact.to == MANAGER:
        return _to_staff(complaint, task, fact, terms, place, step, to=MANAGER)
    if fact.to == HANDLER:
        return _to_staff(complaint, task, fact, terms, place, step, member=complaint.assignee)
    return _to_holder(complaint, task, fact, terms, place, step)


def answered(complaint: Complaint, fact: TaskCompleted, terms: SiteTerms, place: str) -> Letter | None:
    """The letter to who looks after the case; none where that one recorded the answer, nor of a call.

    The team hears of the answer of an outside unit, and not of what one of it recorded.
    """
    is_known = fact.by.is_staff and complaint.assignee in (None, fact.by.id)
    if is_known or fact.letter:
        return None
    task = with_id(complaint.tasks, fact.id)
    return _to_staff(complaint, task, fact, terms, place, TaskStep.ANSWERED, member=complaint.assignee)


def _to_holder(
    complaint: Complaint, task: Task, fact: Fact, terms: SiteTerms, place: str, step: TaskStep
) -> Letter:
    """To the member, the team or the outside unit that has the task."""
    if not task.outside:
        return _to_staff(complaint, task, fact, terms, place, step, member=task.to)
    return draft(
        complaint,
        LetterKind.REQUEST,
        place,
        fact.at,
        language=terms.site.language,
        to="unit",
        text_entry=task.given,
        **_said(task, step),
    )


def _to_staff(
    complaint: Complaint,
    task: Task,
    fact: Fact,
    terms: SiteTerms,
    place: str,
    step: TaskStep,
    *,
    to: str | None = None,
    member: str | None = None,
) -> Letter:
    """A notice to a member, or to the team where there is none."""
    return draft(
        complaint,
        LetterKind.TASK,
        place,
        fact.at,
        language=terms.site.language,
        to=to or ("owner" if member else "team"),
        member=member,
        not_before=None if complaint.is_urgent else next_opening(fact.at, terms),
        **_said(task, step),
    )


def _said(task: Task, step: TaskStep) -> dict[str, Any]:
    return {"task": task.id, "step": step, "due_on": task.due}
