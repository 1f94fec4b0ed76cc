"""The list of erasures, in the evidence bucket: what a restored table must forget again.

    erasures/2026/11/28/C-7K3M9-QX2HT-7.json                 {"ground": …, "reference": …, "requested_at": …}
    erasures/2026/11/28/C-7K3M9-QX2HT-7.9-3f1c0a9be27d.json  {…, "entry": 3, "party": "j3", "seal": …}

The second is of one of several people of a case, and named by the entry that erased the data: by its number,
and by how its seal begins, for after a restore another entry may have that number. No personal data stands in
the list. A restore brings back what was erased after the moment that it goes back to: the list says of which
cases, and of whom in them.
"""

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import msgspec
from msgspec import Struct

from complaints.audit_trail.hash_chain import StoredEntry, decode, hash_of
from complaints.events.record.erasure import PartyErased
from complaints.model.record.erasure import Erasure, ErasureGround

if TYPE_CHECKING:
    from complaints.checkpoints.ports import EvidenceFiles

FOLDER = "erasures/"

_PARTY_ERASED = f'"{PartyErased.__name__}"'.encode()


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
    key = f"{FOLDER}{asked:%Y/%m/%d}/{reference}.json"
    evidence.put(key, _encode(ListedErasure(reference, asked, erasure.ground)), "application/json")


def add_parties(evidence: "EvidenceFiles", reference: str, entries: Sequence[StoredEntry]) -> None:
    """Puts those people of a case on the list whose data was erased by the last of these entries, which are
    all up to it. Raises `errors.Unavailable`."""
    last = entries[-1]
    for fact in decode(last.data).facts if _PARTY_ERASED in last.data else ():
        if isinstance(fact, PartyErased):
            first = next(each for each in entries if each.number == min(fact.entries))
            erased_at = fact.at.astimezone(UTC)
            listed = ListedErasure(
                reference, erased_at, fact.ground, fact.party, first.number, hash_of(first.data)
            )
            name = f"{reference}.{last.number}-{hash_of(last.data)[:12]}"
            key = f"{FOLDER}{erased_at:%Y/%m/%d}/{name}.json"
            evidence.put(key, _encode(listed), "application/json")


def references_since(evidence: "EvidenceFiles", since: datetime, until: datetime) -> frozenset[str]:
    """The cases that were erased between two moments, or people of them. Raises `errors.Unavailable`."""
    first, last = since.astimezone(UTC).date(), until.astimezone(UTC).date()
    days = (first + timedelta(days=number) for number in range((last - first).days + 1))
    keys = (key for day in days for key in evidence.keys(f"{FOLDER}{day:%Y/%m/%d}/"))
    return frozenset(key.rpartition("/")[2].partition(".")[0] for key in keys)


def listed(evidence: "EvidenceFiles") -> Iterator[ListedErasure]:
    """All erasures, the oldest day first. Raises `errors.Unavailable`."""
    for key in evidence.keys(FOLDER):
        content = evidence.get(key)
        if content is not None:
            yield _decode(content)
