"""Requests about personal data that come as cases: the record of each, begun once, with the date of its
case.

The stream tells of each entry of such a case, however it came; what there is to do is looked up. The id of
the record is that of the case, so that races and repetitions find it there.
"""

from datetime import date
from typing import TYPE_CHECKING

from complaints.case.clock import Clock
from complaints.case.complaint import Complaint
from complaints.management.declaration import RecordsContext
from complaints.management.privacy.privacy_requests import (
    WITHIN,
    FollowCase,
    PrivacyRequest,
    ReceiveRequest,
    RequestOutcome,
    record_id,
)
from complaints.management.record import RecordCommand, RecordKind
from complaints.site.pack_events import DATA_REQUEST_ANSWERED
from complaints.site.site import SiteTerms
from complaints.values.errors import NotNow
from complaints.values.field_types import DataRight, Feedback
from complaints.values.people import MACHINE

if TYPE_CHECKING:
    from complaints.adapters.container import Container


def look(deps: "Container", reference: str) -> None:
    """Begins the record of a request that came as this case and is open, or gives it the date of the case.

    Two reads, and a write where something is new. Raises `Unavailable`.
    """
    case = deps.cases.load(reference)
    if case is None or case.complaint.received_at is None or case.complaint.erasure:
        return
    complaint, terms = case.complaint, deps.sites.terms(case.complaint.site)
    record = deps.management_records.load(RecordKind.PRIVACY_REQUEST, record_id(complaint))
    now = deps.now()
    context = RecordsContext(now=now, today=terms.today(now), by=MACHINE, site=terms.site)
    request = record.content
    promise = _promise(complaint)
    command: RecordCommand
    if request is None:
        if not (complaint.feedback is Feedback.PERSONAL_DATA and complaint.stage.is_open):
            return
        received_on = terms.today(case.complaint.received_at)
        answer_by = _day(promise, terms) if promise else received_on + WITHIN
        command = ReceiveRequest(
            case=reference, received_on=received_on, answer_by=answer_by, right=complaint.data_right
        )
    elif isinstance(request, PrivacyRequest) and request.of_case and promise and request.outcome is None:
        command = FollowCase(answer_by=_day(promise, terms), extended=promise.added is not None)
    else:
        return
    try:
        deps.records_service.carry_out(record, command, context)
    except NotNow:
        # Somebody was faster: it is begun, or has ended.
        return


def request_of(deps: "Container", complaint: Complaint) -> PrivacyRequest | None:
    """The record of a request that is this case, if it was begun. Raises `Unavailable`."""
    request = deps.management_records.load(RecordKind.PRIVACY_REQUEST, record_id(complaint)).content
    return request if isinstance(request, PrivacyRequest) else None


def asks_for_erasure(deps: "Container", complaint: Complaint) -> bool:
    """Whether a person who is known to be it asked on record that the case be erased: one query. Raises
    `Unavailable`."""
    records = deps.management_records.of_site(complaint.site, RecordKind.PRIVACY_REQUEST)
    return any(
        isinstance(request := record.content, PrivacyRequest)
        and request.right is DataRight.ERASURE
        and request.identity is not None
        and request.outcome is not RequestOutcome.REFUSED
        and complaint.reference in request.cases
        for record in records
    )


def _promise(complaint: Complaint) -> Clock | None:
    """The promise that binds: of those to answer the request the strictest that runs, else the last one."""
    is_request = complaint.feedback is Feedback.PERSONAL_DATA
    clocks = [
        clock
        for clock in complaint.clocks
        if clock.stops_on == DATA_REQUEST_ANSWERED or (is_request and clock.purpose == "respond")
    ]
    running = [clock for clock in clocks if clock.stopped_at is None]
    return min(running or clocks[-1:], key=lambda clock: clock.due, default=None)


def _day(clock: Clock, terms: SiteTerms) -> date:
    return terms.today(clock.due)
