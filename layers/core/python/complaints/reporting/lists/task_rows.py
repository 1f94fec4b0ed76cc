"""Pages of tasks: what a list shows of each, the one that is due first before all others."""

from msgspec import Struct

from complaints.case.workflow.tasks import ListedTask


class TaskEntry(Struct, frozen=True, kw_only=True):
    """One task in a list; `place` is where the next page goes on."""

    task: ListedTask
    place: str


class TaskPage(Struct, frozen=True):
    """Some tasks, and the place after which the next page begins; `None` when there is none."""

    items: tuple[TaskEntry, ...]
    next: str | None
