"""Files that somebody orders and the schedule makes: how long they are kept, and who fetches them."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any, TypeVar

from msgspec.structs import replace

from complaints.management.declaration import RecordsContext
from complaints.values.errors import Forbidden, NotNow
from complaints.values.people import Actor

KEPT = timedelta(days=7)
"""How long a file can be fetched once it was made."""

F = TypeVar("F", bound=Any)


def is_kept(made_at: datetime | None, now: datetime) -> bool:
    """Whether a file is made and not yet removed."""
    return made_at is not None and now < made_at + KEPT


def waits_since(file: Any) -> datetime | None:
    """When a file was ordered that is still to be made."""
    moment: datetime | None = file.ordered_at if file.is_waiting else None
    return moment


def allowed(file: Any, by: Actor) -> Iterable[str]:
    """What may be done with a file: the schedule makes one that waits, and who ordered it fetches it then."""
    if file.is_waiting:
        return ("made",)
    return ("fetch",) if by.id == file.ordered_by else ()


def fetched(file: F, context: RecordsContext) -> F:
    """A file once it was asked for. Raises `Forbidden` for anybody but who ordered it: what is in it, is what
    they may see. Raises `NotNow` for one that is removed."""
    if context.by.id != file.ordered_by:
        raise Forbidden
    if not is_kept(file.made_at, context.now):
        raise NotNow
    after: F = replace(file, fetched=file.fetched + 1, fetched_at=context.now)
    return after
