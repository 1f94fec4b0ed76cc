"""What the page of a request about data shows beside its fields: where each of its cases is seen to."""

from collections.abc import Mapping
from typing import Any

from complaints.casework.record.erasure import RefuseErasure, Restrict
from complaints.management.evaluation.shared import content_of
from complaints.management.privacy.privacy_requests import PrivacyRequest
from complaints.values.field_types import DataRight
from functions.api.management.records import OpenedRecord
from functions.pages.desk.records.forms import FormWords

FORMS: Mapping[DataRight, str] = {
    DataRight.ERASURE: RefuseErasure.verb,
    DataRight.RESTRICTION: Restrict.verb,
    DataRight.OBJECTION: Restrict.verb,
}
"""By what is asked for, the form of a case that may be wanted besides the page of the person, where data is
given out and erased."""


def values(deps: object, at: OpenedRecord, words: FormWords) -> dict[str, Any]:
    """The cases of a request that is not answered, and the form."""
    request = content_of(at.record, PrivacyRequest)
    return {
        "cases": () if request.outcome else request.cases,
        "verb": FORMS.get(request.right) if request.right else None,
    }
