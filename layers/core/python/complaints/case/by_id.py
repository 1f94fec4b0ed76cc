"""Parts of a complaint that have an id: each is found by it, and changed by it."""

from collections.abc import Iterable
from typing import Any, Protocol, TypeVar

from msgspec.structs import replace


class HasId(Protocol):
    """A part of a complaint, whose `id` is its own in that complaint."""

    @property
    def id(self) -> str: ...


Part = TypeVar("Part", bound=HasId)


def with_id(parts: Iterable[Part], id: str) -> Part:
    """The part with this id. Raises `LookupError`."""
    for part in parts:
        if part.id == id:
            return part
    raise LookupError(id)


def with_one_changed(parts: Iterable[Part], id: str, **changes: Any) -> tuple[Part, ...]:
    """The same parts, the one with this id with these fields changed."""
    return tuple(replace(part, **changes) if part.id == id else part for part in parts)  # type: ignore[type-var]
