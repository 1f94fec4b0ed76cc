"""Writes one transaction as a whole or not at all; an unknown outcome is looked up."""

from collections.abc import Callable, Sequence
from typing import Any

from botocore.exceptions import ClientError
from pynamodb.exceptions import CancellationReason, PutError, TransactWriteError, UpdateError

from complaints.adapters.dynamodb.key_schema import Key
from complaints.adapters.dynamodb.models import EntryItem
from complaints.adapters.dynamodb.reads import get_all
from complaints.values.errors import Unavailable

CONFLICT_TRIES = 4
LOST = "ConditionalCheckFailed"
CONDITION_FAILED = "ConditionalCheckFailedException"

Reasons = Sequence[CancellationReason | None]


def commit(transact: Callable[[], None], lost: Callable[[Reasons], None], key: Key, entry: bytes) -> None:
    """Writes the entry at `key` and all that goes with it.

    `lost` raises what stood in the way, and returns when the store only asks to try again. Raises
    `Unavailable` when nothing is known to be written.
    """
    for _ in range(CONFLICT_TRIES):
        try:
            return transact()
        except TransactWriteError as error:
            if not error.cancellation_reasons:
                return _settle(key, entry, error)
            lost(error.cancellation_reasons)
    raise Unavailable


def was_made(write: Callable[[], object]) -> bool:
    """Updates or puts an item, if the condition holds. Raises `Unavailable`."""
    try:
        write()
    except (PutError, UpdateError) as error:
        # What was lost on the way has no code to ask for.
        if isinstance(error.cause, ClientError) and error.cause_response_code == CONDITION_FAILED:
            return False
        raise Unavailable from error
    return True


def failed(reasons: Reasons) -> dict[int, CancellationReason]:
    """The conditions that did not hold, by the place of their item in the transaction."""
    return {place: reason for place, reason in enumerate(reasons) if reason and reason.code == LOST}


def old_item(reason: CancellationReason | None) -> dict[str, Any]:
    """The item that made the transaction fail. Raises `Unavailable` where the reason is missing."""
    if reason is None or not reason.raw_item:
        raise Unavailable
    return reason.raw_item


def _settle(key: Key, entry: bytes, error: TransactWriteError) -> None:
    """The answer was lost or is an error: the entry says whether the write happened."""
    if isinstance(error.cause, ClientError) and error.cause_response_code == "ValidationException":
        raise error
    for item in get_all([key]):
        if isinstance(item, EntryItem) and item.data == entry:
            return
    raise Unavailable from error
