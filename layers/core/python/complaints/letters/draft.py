"""Drafting a letter: what every letter says of its case, whatever else it tells."""

from datetime import datetime
from typing import Any

from complaints.case.complaint import Complaint
from complaints.case.correspondence.letter import Letter, LetterKind, promise
from complaints.letters.ways import way_of
from complaints.values.field_types import Way


def draft(complaint: Complaint, kind: LetterKind, place: str, at: datetime, **more: Any) -> Letter:
    """A letter of a kind, to the complainant unless `more` says otherwise; `place` becomes its id."""
    assert complaint.received_at is not None
    common: dict[str, Any] = {
        "language": complaint.language,
        "to": "complainant",
        "promises": tuple(promise(clock) for clock in complaint.promises()),
    }
    values = common | more
    return Letter(
        id=place,
        kind=kind,
        reference=complaint.reference,
        site=complaint.site,
        called_for=at,
        received_at=complaint.received_at,
        level=complaint.level,
        feedback=complaint.feedback,
        data_right=complaint.data_right,
        answers=complaint.last_mail if values["to"] == "complainant" else None,
        on_paper=values["to"] == "complainant" and way_of(complaint, kind) not in (Way.MAIL, Way.PAGE),
        **values,
    )
