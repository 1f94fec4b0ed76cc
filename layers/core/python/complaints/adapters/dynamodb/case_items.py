"""A case as its head item, the snapshot of its facts, with the attributes by which the indexes find it.

A task or a corrective action as an item: what lists show, by whose it is and when it is due.
"""

from datetime import datetime
from typing import Any

import msgspec

from complaints.adapters.dynamodb.encryption import decrypted, encrypted
from complaints.adapters.dynamodb.key_schema import (
    AT_ONCE,
    DEADLINE,
    ERASURES,
    NEVER,
    USUALLY,
    Key,
    action_key,
    actions_pk,
    due_pk,
    due_sk,
    head_key,
    retention_pk,
    retention_sk,
    sortable,
    task_key,
    tasks_of_member_pk,
    tasks_of_team_pk,
)
from complaints.adapters.dynamodb.models import Head, TaskItem
from complaints.case.complaint import Complaint
from complaints.case.workflow.corrective_actions import ListedAction
from complaints.case.workflow.tasks import ListedTask
from complaints.context.case import Case, QueueCard, SubmissionRecord
from complaints.reporting.list_rows import FIRST, USUAL, Row, queue_of
from complaints.values.errors import WrittenByNewerRelease

_encode = msgspec.json.Encoder().encode
_state = msgspec.json.Decoder(Complaint).decode
_opening = msgspec.json.Decoder(SubmissionRecord).decode
_card = msgspec.json.Decoder(QueueCard).decode


def to_head(case: Case) -> Head:
    """The head item of a case: its state, and the attributes that the indexes sort it by."""
    complaint = case.complaint
    pk, sk = head_key(complaint.reference)
    return Head(
        pk,
        sk,
        number=complaint.number,
        state=_encode(complaint).decode(),
        opening=_encode(case.opening).decode(),
        card=_encode(_encrypted(case.card, case.data_key, (pk, sk))).decode(),
        row=_encode(_row(complaint)).decode(),
        site=complaint.site,
        assignee=complaint.assignee,
        level=complaint.level,
        category=complaint.category,
        **_places(complaint),
    )


def from_head(head: Head, data_key: bytes | None = None) -> Case:
    """A case, with its data key where that was read beside it.

    Raises `WrittenByNewerRelease` for a head of another shape, `msgspec.DecodeError` for no head.
    """
    try:
        return Case(
            complaint=_state(head.state),
            opening=_opening(head.opening),
            card=card_of(head, data_key),
            data_key=data_key,
        )
    except msgspec.ValidationError as error:
        raise WrittenByNewerRelease from error


def card_of(head: Head, data_key: bytes | None) -> QueueCard:
    """The card of a head: in clear where the case has no key. Raises `msgspec.DecodeError` for no card."""
    return opened_card(_card(head.card), data_key, (head.pk, head.sk))


def opened_card(card: QueueCard, data_key: bytes | None, place: Key) -> QueueCard:
    """What a card of the head at a place says; the same one where this is not its key."""
    data = decrypted(card.encrypted, data_key, place) if card.encrypted else None
    return card if data is None else _card(data)


def _encrypted(card: QueueCard, data_key: bytes | None, place: Key) -> QueueCard:
    """The card as it is stored: an empty one in clear, as erasure leaves it without its key."""
    if card.encrypted or card == QueueCard() or not data_key:
        return card
    return QueueCard(encrypted=encrypted(_encode(card), data_key, place))


def _row(complaint: Complaint) -> Row:
    binding = complaint.binding_clock
    return Row(
        reference=complaint.reference,
        stage=complaint.stage,
        received_at=sortable(complaint.received_at),
        due=sortable(binding.due) if binding else None,
        clock=binding.purpose if binding else None,
        has_news=complaint.has_news,
        priority=complaint.priority,
        is_vulnerable=complaint.is_vulnerable,
        has_needs=complaint.has_any_needs,
        letter_failed=bool(complaint.failed_letters),
        letters_to_post=bool(complaint.to_post),
        awaits_approval=complaint.awaits_approval,
        is_danger=complaint.is_danger,
        plan_to_review=bool(complaint.contact_plan and complaint.contact_plan.raised),
        version=complaint.version,
        other_categories=complaint.other_categories,
    )


def _places(complaint: Complaint) -> dict[str, Any]:
    """Where the indexes find the case; what is absent there is not in that index."""
    places = {}
    if not complaint.merged_into:
        queue_sk = f"{_place_in_queue(complaint)}#{complaint.reference}"
        places = {"queue_pk": queue_pk(complaint), "queue_sk": queue_sk}
    if complaint.assignee and (complaint.stage.is_open or complaint.binding_clock):
        owner_sk = f"{_urgency(complaint)}#{complaint.reference}"
        places |= {"owner_pk": complaint.assignee, "owner_sk": owner_sk}
    if next_at := complaint.next_at:
        place = due_sk(next_at, complaint.reference, _urgency_when_due(complaint, next_at))
        places |= {"due_pk": due_pk(complaint.reference), "due_sk": place}
    elif is_retained(complaint):
        place = retention_sk(complaint.ended_at, complaint.reference, complaint.category, complaint.gone)
        places |= {"due_pk": retention_pk(complaint.site), "due_sk": place}
    if since := complaint.erasing_since:
        places |= {"due_pk": ERASURES, "due_sk": f"{sortable(since)}#{complaint.reference}"}
    return places


def _urgency_when_due(complaint: Complaint, at: datetime) -> str:
    """What comes first of all that the schedule finds due at once."""
    if complaint.comes_first:
        return AT_ONCE
    is_late = any(clock.due <= at for clock in complaint.clocks if clock.stopped_at is None)
    return DEADLINE if is_late else USUALLY


def is_retained(complaint: Complaint) -> bool:
    """Whether a case stands among those that are kept for a while: it has ended, and nothing is due of it."""
    return not (complaint.stage.is_open or complaint.merged_into or complaint.erasure or complaint.next_at)


def queue_pk(complaint: Complaint) -> str:
    """The queue that a case stands in; closed ones stand by the month in which they ended."""
    if queue := queue_of(complaint):
        return f"{complaint.site}#{queue}"
    assert complaint.ended_at is not None
    return f"{complaint.site}#closed#{sortable(complaint.ended_at)[:7]}"


def _place_in_queue(complaint: Complaint) -> str:
    return _urgency(complaint) if complaint.is_in_work else sortable(complaint.ended_at)


def _urgency(complaint: Complaint) -> str:
    binding = complaint.binding_clock
    rank = FIRST if complaint.comes_first else USUAL
    return f"{rank}#{sortable(binding.due) if binding else NEVER}"


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
