"""Upcasters: they bring facts of an older shape into the present one when a chain is replayed.

Entries are sealed and never rewritten. When a fact's shape changes, an upcaster takes the fact as it
was stored, and the complaint as it stood just before it, and gives the fact as it would be stored
today; the tests hold stored entries of every shape that there ever was.
"""

from collections.abc import Callable
from typing import Any

import msgspec

from complaints.case.complaint import Complaint
from complaints.case.facts import AnyFact

RawFact = dict[str, Any]
Upcaster = Callable[[RawFact, Complaint], RawFact]


def naming_the_run(fact: RawFact, complaint: Complaint) -> RawFact:
    """A clock could not start twice in a case once, and was named by its id alone."""
    name = fact["clock"]
    keys = (clock.key for clock in complaint.clocks if clock.id == name)
    return fact | {"clock": next(keys, name)}


class _Present(msgspec.Struct):
    """A fact in its present shape: of the type of a field msgspec keeps what it has looked up.

    Asked for `AnyFact` itself it looks at all its shapes anew, a hundred times as long as it converts.
    """

    fact: AnyFact


UPCASTERS: dict[str, tuple[Upcaster, ...]] = {
    "ClockPaused": (naming_the_run,),
    "ClockResumed": (naming_the_run,),
    "ClockStopped": (naming_the_run,),
    "ReminderRaised": (naming_the_run,),
    "DeadlineMissed": (naming_the_run,),
    "EscalationRaised": (naming_the_run,),
}
"""By the fact's name, from the oldest shape to the present one; each leaves what is newer as it is."""


def upcast(fact: RawFact, complaint: Complaint) -> AnyFact:
    """The fact in its present shape. Raises `msgspec.ValidationError` for what is no fact."""
    for bring_on in UPCASTERS.get(fact.get("fact", ""), ()):
        fact = bring_on(fact, complaint)
    return msgspec.convert({"fact": fact}, _Present).fact
