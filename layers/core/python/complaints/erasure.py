"""The list of erasures, in the evidence bucket: what a restored table must forget again.

    erasures/2026/11/28/C-7K3M9-QX2HT-7.json                 {"ground": …, "reference": …, "requested_at": …}
    erasures/2026/11/28/C-7K3M9-QX2HT-7.9-3f1c0a9be27d.json  {…, "entry": 3, "party": "j3", "seal": …}

The second is of one of several people of a case, and named by the entry that erased the data: by its
number, and by how its seal begins, for after a restore another entry may have that number. No personal
data stands in the list. A restore brings back what was erased after the moment that it goes back to: the
list says of which cases, and of whom in them. What the next checkpoint seals of each follows from the
fact that asked for it: whoever may only write to the bucket adds none that a checkpoint holds.
"""

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from typing import TYPE_CHECKING

import msgspec
from msgspec import Struct

from complaints.audit_trail.hash_chain import StoredEntry, decode, hash_of
from complaints.case.record.erasure import Erasure, ErasureGround, ErasureRequested, PartyErased
from complaints.checkpoints.leaf import ErasureLeaf
from complaints.checkpoints.places import ERASURES

if TYPE_CHECKING:
    from complaints.checkpoints.ports import EvidenceFiles


FOLDER = ERASURES

ERASING = tuple(f'"{kind.__name__}"'.encode() for kind in (ErasureRequested, PartyErased))


class ListedErasure(Struct, frozen=True, omit_defaults=True):
    """A case that was erased, when that was asked for, and why; or the data of one of its people, the
    `party`.

    Who that is, is known by the first `entry` that held their data, and its `seal`: after a restore another
    person may have that name.
    """

    reference: str
    requested_at: datetime
    ground: ErasureGround
    party: str | None = None
    entry: int = 0
    seal: str = ""


_encode = msgspec.json.Encoder(order="deterministic").encode
_decode = msgspec.json.Decoder(ListedErasure).decode


def add(evidence: "EvidenceFiles", reference: str, erasure: Erasure) -> None:
    """Puts a case on the list, if it is not there. Raises `errors.Unavailable`."""
    asked = erasure.requested_at.astimezone(UTC)
    _put(evidence, reference, ListedErasure(reference, asked, erasure.ground))


def add_all(evidence: "EvidenceFiles", reference: str, entries: Sequence[StoredEntry]) -> list[ErasureLeaf]:
    """Puts a case on the list whose erasure the last of these entries asked for, or those of its people whose
    data it erased; they are all up to it. What is to be sealed of each. Raises `errors.Unavailable`."""
    last, found = entries[-1], []
    for fact in decode(last.data).facts if is_erasing(last) else ():
        at = fact.at.astimezone(UTC)
        if isinstance(fact, ErasureRequested):
            found.append(_put(evidence, reference, ListedErasure(reference, at, fact.ground)))
        elif isinstance(fact, PartyErased):
            first = next(each for each in entries if each.number == min(fact.entries))
            seal = hash_of(first.data)
            listed = ListedErasure(reference, at, fact.ground, fact.party, first.number, seal)
            found.append(_put(evidence, f"{reference}.{last.number}-{hash_of(last.data)[:12]}", listed))
    return found


def is_erasing(entry: StoredEntry) -> bool:
    """Whether an entry says that something is to be put on the list."""
    return any(kind in entry.data for kind in ERASING)


def _put(evidence: "EvidenceFiles", name: str, listed: ListedErasure) -> ErasureLeaf:
    content, name = _encode(listed), f"{listed.requested_at:%Y/%m/%d}/{name}"
    evidence.put(f"{FOLDER}{name}.json", content, "application/json")
    return ErasureLeaf(name, sha256(content).hexdigest())


def references_since(evidence: "EvidenceFiles", since: datetime, until: datetime) -> frozenset[str]:
    """The cases that were erased between two moments, or people of them. Raises `errors.Unavailable`."""
    first, last = since.astimezone(UTC).date(), until.astimezone(UTC).date()
    days = (first + timedelta(days=number) for number in range((last - first).days + 1))
    keys = (key for day in days for key in evidence.keys(f"{FOLDER}{day:%Y/%m/%d}/"))
    return frozenset(key.rpartition("/")[2].partition(".")[0] for key in keys)


def listed(evidence: "EvidenceFiles") -> Iterator[tuple[ListedErasure, ErasureLeaf]]:
    """All erasures, the oldest day first, and how a checkpoint has each. Raises `errors.Unavailable`."""
    for key in evidence.keys(FOLDER):
        content = evidence.get(key)
        if content is not None:
            name = key.removeprefix(FOLDER).removesuffix(".json")
            yield _decode(content), ErasureLeaf(name, sha256(content).hexdigest())
