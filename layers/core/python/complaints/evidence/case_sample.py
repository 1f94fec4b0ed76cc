"""Which cases are in a pack whole: those that a seed draws, all about safety, and all of level 3.

The draw goes on from case to case, and holds no more of them than it draws.
"""

from collections.abc import Iterable
from heapq import nsmallest

from msgspec import Struct
from msgspec.structs import replace

from complaints.case.complaint import Complaint
from complaints.reporting.random_sample import hash_with_seed

OUTSIDE = 3
"""The level of a body outside."""


class CaseSample(Struct, frozen=True):
    """The least hashes with their references, in their order, and the cases that are in it anyhow."""

    drawn: tuple[tuple[str, str], ...] = ()
    safety: tuple[str, ...] = ()
    outside: tuple[str, ...] = ()

    @property
    def references(self) -> tuple[str, ...]:
        """All, each once, in their order."""
        return tuple(sorted({*(reference for _, reference in self.drawn), *self.safety, *self.outside}))


def with_cases(sample: CaseSample, complaints: Iterable[Complaint], seed: str, size: int) -> CaseSample:
    """The sample of more cases: `size` of all that were looked at are drawn by the seed."""
    every = list(complaints)
    hashed = ((hash_with_seed(seed, each.reference), each.reference) for each in every)
    return replace(
        sample,
        drawn=tuple(nsmallest(size, {*sample.drawn, *hashed})),
        safety=(*sample.safety, *(each.reference for each in every if each.danger)),
        outside=(*sample.outside, *(each.reference for each in every if each.level >= OUTSIDE)),
    )
