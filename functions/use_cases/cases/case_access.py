"""A member of staff at a case: who it is, what it is and what was done before, in one read of the table."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from msgspec import Struct

from complaints.audit_trail.hash_chain import StoredEntry
from complaints.case.complaint import Complaint
from complaints.casework.command import Command
from complaints.casework.workflow.assignment import Assign
from complaints.casework.workflow.corrective_actions import Act
from complaints.casework.workflow.tasks import AddTask, ReassignTask
from complaints.context.case import Case, Guard
from complaints.context.ports import Claims
from complaints.values.casework.access_log import AccessEntry, AccessKind, AccessMark, Handles, mark_of
from complaints.values.codes import DATA_REQUEST
from complaints.values.errors import Forbidden
from complaints.values.people import Actor, Member
from functions.http import auth, idempotency
from functions.http.visit import Visit

if TYPE_CHECKING:
    from complaints.adapters.container import Container


class CaseAccess(Struct, frozen=True, kw_only=True):
    """`guard` is what this visit would set, `used` what an earlier one set under the same key.

    `colleague` is the member whom the command names. `entries` of the case are those that came with it.
    """

    by: Actor
    member: Member
    case: Case
    colleague: Member | None = None
    guard: Guard | None = None
    used: Guard | None = None
    entries: Sequence[StoredEntry] = ()

    @property
    def was_done(self) -> bool:
        """Whether this is the repetition of a write. Raises `KeyReused`."""
        return idempotency.is_replay(self.guard, self.used)


def open_case(
    visit: Visit,
    typed: str,
    action: str,
    found: Claims,
    command: Command | None = None,
    last: int = 0,
    *,
    reads: AccessKind | None = AccessKind.CASE,
) -> CaseAccess:
    """Looks the member and the case up, and up to so many of the `last` entries.

    Without a command, what is read stands in the access log before it is shown: one write for each member,
    case, hour and kind, and none where it `reads` nothing that people wrote.

    Raises `Forbidden`, `NotFound`, `MistypedReference`.
    """
    reference = auth.reference_in(typed)
    named = _colleague(command)
    guard = (
        idempotency.guard_of(visit, found.subject, f"{reference}/{action}", visit.deps.now())
        if command
        else None
    )
    people = {found.subject, named} - {None}
    names = [name for name in people if name]
    now = visit.deps.now()
    mark = mark_of(reference, found.subject, reads, now) if reads and command is None else None
    look = visit.deps.cases.look_up(reference, names, guard.id if guard else None, found.session, last, mark)
    member = look.members.get(found.subject)
    by = auth.authorize(visit, found, member, action, look.session)
    if member is None:
        raise Forbidden
    member = auth.limited(member, by)
    case = auth.case_for(visit.deps.sites, visit.request, look.case, member)
    if mark and not look.is_noted:
        note_access(visit.deps, mark, case.complaint, by, now)
    return CaseAccess(
        by=by,
        member=member,
        case=case,
        colleague=look.members.get(named or ""),
        guard=guard,
        used=look.guard,
        entries=look.entries,
    )


def note_reading(deps: "Container", reference: str, member: str, by: Actor, kind: AccessKind) -> None:
    """Writes into the access log that a member reads something of a case that was not opened for it: one
    read, and a write for each member, case, hour and kind. Raises `Unavailable`."""
    now = deps.now()
    mark = mark_of(reference, member, kind, now)
    look = deps.cases.look_up(reference, access=mark)
    if look.case and not look.is_noted:
        note_access(deps, mark, look.case.complaint, by, now)


def note_access(deps: "Container", mark: AccessMark, complaint: Complaint, by: Actor, now: datetime) -> None:
    """Writes into the access log that a member reads something of a case. Raises `Unavailable`."""
    site = deps.sites.terms(complaint.site).site
    others = {None: Handles.NOBODY, mark.member: Handles.READER}
    entry = AccessEntry(
        place=mark.place,
        member=mark.member,
        kind=mark.kind,
        site=complaint.site,
        at=now,
        roles=by.roles,
        handled_by=others.get(complaint.assignee, Handles.OTHER),
        sensitive=not site.codes.sensitive.isdisjoint(complaint.categories),
        data_request=DATA_REQUEST in complaint.categories,
    )
    deps.access_log.note(entry, now + timedelta(days=site.access_log_days))


def _colleague(command: Command | None) -> str | None:
    """The member whom a command names, by id."""
    match command:
        case Assign() | AddTask() | ReassignTask():
            return command.to
        case Act():
            return command.owner
    return None
