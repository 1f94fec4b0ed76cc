"""What some kinds of records show beside their fields: a part of a template with values of its own."""

from collections.abc import Callable
from typing import Any

from complaints.lazy_imports import lazy_imports
from complaints.management.record import RecordKind

with lazy_imports():
    # A page shows one kind: the parts of others are not imported for it.
    from functions.desk.records import data_parts, evaluation, flood_part, improvement_parts, planning_parts

Part = Callable[..., dict[str, Any]]
"""The values of `templates/pages/desk/records/<kind>.html`: of the container, the opened record, and the
words of its kind."""

_PARTS: dict[RecordKind, Callable[[], Part]] = {
    RecordKind.POLICY: lambda: planning_parts.of_policy,
    RecordKind.OBJECTIVE: lambda: planning_parts.of_objective,
    RecordKind.ALARM: lambda: improvement_parts.of_alarm,
    RecordKind.THEME: lambda: improvement_parts.of_theme,
    RecordKind.ACTION: lambda: improvement_parts.of_action,
    RecordKind.SAMPLE: lambda: evaluation.sample,
    RecordKind.AUDIT: lambda: evaluation.audit,
    RecordKind.REVIEW: lambda: evaluation.review,
    RecordKind.YEARLY_REPORT: lambda: evaluation.yearly_report,
    RecordKind.EVIDENCE_PACK: lambda: data_parts.of_file,
    RecordKind.PERSONAL_DATA: lambda: data_parts.of_file,
    RecordKind.PRIVACY_REQUEST: lambda: data_parts.of_request,
    RecordKind.FLOOD_CLOSING: lambda: flood_part.values,
}


def part_of(kind: RecordKind) -> Part | None:
    """The part of a kind, if it has one."""
    found = _PARTS.get(kind)
    return found() if found else None
