"""Lists of tasks: pages of the index `owner`, the one that is due first before all others."""

from collections.abc import Sequence

from complaints.adapters.dynamodb.case_items import from_action_item, from_task_item
from complaints.adapters.dynamodb.key_schema import actions_pk, tasks_of_member_pk, tasks_of_team_pk
from complaints.adapters.dynamodb.models import TaskItem
from complaints.adapters.dynamodb.pagination import merged
from complaints.adapters.dynamodb.reads import answering
from complaints.case.workflow.corrective_actions import ListedAction
from complaints.reporting.list_rows import TaskEntry, TaskPage


class DynamoTaskLists:
    """Lists of tasks in DynamoDB (port `TaskLists`): one query for each partition that is looked at."""

    def of_member(self, member: str, *, after: str | None, limit: int) -> TaskPage:
        return _page([tasks_of_member_pk(member)], after, limit)

    def of_teams(self, sites: Sequence[str], *, after: str | None, limit: int) -> TaskPage:
        return _page([tasks_of_team_pk(site) for site in sites], after, limit)

    def actions(self, site: str, *, is_waiting: bool, limit: int) -> tuple[ListedAction, ...]:
        """One query; those that were checked come with the last due first."""
        partition, found = actions_pk(site, is_waiting=is_waiting), []
        with answering():
            places = TaskItem.tasks.query(partition, page_size=limit, scan_index_forward=is_waiting)
            for page in places.page_iter:
                found += page["Items"]
                if len(found) >= limit:
                    break
        return tuple(from_action_item(TaskItem.from_raw_data(raw)) for raw in found[:limit])


def _page(partitions: Sequence[str], after: str | None, limit: int) -> TaskPage:
    items, end = merged([_read(pk, after, limit) for pk in partitions], limit, newest_first=False)
    return TaskPage(tuple(items), end)


def _read(pk: str, after: str | None, limit: int) -> tuple[list[TaskEntry], str | None]:
    """Up to `limit` tasks of one partition, and the place of the last one where more follow."""
    places = TaskItem.owner_sk > after if after else None
    with answering():
        page = next(TaskItem.tasks.query(pk, places, page_size=limit).page_iter)
    items = [TaskItem.from_raw_data(raw) for raw in page["Items"]]
    found = [TaskEntry(task=from_task_item(item), place=str(item.owner_sk)) for item in items]
    return found, found[-1].place if page.get("LastEvaluatedKey") else None
