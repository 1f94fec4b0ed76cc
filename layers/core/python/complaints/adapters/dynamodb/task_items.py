"""A task or a corrective action as an item: what lists show, by whose it is and when it is due."""

import msgspec

from complaints.adapters.dynamodb.key_schema import (
    action_key,
    actions_pk,
    task_key,
    tasks_of_member_pk,
    tasks_of_team_pk,
)
from complaints.adapters.dynamodb.models import TaskItem
from complaints.case.workflow.corrective_actions import ListedAction
from complaints.case.workflow.tasks import ListedTask

_encode = msgspec.json.Encoder().encode
_decode = msgspec.json.Decoder(ListedTask).decode
_decode_action = msgspec.json.Decoder(ListedAction).decode


def to_task_item(task: ListedTask) -> TaskItem:
    """The item of an open task, sorted under its owner by when it is due."""
    pk, sk = task_key(task.reference, task.id)
    item = TaskItem(pk, sk, row=_encode(task).decode(), site=task.site, category=task.category)
    if task.is_listed:
        item.owner_pk = tasks_of_member_pk(task.to) if task.to else tasks_of_team_pk(task.site)
        item.owner_sk = f"{task.due}#{task.reference}#{task.id}"
    return item


def from_task_item(item: TaskItem) -> ListedTask:
    """The row of a list that an item holds."""
    return _decode(item.row)


def to_action_item(action: ListedAction) -> TaskItem:
    """The item of a corrective action, sorted under its site by when it is due, checked ones apart."""
    pk, sk = action_key(action.reference, action.id)
    item = TaskItem(pk, sk, row=_encode(action).decode(), site=action.site, category=action.category)
    item.owner_pk = actions_pk(action.site, is_waiting=action.effective is None)
    item.owner_sk = f"{action.due}#{action.reference}#{action.id}"
    return item


def from_action_item(item: TaskItem) -> ListedAction:
    """The row of a list that an item holds."""
    return _decode_action(item.row)
