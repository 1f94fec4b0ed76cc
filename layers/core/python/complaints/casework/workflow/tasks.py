"""Tasks: what a colleague, the team or an outside unit is asked for by a date, reminders, and the answer.

    open ─▶ completed | cancelled

One that is open is cancelled when the case ends: nobody is asked for what is not needed any more. An outside
unit answers by a link, which opens nothing once the task has ended or is somebody else's.
"""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime, timedelta

from complaints.case.by_id import with_id
from complaints.case.clock import Rung
from complaints.case.complaint import Complaint
from complaints.case.correspondence.letter import Letter, LetterKind
from complaints.case.fact import Fact
from complaints.case.outcome.classification import Classified
from complaints.case.outcome.decision import Responded
from complaints.case.process.acknowledgement import Acknowledged
from complaints.case.process.assessment import Assessed
from complaints.case.workflow.tasks import (
    BEFORE,
    HANDLER,
    HOLDER,
    MANAGER,
    MISSED,
    CallAssigned,
    Task,
    TaskAssigned,
    TaskCancelled,
    TaskCompleted,
    TaskEnd,
    TaskRaised,
    TaskReassigned,
)
from complaints.casework.command import ALL, ANY, OPEN, WHY, Command, Group, StaffCommand, StaffDeclaration
from complaints.casework.correspondence.letters import facts_once_communicated
from complaints.casework.people.conflicts_of_interest import must_have_no_interest
from complaints.casework.people.sensitive_cases import may_see
from complaints.casework.recorded_times import letter_told_at
from complaints.casework.workflow import corrective_actions
from complaints.casework.workflow.corrective_actions import FARTHEST, may_own
from complaints.context.decision_context import Context
from complaints.delivery.email_address import mail_address
from complaints.due_dates.due_date import opening_after, opening_by
from complaints.site.site import SiteTerms, checklists_for
from complaints.values.errors import Invalid, NotFound, NotNow, TasksFull, Wrong
from complaints.values.field_types import LongText, ShortText, Way
from complaints.values.people import CASE_ROLES, Actor


class AddTask(StaffCommand, frozen=True, kw_only=True):
    """Asks a colleague, an outside unit, or without either the team for something by a date (`due`).

    `to` is the id of an active member of the site (agent, reviewer, quality). A `unit` is written to at
    `email`, and answers on a page of its own, which shows what is asked and what is `shown`.
    """

    verb = "task"
    text: LongText
    due: date
    to: ShortText | None = None
    unit: ShortText | None = None
    email: ShortText | None = None
    shown: LongText | None = None


class CompleteTask(StaffCommand, frozen=True, kw_only=True):
    """Says what was asked for. `task` is the id, needed where several are open.

    For a call, `at` is when it was, if not now: what its letter says counts as told then.
    """

    verb = "complete"
    task: ShortText | None = None
    answer: LongText
    at: datetime | None = None


class CancelTask(StaffCommand, frozen=True, kw_only=True):
    """Ends a task that is not needed any more. `task` is the id, needed where several are open."""

    verb = "cancel"
    task: ShortText | None = None
    reason: LongText


class ReassignTask(StaffCommand, frozen=True, kw_only=True):
    """Gives an open task to somebody else, as `AddTask` names them. Its date stands."""

    verb = "reassign"
    task: ShortText | None = None
    to: ShortText | None = None
    unit: ShortText | None = None
    email: ShortText | None = None


class AnswerTask(Command, frozen=True, kw_only=True):
    """An outside unit says what was asked for."""

    verb = "answer_task"
    task: str
    answer: LongText


_TOLD_BY: Mapping[type[Fact], str] = {
    Acknowledged: LetterKind.ACKNOWLEDGEMENT,
    Responded: LetterKind.RESOLUTION,
}
"""What is told by these facts, whatever way it was told, as the kind of its letter."""

MOST_TASKS = 50
MOST_OPEN = 20
"""How many tasks of a case may be open: one read holds what each asks for."""


