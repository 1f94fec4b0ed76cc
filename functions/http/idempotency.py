"""The idempotency key: a write that is repeated under it is the same write, for 48 hours."""

import hmac
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from complaints.context.case import Guard
from complaints.values.errors import KeyReused
from functions.http.visit import Visit

if TYPE_CHECKING:
    pass


KEY_LIFETIME = timedelta(hours=48)


def guard_of(visit: Visit, caller: str, address: str, now: datetime) -> Guard | None:
    """The guard that this write sets, scoped by caller and address; `None` for one without a key."""
    key = visit.request.key
    if key is None:
        return None
    secret = visit.deps.secrets.key("replay")
    scope = f"{caller}|{visit.request.method}|{address}|{key}"
    return Guard(
        id=hmac.digest(secret, scope.encode(), "sha256").hex(),
        at=now,
        expires=now + KEY_LIFETIME,
        body=hmac.digest(secret, visit.request.raw, "sha256").hex(),
    )


def is_replay(guard: Guard | None, found: Guard | None) -> bool:
    """Whether the same write was done before. Raises `KeyReused` when another one was."""
    if guard is None or found is None or found.expires <= guard.at:
        return False
    if not hmac.compare_digest(guard.body, found.body):
        raise KeyReused
    return True
