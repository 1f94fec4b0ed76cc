"""Records of the management system: what a command on one is judged by, and their reminders."""

from typing import TYPE_CHECKING

from complaints.management.declaration import RecordsContext
from complaints.management.kinds import declaration
from complaints.management.record import ManagementRecord, RecordKind
from complaints.management.service import RecordConflict
from complaints.values.people import MACHINE, Actor, accounts_of

if TYPE_CHECKING:
    from complaints.adapters.container import Container


def records_context(deps: "Container", record: ManagementRecord, by: Actor) -> RecordsContext:
    """What a command on a record is judged by. Raises `UnknownSite`."""
    now = deps.now()
    terms = deps.sites.terms(record.site)
    needed = declaration(record.kind).needs
    # Read anew: somebody who was added a moment ago can be named.
    known = deps.members.all()
    return RecordsContext(
        now=now,
        by=by,
        today=terms.today(now),
        site=terms.site,
        members=tuple(each for each in known if record.site in each.sites),
        accounts=accounts_of(by.id, known),
        records=[each for kind in needed for each in deps.management_records.of_site(record.site, kind)],
    )


def remind(deps: "Container", kind: str, id: str) -> None:
    """Writes to staff of a record that the index called due, if it still is."""
    record = deps.management_records.load(RecordKind(kind), id)
    if record.content is None:
        return
    try:
        deps.records_service.remind(record, records_context(deps, record, MACHINE))
    except RecordConflict:
        # Somebody changed it meanwhile: the index names it again when it is due.
        return