def add(complaint: Complaint, command: AddTask, context: Context) -> list[Fact]:
    """Asks somebody for something by a date. Raises `Invalid` with all that is wrong."""
    wrong = (*_wrong_holder(complaint, command, context), *_wrong_date(command.due, context))
    if wrong:
        raise Invalid(*wrong)
    return [
        TaskAssigned(
            at=context.now,
            by=context.by,
            id=str(len(complaint.tasks) + 1),
            to=command.to,
            due=command.due,
            rungs=_rungs(command.due, context.terms),
            text=command.text,
            outside=command.email is not None,
            unit=command.unit,
            email=command.email,
            shown=command.shown,
        )
    ]


def complete(complaint: Complaint, command: CompleteTask, context: Context) -> list[Fact]:
    """Records what was asked for. Raises `Invalid`."""
    task = _meant(complaint, command.task, context)
    if task.call is None and command.at:
        raise Invalid(Wrong("/at", "not-a-call"))
    if task.call is None or task.letter is None:
        return [TaskCompleted(at=context.now, by=context.by, id=task.id, answer=command.answer)]
    told_at = letter_told_at(complaint, command.at or context.now, task.called_for, context)
    called = TaskCompleted(
        at=context.now,
        by=context.by,
        id=task.id,
        answer=command.answer,
        letter=task.letter,
        told_at=told_at,
    )
    return [
        called,
        *facts_once_communicated(
            complaint, task.letter, task.call, task.about, Way.TELEPHONE, told_at, context
        ),
    ]


def cancel(complaint: Complaint, command: CancelTask, context: Context) -> list[Fact]:
    """Ends a task that is not needed any more. Raises `Invalid`."""
    task = _meant(complaint, command.task, context)
    return [
        TaskCancelled(
            at=context.now,
            by=context.by,
            id=task.id,
            because=TaskEnd.NOT_NEEDED,
            reason=command.reason,
            letter=task.letter,
        )
    ]


def reassign(complaint: Complaint, command: ReassignTask, context: Context) -> list[Fact]:
    """Gives a task to somebody else; nothing follows where that one has it.

    Raises `Invalid`, also for a call to an outside unit: its answer does not say that the complainant was
    told.
    """
    task = _meant(complaint, command.task, context)
    is_outside = command.email is not None
    if is_outside and task.call:
        raise Invalid(Wrong("/email", "call-is-ours"))
    wrong = tuple(_wrong_holder(complaint, command, context))
    if wrong:
        raise Invalid(*wrong)
    if task.call and context.colleague and not context.colleague.handles(complaint.site):
        raise Invalid(Wrong("/to", "not-a-colleague"))
    if task.to == command.to and not (is_outside or task.outside):
        return []
    return [
        TaskReassigned(
            at=context.now,
            by=context.by,
            id=task.id,
            to=command.to,
            outside=is_outside,
            unit=command.unit,
            email=command.email,
        )
    ]


def answer(complaint: Complaint, command: AnswerTask, context: Context) -> list[Fact]:
    """Takes the answer of an outside unit. Raises `NotFound` where its link opens the task no more."""
    task = with_id(complaint.tasks, command.task)
    if not task.is_answerable(context.terms.today(context.now)):
        raise NotFound
    return [TaskCompleted(at=context.now, by=context.by, id=task.id, answer=command.answer)]


def fallen_due(complaint: Complaint, context: Context) -> Iterator[Fact]:
    """What the schedule finds at `context.now`: tasks that are due or overdue, each said once."""
    for task in complaint.tasks:
        for place, rung in enumerate(task.rungs):
            if task.is_open and not rung.raised and rung.at <= context.now:
                yield TaskRaised(at=context.now, by=context.by, id=task.id, rung=place, to=rung.to)


