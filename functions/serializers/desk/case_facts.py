"""The facts of a case as staff see them, as JSON."""

from collections.abc import Iterable, Iterator
from datetime import datetime, tzinfo
from typing import Any, NotRequired, TypedDict, cast

from msgspec import UNSET

from complaints.case.fact import Fact
from complaints.values.own_fields import read_stored
from functions.serializers.field_types import Moment, Reference
from functions.serializers.parts.complaint import NO_MARKS, Marks, local_time


class CaseFact(TypedDict):
    """What happened, who did it, and when; what else a fact says stands beside."""

    # No Struct: each kind of fact has fields of its own.
    number: int
    fact: str
    at: Moment
    by: str
    of: NotRequired[Reference]
    redacted: NotRequired[bool]


def facts(
    numbered_facts: Iterable[tuple[int, Fact]], zone: tzinfo, marks: Marks = NO_MARKS
) -> Iterator[CaseFact]:
    """Facts as staff see them."""
    return (_fact(number, fact, zone, marks) for number, fact in numbered_facts)


def _fact(number: int, fact: Fact, zone: tzinfo, marks: Marks) -> CaseFact:
    """One fact: what, who, when, and what was written."""
    shape: dict[str, Any] = {
        "number": number,
        "fact": type(fact).__name__,
        "at": local_time(fact.at, zone),
        "by": fact.by.id or fact.by.kind,
    }
    for name in fact.__struct_fields__:
        value = getattr(fact, name)
        if name not in ("at", "by", *fact.UNSHOWN) and value is not None:
            shape[name] = local_time(value, zone) if isinstance(value, datetime) else value
    if "own_fields" in shape:
        shape["own_fields"] = read_stored(shape["own_fields"])
    shape |= {name: mark for name, mark in marks._asdict().items() if mark is not UNSET}
    return cast(CaseFact, shape)
