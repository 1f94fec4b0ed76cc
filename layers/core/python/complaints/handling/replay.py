"""Replays a case from its entries: the head that follows from its facts alone."""

from collections import deque
from collections.abc import Iterable, Iterator
from typing import Any

import msgspec
from msgspec.structs import replace

from complaints.audit_trail import hash_chain
from complaints.audit_trail.hash_chain import StoredEntry
from complaints.case.complaint import Complaint
from complaints.case.evolution import evolve
from complaints.case.upcasters import upcast

_raw = msgspec.json.Decoder(dict[str, Any]).decode


def replay(reference: str, entries: Iterable[StoredEntry]) -> Iterator[Complaint]:
    """The complaint after each of its entries. Raises `msgspec.MsgspecError` for an entry that is none."""
    complaint = Complaint(reference=reference)
    for stored in entries:
        entry = _raw(stored.data)
        for fact in entry["facts"]:
            complaint = evolve(complaint, upcast(fact, complaint))
        complaint = replace(
            complaint,
            number=entry["number"],
            version=entry["version"],
            seal=hash_chain.hash_of(stored.data),
        )
        yield complaint


def replayed(reference: str, entries: Iterable[StoredEntry]) -> Complaint:
    """The complaint after the last of its entries; sealed facts tell all of it."""
    states = deque(replay(reference, entries), maxlen=1)
    return states.pop() if states else Complaint(reference=reference)