def follow(before: Complaint, after: Complaint, happened: Iterable[Fact], context: Context) -> list[Fact]:
    """What a command means for tasks: a call is made by it, a checklist holds from now on, or the case ends.

    `after` is the case after what `happened`.
    """
    return [
        *_calls_made(after, happened, context),
        *_from_checklists(after, happened, context),
        *_ended_with_case(before, after, context),
    ]


def _from_checklists(
    complaint: Complaint, happened: Iterable[Fact], context: Context
) -> Iterator[TaskAssigned]:
    """The items of the checklists that hold for a complaint that was classified or assessed, each once.

    Who looks after the case has them, else the team. A case takes no more than `MOST_TASKS`.
    """
    if not context.terms.site.checklists or not complaint.stage.is_open:
        return
    if not any(isinstance(fact, Assessed | Classified) for fact in happened):
        return
    used = {task.checklist for task in complaint.tasks}
    today = context.terms.today(context.now)
    items = [
        (checklist.name, item)
        for checklist in checklists_for(context.terms.site.checklists, complaint.category)
        if checklist.name not in used
        for item in checklist.items
    ]
    held = len(complaint.tasks)
    for number, (name, item) in enumerate(items[: max(0, MOST_TASKS - held)], held + 1):
        due = today + timedelta(days=item.days)
        yield TaskAssigned(
            at=context.now,
            by=context.by,
            id=str(number),
            to=complaint.assignee,
            due=due,
            rungs=_rungs(due, context.terms),
            text=item.text,
            checklist=name,
        )


def _ended_with_case(before: Complaint, after: Complaint, context: Context) -> Iterator[Fact]:
    """The tasks that are cancelled because the case has ended."""
    if not before.stage.is_open or after.stage.is_open or after.merged_into:
        return
    for task in after.tasks:
        if task.is_open:
            yield TaskCancelled(
                at=context.now, by=context.by, id=task.id, because=TaskEnd.CASE_ENDED, letter=task.letter
            )


def call(complaint: Complaint, number: int, letter: Letter, context: Context) -> CallAssigned:
    """The call in place of a letter, as the task of this number: by the end of the next business day."""
    calendar = context.terms.calendar(context.terms.packs[0].id)
    due = calendar.business_day_after(context.terms.today(context.now))
    return CallAssigned(
        at=context.now,
        by=context.by,
        id=str(number),
        to=complaint.assignee,
        due=due,
        rungs=_rungs(due, context.terms),
        letter=letter.id,
        kind=letter.kind,
        about=letter.about,
    )


def _calls_made(complaint: Complaint, happened: Iterable[Fact], context: Context) -> Iterator[TaskCompleted]:
    """The calls that are no more to be made: what they were to tell was told, as another command says."""
    told_of = {_TOLD_BY[type(fact)]: fact for fact in happened if isinstance(fact, Acknowledged | Responded)}
    for task in complaint.tasks:
        fact = told_of.get(task.call or "")
        if task.is_open and fact:
            yield TaskCompleted(
                at=context.now, by=context.by, id=task.id, letter=task.letter, told_at=fact.told_at
            )


def can_be_added(complaint: Complaint, context: Context) -> NotNow | None:
    """Whether the case takes one more, and this person has no conflict of interest in it."""
    held = sum(task.is_open for task in complaint.tasks)
    if held >= MOST_OPEN or len(complaint.tasks) >= MOST_TASKS:
        return TasksFull()
    return must_have_no_interest(complaint, context)


def can_be_ended(complaint: Complaint, context: Context) -> NotNow | None:
    """Whether a task is open to this person, who has no conflict of interest in the case."""
    if not open_to(context.by, complaint):
        return NotNow()
    return must_have_no_interest(complaint, context)


def _wrong_holder(complaint: Complaint, command: AddTask | ReassignTask, context: Context) -> Iterator[Wrong]:
    """What speaks against the colleague or the outside unit as the one who is asked."""
    if command.unit and command.email is None:
        yield Wrong("/email", "missing")
    if command.email is not None:
        yield from _wrong_unit(command, command.email)
        return
    if command.to is None:
        return
    member = context.colleague
    if member is None or member.id != command.to or not may_own(member, complaint.site):
        yield Wrong("/to", "not-a-colleague")
    elif not may_see(member, context.terms.site, complaint.categories):
        yield Wrong("/to", "not-cleared")
    elif member.id in complaint.conflicts:
        yield Wrong("/to", "not-independent")


