"""What some kinds of records show beside their fields: a part of a template with values of its own."""

from collections.abc import Callable
from typing import Any

from complaints.management.record import RecordKind

Part = Callable[..., dict[str, Any]]
"""The values of `templates/pages/desk/records/<kind>.html`: of the container, the opened record, and the
words of its kind."""

_PARTS: dict[RecordKind, Part] = {}


def part_of(kind: RecordKind) -> Part | None:
    """The part of a kind, if it has one."""
    return _PARTS.get(kind)
