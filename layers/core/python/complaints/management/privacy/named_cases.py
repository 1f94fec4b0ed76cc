"""The cases that a record of data protection names: typed by a person, and gathered where they are there."""

from collections.abc import Iterator, Mapping, Sequence

from complaints.management.declaration import RecordsContext
from complaints.values.errors import Wrong


def gathered(context: RecordsContext) -> Mapping[str, Sequence[str]]:
    """The references of the cases that are there for who asks, by what was typed: the case itself in front,
    then those that became part of it."""
    return context.gathered or {}


def cases_wrong(typed: Sequence[str], context: RecordsContext) -> Iterator[Wrong]:
    """Each that is not there for who asks."""
    there = gathered(context)
    return (Wrong(f"/cases/{place}", "unknown-case") for place, one in enumerate(typed) if one not in there)


def cases_named(typed: Sequence[str], context: RecordsContext) -> tuple[str, ...]:
    """The reference of each, once; all are there."""
    there = gathered(context)
    return tuple(dict.fromkeys(there[one][0] for one in typed))