def _wrong_unit(command: AddTask | ReassignTask, email: str) -> Iterator[Wrong]:
    """A unit has a name and an address, and is nobody else."""
    if mail_address(email) != email:
        yield Wrong("/email", "not-a-mail-address")
    if command.unit is None:
        yield Wrong("/unit", "missing")
    if command.to is not None:
        yield Wrong("/to", "colleague-or-unit")


def _wrong_date(due: date, context: Context) -> Iterator[Wrong]:
    today = context.terms.today(context.now)
    if due < today:
        yield Wrong("/due", "past")
    elif due > today + FARTHEST:
        yield Wrong("/due", "too-far")


def open_to(by: Actor, complaint: Complaint) -> list[Task]:
    """The open tasks that somebody may end: a call is for those who work on cases, because it tells the
    complainant what a letter says."""
    works_on_cases = not CASE_ROLES.isdisjoint(by.roles)
    return [task for task in complaint.tasks if task.is_open and (works_on_cases or not task.call)]


def _meant(complaint: Complaint, id: str | None, context: Context) -> Task:
    """The open task that is named, or the only one. Raises `Invalid`."""
    held = open_to(context.by, complaint)
    if id is not None:
        named = next((task for task in held if task.id == id), None)
        if named is None:
            raise Invalid(Wrong("/task", "task-not-open"))
        return named
    if len(held) > 1:
        raise Invalid(Wrong("/task", "several-tasks"))
    return held[0]


def _rungs(due: date, terms: SiteTerms) -> tuple[Rung, ...]:
    """Whoever has the task is reminded when work begins on that date, or on the last day of work before it;
    who looks after the case is told when it has passed, and the manager a business day later."""
    calendar = terms.calendar(terms.packs[0].id)
    return (
        Rung(when=BEFORE, to=HOLDER, at=opening_by(calendar, due)),
        Rung(when=MISSED, to=HANDLER, at=opening_after(calendar, due)),
        Rung(when=MISSED, to=MANAGER, at=opening_after(calendar, due, business_days=1)),
    )


STAFF = (
    StaffDeclaration(
        AddTask,
        add,
        OPEN,
        can_be_added,
        feedback=ANY,
        roles=CASE_ROLES,
        group=Group.TASKS,
        place=10,
        own_labels=("text", "to"),
        in_macros=True,
        summary="Asks a colleague or the team for something by a date",
        example={"text": "What did the driver note at the door?", "to": "deniz", "due": "2026-03-12"},
    ),
    StaffDeclaration(
        CompleteTask,
        complete,
        ALL,
        can_be_ended,
        feedback=ANY,
        when_merged=True,
        roles=corrective_actions.OWNERS,
        group=Group.TASKS,
        place=20,
        summary="Completes a task: records what was asked for",
        example={"task": "1", "answer": "The box was wet. He took a photograph."},
    ),
    StaffDeclaration(
        ReassignTask,
        reassign,
        ALL,
        can_be_ended,
        feedback=ANY,
        when_merged=True,
        roles=corrective_actions.OWNERS,
        group=Group.TASKS,
        place=30,
        form_note=True,
        own_labels=("to",),
        summary="Gives a task to a colleague, or to the team",
        example={"task": "1", "to": "deniz"},
    ),
    StaffDeclaration(
        CancelTask,
        cancel,
        ALL,
        can_be_ended,
        feedback=ANY,
        when_merged=True,
        roles=corrective_actions.OWNERS,
        group=Group.TASKS,
        place=40,
        summary="Cancels a task that is not needed any more",
        example={"task": "1", "reason": WHY},
    ),
)
