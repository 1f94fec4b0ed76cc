"""What the page of a file that was ordered shows beside its fields: how far it is, or where it is fetched."""

from typing import TYPE_CHECKING, Any

from complaints.evidence.pack_work import GIVEN_UP
from complaints.management.evaluation.evidence_packs import EvidencePack
from complaints.management.privacy.personal_data import PersonalData
from functions.api.management.records import OpenedRecord
from functions.pages.desk.records.forms import FormWords
from functions.services.management.evidence_files import address_of, has_erased, progress_of

if TYPE_CHECKING:
    from complaints.adapters.container import Container


def values(deps: "Container", at: OpenedRecord, words: FormWords) -> dict[str, Any]:
    """The progress of a file that waits, the address after whoever ordered it asked for it, and whether it is
    gone."""
    pack = at.record.content
    assert isinstance(pack, EvidencePack | PersonalData)
    return {
        "pack": pack,
        "progress": progress_of(deps, at.record) if pack.is_waiting else None,
        "is_erased": has_erased(deps, at.record),
        "awaits_approval": isinstance(pack, EvidencePack) and pack.awaits_approval,
        "is_over": pack.made_at is not None and not pack.is_kept(deps.now()),
        "is_given_up": pack.is_waiting and deps.now() - pack.ordered_at >= GIVEN_UP,
        "download": address_of(deps, at.record, at.by),
    }
