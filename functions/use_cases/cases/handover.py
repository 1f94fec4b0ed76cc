"""Cases and tasks of somebody who may not work on them any more: left at once, and seen by the team.

A deactivation says that cases must be left; it stays due until none is. So a run that dies is gone on
with, and an index that lags behind by seconds hides no case.
"""

from collections.abc import Iterator
from datetime import timedelta
from itertools import islice
from typing import TYPE_CHECKING, NamedTuple

from complaints.adapters.config import telemetry
from complaints.casework.command import Command
from complaints.casework.people.sensitive_cases import may_see
from complaints.casework.workflow.assignment import Release, ReleaseTasks
from complaints.casework.workflow.corrective_actions import may_own
from complaints.context.decision_context import Context
from complaints.reporting.list_rows import Filter, QueueEntry
from complaints.settings.member_commands import FinishHandover
from complaints.settings.setting import Setting, SettingKind
from complaints.settings.settings_context import SettingsContext
from complaints.values.people import MACHINE, Member

if TYPE_CHECKING:
    from complaints.adapters.container import Container
    from complaints.context.stores import Sites
    from complaints.reporting.ports import Queues


AT_ONCE = 20
"""How many cases are left before the administrator is answered."""

A_RUN = 100
"""How many cases one run of the schedule goes through for one member."""

GRACE = timedelta(minutes=2)
"""How long a case may be missing from the index that was given away in the same moment."""


def begin(deps: "Container", setting: Setting) -> list[str]:
    """Leaves the first cases, and names them; the schedule does the rest."""
    return _leave(deps, setting, AT_ONCE).left


def go_on(deps: "Container", name: str) -> None:
    """Leaves the next cases of a member, and notes when there are none."""
    setting = deps.settings_store.load(SettingKind.MEMBER, name)
    if setting.unfinished is None or not _leave(deps, setting, A_RUN).is_all:
        return
    if deps.now() >= setting.unfinished + GRACE:
        context = SettingsContext(now=deps.now(), by=MACHINE, shipped_data=deps.shipped_data)
        deps.settings_service.carry_out(setting, FinishHandover(), context)


class HandoverPass(NamedTuple):
    """One go through the cases of a member: those that were left, and whether there were no others."""

    left: list[str]
    is_all: bool


def _leave(deps: "Container", setting: Setting, most: int) -> HandoverPass:
    """Leaves up to `most` of the cases that the member may not look after, and tasks in so many others."""
    member = setting.record
    assert isinstance(member, Member)
    references = list(islice(to_leave(deps.sites, deps.queues, member), most))
    with_tasks = list(islice(_tasks_to_return(deps, member), most))
    for reference in with_tasks:
        _carried_out(deps, reference, ReleaseTasks(member=member.id))
    return HandoverPass(
        [reference for reference in references if _released(deps, reference, member)],
        not (references or with_tasks),
    )


def to_leave(sites: "Sites", queues: "Queues", member: Member) -> Iterator[str]:
    """The open cases of a member that could not be given to the member now."""
    after: str | None = None
    while True:
        page = queues.of_owner(member.id, Filter(), after=after, limit=A_RUN)
        yield from (listed.row.reference for listed in page.items if not _keeps(sites, member, listed))
        after = page.next
        if after is None:
            return


def _keeps(sites: "Sites", member: Member, listed: QueueEntry) -> bool:
    is_handled = member.handles(listed.site)
    return is_handled and may_see(member, sites.terms(listed.site).site, listed.categories)


def _tasks_to_return(deps: "Container", member: Member) -> Iterator[str]:
    """The cases with open tasks of a member that could not be given to the member now."""
    after: str | None = None
    while True:
        page = deps.task_lists.of_member(member.id, after=after, limit=A_RUN)
        for each in page.items:
            site = deps.sites.terms(each.task.site).site
            if not (may_own(member, site.key) and may_see(member, site, each.task.categories)):
                yield each.task.reference
        after = page.next
        if after is None:
            return


def _released(deps: "Container", reference: str, member: Member) -> bool:
    """Whether the case is nobody's now."""
    return _carried_out(deps, reference, Release(member=member.id), owner=member.id)


def _carried_out(deps: "Container", reference: str, command: Command, *, owner: str | None = None) -> bool:
    """Whether a command was carried out, on a case of this owner where one is named.

    One that fails stays for the next run, and stops no other.
    """
    try:
        case = deps.cases.load(reference)
        if case is None or (owner and case.complaint.assignee != owner):
            return False
        context = Context(now=deps.now(), by=MACHINE, terms=deps.sites.terms(case.complaint.site))
        deps.casework.carry_out(case, command, context)
    except Exception as error:
        telemetry.failure("case not left", error, reference=reference)
        telemetry.count(telemetry.NOT_WORKED)
        return False
    return True
