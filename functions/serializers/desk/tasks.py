"""What is shown of tasks at the desk, as JSON."""

from collections.abc import Iterable
from datetime import date
from typing import TYPE_CHECKING

from msgspec import UNSET, Struct, UnsetType

from complaints.case.complaint import Complaint
from complaints.case.fact import Fact
from complaints.case.workflow.tasks import TaskAssigned, TaskCompleted, TaskState
from functions.serializers.field_types import Member

if TYPE_CHECKING:
    from complaints.adapters.container import Container


class TaskShown(Struct, frozen=True, kw_only=True):
    """A task: the member `to` has it, an `outside` unit, or the team. `entry` is the number of the entry that
    asked for it. A `call` to the complainant has the kind and the id of the `letter` in whose place it is.

    `text` is what is asked for, `answer` what came of it; neither is repeated after a command.
    """

    id: str
    to: Member | None
    outside: bool
    due: date
    state: TaskState
    state_label: str
    overdue: bool
    asked_by: Member
    entry: int
    call: str | None
    letter: str | None
    text: str | UnsetType = UNSET
    answer: str | UnsetType | None = UNSET


def tasks_view(
    deps: "Container", language: str, complaint: Complaint, facts: Iterable[tuple[int, Fact]] | None = None
) -> list[TaskShown]:
    """The tasks of the case; with the `facts` about them, where the entries were read."""
    if not complaint.tasks:
        return []
    today = deps.sites.terms(complaint.site).today(deps.now())
    texts, answers = task_texts(facts or ())
    return [
        TaskShown(
            id=task.id,
            to=task.to,
            outside=task.outside,
            due=task.due,
            state=task.state,
            state_label=deps.catalogues.text(language, f"words.task_state.{task.state}"),
            overdue=task.is_overdue(today),
            asked_by=task.asked_by,
            entry=task.entry,
            call=task.call,
            letter=task.letter,
            text=texts.get(task.id, UNSET),
            answer=answers.get(task.id, UNSET),
        )
        for task in complaint.tasks
    ]


def task_texts(numbered_facts: Iterable[tuple[int, Fact]]) -> tuple[dict[str, str], dict[str, str | None]]:
    """What is asked for by tasks, and what was answered, by the ids of the tasks."""
    facts = [fact for _, fact in numbered_facts]
    texts = {fact.id: fact.text for fact in facts if isinstance(fact, TaskAssigned)}
    answers = {fact.id: fact.answer for fact in facts if isinstance(fact, TaskCompleted)}
    return texts, answers


def entries(complaint: Complaint) -> set[int]:
    """The entries that hold what is asked for by tasks that are open."""
    return {task.entry for task in complaint.tasks if task.is_open and task.call is None}
