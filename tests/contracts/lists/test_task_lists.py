"""Lists of tasks on the real engine: page by page, the one that is due first before all others."""

from datetime import date
from typing import Any

import pytest
from msgspec.structs import replace

from complaints.adapters.dynamodb.case_items import to_action_item, to_task_item
from complaints.adapters.maintenance.rebuild_heads import Rebuilding
from complaints.adapters.stores.cases.case_store import DynamoCases
from complaints.adapters.stores.lists.task_lists import DynamoTaskLists
from complaints.casework.workflow.corrective_actions import Act, Acted
from complaints.casework.workflow.tasks import AddTask, CancelTask, ReassignTask
from complaints.handling.service import Casework
from complaints.reporting.list_rows import TaskPage
from tests.builders import ADA, Story, a_complaint, a_member
from tests.fakes import CountingSalt, FixedKeys

pytestmark = pytest.mark.usefixtures("table")


def stored(story: Story) -> Story:
    """The story, carried out on the real store from now on."""
    store: Any = DynamoCases()
    story.cases = store
    story.casework = Casework(store, FixedKeys(), CountingSalt())
    return story


def a_case(*asked: AddTask) -> Story:
    """A case that gave these tasks."""
    story = stored(a_complaint()).received()
    for command in asked:
        story.does(ADA, command, colleague=a_member(command.to) if command.to else None)
    return story


def ask(day: int, **fields: Any) -> AddTask:
    return AddTask(text="What did the driver note?", due=date(2026, 2, day), **{"to": "grace"} | fields)


def found(page: TaskPage) -> list[str]:
    return [each.task.id for each in page.items]


def of_grace(after: str | None = None, limit: int = 50) -> TaskPage:
    return DynamoTaskLists().of_member("grace", after=after, limit=limit)


def of_team() -> TaskPage:
    return DynamoTaskLists().of_teams(["demo", "other"], after=None, limit=50)


def test_what_is_due_first_stands_first_page_by_page() -> None:
    a_case(ask(9), ask(4), ask(6), ask(5, to=None), ask(3, to="ruth"))
    assert found(of_grace()) == ["2", "3", "1"]
    first = of_grace(limit=2)
    assert (found(first), found(of_grace(first.next, limit=2))) == (["2", "3"], ["1"])
    assert found(of_team()) == ["4"]


def test_a_task_leaves_the_list_when_it_ends_or_is_somebody_elses() -> None:
    story = a_case(ask(4), ask(5))
    story.does(ADA, CancelTask(task="1", reason="-")).does(ADA, ReassignTask(task="2"))
    assert (found(of_grace()), found(of_team())) == ([], ["2"])
    story.does(ADA, ReassignTask(task="2", unit="Swift", email="claims@swift.example"))
    assert found(of_team()) == []


def act(day: int) -> Act:
    return Act(action="training_given", owner="grace", due=date(2026, 3, day))


def test_corrective_actions_of_cases_stand_by_their_dates_until_they_are_checked() -> None:
    story = a_case()
    for day in (9, 4, 6):
        story.does(ADA, act(day), colleague=a_member("grace"))
    lists = DynamoTaskLists()

    def listed(**which: Any) -> list[str]:
        return [each.id for each in lists.actions("demo", **{"is_waiting": True, "limit": 50} | which)]

    assert (listed(), listed(limit=2)) == (["2", "3", "1"], ["2", "3"])
    story.does(ADA, Acted(action="1", effective=True))
    assert (listed(), listed(is_waiting=False)) == (["2", "3"], ["1"])
    assert lists.actions("other", is_waiting=True, limit=50) == ()


def test_a_rebuild_lists_the_actions_of_cases_from_before_there_was_a_register() -> None:
    story = a_case().does(ADA, act(9), colleague=a_member("grace"))
    to_action_item(
        replace(DynamoTaskLists().actions("demo", is_waiting=True, limit=1)[0], owner="ruth")
    ).save()
    [finding] = Rebuilding(mends=True).findings()
    assert finding.name == f"{story.reference} action#1"
    [mended] = DynamoTaskLists().actions("demo", is_waiting=True, limit=50)
    assert mended.owner == "grace"


def test_a_rebuild_finds_and_mends_a_list_that_differs_from_the_facts() -> None:
    story = a_case(ask(4))
    [entry] = of_grace().items
    assert list(Rebuilding(mends=False).findings()) == []
    to_task_item(replace(entry.task, to="ruth")).save()
    [finding] = Rebuilding(mends=True).findings()
    assert finding.name == f"{story.reference} task#1"
    assert (finding.mended, found(of_grace())) == (True, ["1"])
