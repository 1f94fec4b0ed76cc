"""Where evidence packs and files of people lie, how far one is, and the address at which it is fetched."""

from datetime import timedelta
from typing import TYPE_CHECKING

import msgspec

from complaints.evidence.pack_work import PackWork, Progress
from complaints.management.evaluation.evidence_packs import EvidencePack, People
from complaints.management.privacy.personal_data import PersonalData
from complaints.management.record import ManagementRecord, RecordKind
from complaints.values.people import Actor

if TYPE_CHECKING:
    from complaints.adapters.container import Container


LASTING = timedelta(minutes=5)
"""How long an address that was given out holds."""


def _folder(record: ManagementRecord) -> str:
    is_pack = record.kind is RecordKind.EVIDENCE_PACK
    return record.id if is_pack else f"{record.kind}.{record.id}"


def pack_key(record: ManagementRecord) -> str:
    return f"{_folder(record)}/pack"


def work_key(record: ManagementRecord) -> str:
    """How far the making of a pack is."""
    return f"{_folder(record)}/work"


def progress_key(record: ManagementRecord) -> str:
    """The same in a few numbers, for whoever waits."""
    return f"{_folder(record)}/progress"


def progress_of(deps: "Container", record: ManagementRecord) -> Progress | None:
    """How far a pack is that is being made; nothing before it is begun."""
    found = deps.pack_files.read(progress_key(record))
    return msgspec.json.decode(found, type=Progress) if found else None


def has_erased(deps: "Container", record: ManagementRecord) -> bool:
    """Whether the file of a person has a case in it that was erased since, or is to be; or a pack with names
    one of which somebody was erased since it was ordered."""
    data = record.content
    if isinstance(data, EvidencePack) and data.is_kept(deps.now()) and data.people is not People.NONE:
        # Imported lazily: most requests ask for no pack.
        from complaints import erasure

        erased = erasure.references_since(deps.evidence, data.ordered_at, deps.now())
        return any(_holds(deps, record, data, each) for each in erased)
    if not isinstance(data, PersonalData) or data.made_at is None:
        return False
    cases = deps.cases.load_all(data.cases).values()
    return sum(case.complaint.erasure is not None for case in cases) > (data.left_out or 0)


def _holds(deps: "Container", record: ManagementRecord, pack: EvidencePack, reference: str) -> bool:
    """Whether a pack that was made has a case with names: it is of its sample; or where it has all, of the
    site and of the period, give or take a day for zones."""
    if pack.people is People.SAMPLE:
        made = deps.pack_files.read(work_key(record))
        return made is None or reference in msgspec.msgpack.decode(made, type=PackWork).sample.references
    case = deps.cases.load(reference)
    if case is None or case.complaint.site != record.site:
        return False
    begin, end = pack.since - timedelta(days=1), pack.until + timedelta(days=1)
    moments = (case.complaint.received_at, case.complaint.ended_at)
    return any(begin <= each.date() <= end for each in moments if each)


def remove_erased(deps: "Container", record: ManagementRecord, reference: str) -> None:
    """Removes the file of a person, or a pack with names, that has this erased case in it. Of one that is
    still being made all that there is goes, and it is begun anew without that case."""
    data = record.content
    if isinstance(data, PersonalData):
        is_in = data.is_waiting or has_erased(deps, record)
    elif isinstance(data, EvidencePack) and data.people is not People.NONE:
        is_made = data.is_kept(deps.now())
        is_in = data.is_waiting or (is_made and _holds(deps, record, data, reference))
    else:
        is_in = False
    if is_in:
        for key in (work_key(record), progress_key(record), pack_key(record)):
            deps.pack_files.remove(key)


def remove_packs(deps: "Container", site: str | None, reference: str) -> None:
    """Removes the evidence packs with names of a site that have this case in them, or somebody of it, who is
    erased."""
    for pack in deps.management_records.of_site(site, RecordKind.EVIDENCE_PACK) if site else ():
        remove_erased(deps, pack, reference)


def address_of(deps: "Container", record: ManagementRecord, by: Actor) -> str | None:
    """Where a pack can be fetched by whoever ordered it, in the minutes after they asked for it on record;
    not where a case in it was erased."""
    pack = record.content
    if not isinstance(pack, EvidencePack | PersonalData) or by.id != pack.ordered_by:
        return None
    if pack.fetched_at is None:
        return None
    left = pack.fetched_at + LASTING - deps.now()
    if left <= timedelta() or not pack.is_kept(deps.now()) or has_erased(deps, record):
        return None
    return deps.pack_files.address(pack_key(record), _name(record.site, pack), left)


def _name(site: str, pack: EvidencePack | PersonalData) -> str:
    if isinstance(pack, PersonalData):
        return f"personal-data-{pack.ordered_at:%Y-%m-%d}.zip"
    return f"evidence-{site}-{pack.since}-{pack.until}.zip"
