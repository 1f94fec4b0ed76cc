"""All that is held of a person: before the file is ordered, each of its cases has on record that it is."""

from typing import TYPE_CHECKING

from complaints.casework.record.personal_data import PreparePersonalData
from complaints.context.case import AlreadyUsed
from complaints.context.decision_context import Context
from complaints.management.declaration import RecordsContext
from complaints.management.privacy.personal_data import OrderPersonalData, order
from complaints.management.record import ManagementRecord
from complaints.values.casework.access_log import AccessKind, mark_of
from complaints.values.people import MACHINE
from functions.http import idempotency
from functions.http.visit import Visit
from functions.use_cases.cases.case_access import note_access

if TYPE_CHECKING:
    pass


def put_on_record(
    visit: Visit,
    record: ManagementRecord,
    command: OrderPersonalData,
    context: RecordsContext,
) -> None:
    """Says in each case, and in the access log, that its data goes into the file of a record: two writes for
    each. It comes first, so that nothing leaves that is not on record; whoever asks again does it once.

    Raises what the rule of the order refuses, before anything is written, and `Unavailable`.
    """
    data = order(record, command, context)
    now, me = context.now, context.by.id
    for reference, case in visit.deps.cases.load_all(data.cases).items():
        complaint = case.complaint
        once = idempotency.guard_of(
            visit._replace(request=visit.request.sending(b"", idempotency_key=record.id)),
            me,
            f"{reference}/{record.kind}",
            now,
        )
        terms = visit.deps.sites.terms(complaint.site)
        asked = PreparePersonalData(record=record.id, asked_by=me)
        try:
            visit.deps.casework.carry_out(case, asked, Context(now=now, by=MACHINE, terms=terms), guard=once)
        except AlreadyUsed:
            # The same order was cut off after this case.
            continue
        note_access(visit.deps, mark_of(reference, me, AccessKind.PERSON, now), complaint, context.by, now)
