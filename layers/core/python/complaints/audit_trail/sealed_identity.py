"""Which private values of an entry say who complains: of a sealed case they are stored apart."""

from collections.abc import Iterable

from complaints.audit_trail.hash_chain import Private, where
from complaints.case.fact import Fact


def places_of_identity(facts: Iterable[Fact]) -> frozenset[str]:
    """Where the values of an entry stand that say who somebody is."""
    return frozenset(where(place, fact, name) for place, fact in enumerate(facts) for name in fact.IDENTITY)


def divided(facts: Iterable[Fact], private: Private) -> tuple[Private, Private]:
    """The private values of an entry: those that staff read, and those of the identity."""
    places = places_of_identity(facts)
    words = {at: value for at, value in private.items() if at not in places}
    return words, {at: value for at, value in private.items() if at in places}
