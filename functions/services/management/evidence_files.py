"""Where evidence packs lie, how far one is, and the address at which it is fetched."""

from datetime import timedelta
from typing import TYPE_CHECKING, Protocol

import msgspec

from complaints.evidence.pack_work import Progress
from complaints.management.evaluation.evidence_packs import EvidencePack
from complaints.management.record import ManagementRecord
from complaints.values.people import Actor

if TYPE_CHECKING:
    from complaints.adapters.dependencies import HasNow, HasPackFiles

    class EvidenceFilesDeps(HasPackFiles, HasNow, Protocol):
        """The dependencies of this module: what its functions use of the container."""


LASTING = timedelta(minutes=5)
"""How long an address that was given out holds."""


def pack_key(record: ManagementRecord) -> str:
    return f"{record.id}/pack"


def work_key(record: ManagementRecord) -> str:
    """How far the making of a pack is."""
    return f"{record.id}/work"


def progress_key(record: ManagementRecord) -> str:
    """The same in a few numbers, for whoever waits."""
    return f"{record.id}/progress"


def progress_of(deps: "HasPackFiles", record: ManagementRecord) -> Progress | None:
    """How far a pack is that is being made; nothing before it is begun."""
    found = deps.pack_files.read(progress_key(record))
    return msgspec.json.decode(found, type=Progress) if found else None


def address_of(deps: "EvidenceFilesDeps", record: ManagementRecord, by: Actor) -> str | None:
    """Where a pack can be fetched by whoever ordered it, in the minutes after they asked for it on record."""
    pack = record.content
    if not isinstance(pack, EvidencePack) or pack.fetched_at is None or by.id != pack.ordered_by:
        return None
    left = pack.fetched_at + LASTING - deps.now()
    if left <= timedelta() or not pack.is_kept(deps.now()):
        return None
    name = f"evidence-{record.site}-{pack.since}-{pack.until}.zip"
    return deps.pack_files.address(pack_key(record), name, left)
