"""Conditions of a pack or of one of its clocks: facts of a case that must hold for it to apply."""

from collections.abc import Callable, Iterable, Mapping
from typing import Any, Literal

import msgspec

Field = Literal[
    "country",
    "region",
    "sector",
    "product",
    "topic",
    "severity",
    "safety",
    "channel",
    "claimant_type",
    "regulated",
    "site",
    "stage",
    "level",
]
Scalar = str | int | float | bool

_COMPARES: dict[str, Callable[[Any, Any], bool]] = {
    "eq": lambda fact, value: fact == value,
    "ne": lambda fact, value: fact != value,
    "in": lambda fact, value: fact in value,
    "not_in": lambda fact, value: fact not in value,
    "gte": lambda fact, value: fact is not None and fact >= value,
    "lte": lambda fact, value: fact is not None and fact <= value,
}


class Condition(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One comparison with a fact. `in` and `not_in` take a list of at least one value, `gte` and `lte` a
    number, the others one value; else `ValueError`."""

    field: Field
    op: Literal["eq", "ne", "in", "not_in", "gte", "lte"]
    value: Scalar | tuple[Scalar, ...]

    def __post_init__(self) -> None:
        if self.op in ("in", "not_in"):
            fits = isinstance(self.value, tuple) and bool(self.value)
        elif self.op in ("gte", "lte"):
            fits = isinstance(self.value, int | float) and not isinstance(self.value, bool)
        else:
            fits = not isinstance(self.value, tuple)
        if not fits:
            raise ValueError(f"{self.op!r} cannot compare with {self.value!r}")


def conditions_hold(conditions: Iterable[Condition], facts: Mapping[str, object]) -> bool:
    """Whether all of them hold for these facts of a case. Of a fact that is not known only `ne` and `not_in`
    hold; of one that is several values at once (`frozenset`) one must fit, and for these two each."""
    return all(_holds(one, facts.get(one.field)) for one in conditions)


def _holds(one: Condition, fact: object) -> bool:
    compares = _COMPARES[one.op]
    if not isinstance(fact, frozenset):
        return compares(fact, one.value)
    enough = all if one.op in ("ne", "not_in") else any
    return enough(compares(each, one.value) for each in fact)
