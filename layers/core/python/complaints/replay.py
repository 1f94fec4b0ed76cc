"""A complaint told again by its entries: what its stored state must be."""

from collections.abc import Iterable

from msgspec.structs import replace

from complaints import chain
from complaints.complaint import Complaint
from complaints.lifecycle import evolve_all


def replayed(reference: str, entries: Iterable[bytes]) -> Complaint:
    """The state that these stored entries lead to, in their order; sealed facts tell all of it."""
    complaint = Complaint(reference=reference)
    for data in entries:
        entry = chain.decode(data)
        complaint = replace(
            evolve_all(complaint, entry.facts),
            number=entry.number,
            version=entry.version,
            seal=chain.hash_of(data),
        )
    return complaint
