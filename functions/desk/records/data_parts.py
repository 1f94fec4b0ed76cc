"""What the pages of ordered files and of requests about data show beside their fields: how far a file is,
and where everything for a request is.
"""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from complaints.casework.record.erasure import RefuseErasure, Restrict
from complaints.evidence.pack_work import GIVEN_UP
from complaints.management.evaluation.evidence_packs import EvidencePack
from complaints.management.evaluation.shared import content_of
from complaints.management.privacy.personal_data import PersonalData
from complaints.management.privacy.privacy_requests import PrivacyRequest
from complaints.values.field_types import DataRight
from functions.desk.records.forms import FormWords
from functions.desk.records.records import OpenedRecord
from functions.use_cases.management.evidence_files import address_of, has_erased, progress_of

if TYPE_CHECKING:
    from complaints.adapters.container import Container


def of_file(deps: "Container", at: OpenedRecord, words: FormWords) -> dict[str, Any]:
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


FORMS: Mapping[DataRight, str] = {
    DataRight.ERASURE: RefuseErasure.verb,
    DataRight.RESTRICTION: Restrict.verb,
    DataRight.OBJECTION: Restrict.verb,
}
"""By what is asked for, the form of a case that may be wanted besides the page of the person, where data is
given out and erased."""


def of_request(deps: object, at: OpenedRecord, words: FormWords) -> dict[str, Any]:
    """The cases of a request that is not answered, and the form."""
    request = content_of(at.record, PrivacyRequest)
    return {
        "cases": () if request.outcome else request.cases,
        "verb": FORMS.get(request.right) if request.right else None,
    }
