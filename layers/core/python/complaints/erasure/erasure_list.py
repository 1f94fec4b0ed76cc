"""The list of erasures, in the evidence bucket: what a restored table must forget again.

    erasures/2026/11/28/C-7K3M9-QX2HT-7.json    {"ground": …, "reference": …, "requested_at": …}

No personal data stands in it. A restore brings back what was erased after the moment that it goes back to:
the list says of which cases.
"""

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import msgspec
from msgspec import Struct

from complaints.model.record.erasure import Erasure, ErasureGround

if TYPE_CHECKING:
    from complaints.checkpoints.ports import EvidenceFiles

FOLDER = "erasures/"


class ListedErasure(Struct, frozen=True):
    """A case that was erased, when that was asked for, and why."""

    reference: str
    requested_at: datetime
    ground: ErasureGround


_encode = msgspec.json.Encoder(order="deterministic").encode
_decode = msgspec.json.Decoder(ListedErasure).decode


def add(evidence: "EvidenceFiles", reference: str, erasure: Erasure) -> None:
    """Puts a case on the list, if it is not there. Raises `errors.Unavailable`."""
    asked = erasure.requested_at.astimezone(UTC)
    key = f"{FOLDER}{asked:%Y/%m/%d}/{reference}.json"
    evidence.put(key, _encode(ListedErasure(reference, asked, erasure.ground)), "application/json")


def listed(evidence: "EvidenceFiles") -> Iterator[ListedErasure]:
    """All erasures, the oldest day first. Raises `errors.Unavailable`."""
    for key in evidence.keys(FOLDER):
        content = evidence.get(key)
        if content is not None:
            yield _decode(content)
