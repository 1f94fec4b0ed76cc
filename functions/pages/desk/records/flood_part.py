"""What the page of the closing of a flood shows beside its fields: how far it is, and cases to look at."""

from typing import Any

from complaints.casework.permissions import may
from complaints.management.evaluation.shared import content_of
from complaints.management.flood_closings import FloodClosing
from functions.api.management.records import OpenedRecord
from functions.pages.desk.records.forms import FormWords


def values(deps: object, at: OpenedRecord, words: FormWords) -> dict[str, Any]:
    """Its state, and the samples: whoever may read cases looks at them."""
    content = content_of(at.record, FloodClosing)
    return {
        "state": _state(content),
        "samples": content.samples,
        "may_read": may(at.by.roles, "read_case"),
    }


def _state(content: FloodClosing) -> str:
    if content.ended_at:
        return "ended"
    if content.is_counting:
        return "counting"
    return "closing" if content.is_closing else "counted"
