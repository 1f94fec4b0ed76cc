"""Mails that wait for staff keep their case: what they say stands nowhere else."""

from collections.abc import Iterable
from datetime import date
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from complaints.case.complaint import Complaint
from complaints.casework.record import retention
from complaints.values.casework.retention import KeptData, RetentionRule

if TYPE_CHECKING:
    from complaints.adapters.container import Container


def is_kept_unread(
    deps: "Container", complaint: Complaint, rules: Iterable[RetentionRule], today: date, zone: ZoneInfo
) -> bool:
    """Whether a case that is due as a whole is kept, because a mail of it or of its parts waits for staff.

    One read for each of them. Raises `Unavailable`.
    """
    whole = next((rule for rule in rules if rule.data is KeptData.CASE), None)
    if whole is None:
        return False
    cases = (complaint.reference, *complaint.parts)
    came = (deps.retention.waiting_mail(complaint.site, each) for each in cases)
    return any(at and retention.is_kept_unread(at, whole, today, zone) for at in came)
