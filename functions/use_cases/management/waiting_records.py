"""Records of the management system that wait for somebody: alarms to answer, and policies to read and
confirm; lines on the home of the desk.
"""

from typing import TYPE_CHECKING, NamedTuple

from complaints.management.hidden_records import is_hidden
from complaints.management.improvement.alarms import Alarm, LookInto
from complaints.management.policies import ConfirmReading, policy_of
from complaints.management.record import RecordKind
from complaints.management.service import may_do
from complaints.values.people import Actor, Member

if TYPE_CHECKING:
    from complaints.adapters.container import Container


class WaitingAlarms(NamedTuple):
    """How many alarms of a site wait for an answer, and where they are listed."""

    site: str
    number: int
    address: str


def waiting_alarms(deps: "Container", by: Actor, me: Member) -> list[WaitingAlarms]:
    """Those of the member's sites that the member may answer: one query a minute for each site."""
    if not may_do(by, LookInto.verb, RecordKind.ALARM):
        return []
    now = deps.now()
    found = []
    for site in me.sites:
        alarms = deps.management_records.known(site, RecordKind.ALARM, now)
        known = deps.sites.terms(site).site
        number = sum(
            isinstance(each.content, Alarm) and each.content.waits and not is_hidden(each, me, known)
            for each in alarms
        )
        if number:
            found.append(
                WaitingAlarms(known.name, number, f"/desk/records?kind={RecordKind.ALARM}&site={site}")
            )
    return found


class UnreadPolicy(NamedTuple):
    """Of which site, which version, and the address of its page."""

    site: str
    number: int
    address: str


def unread_policies(deps: "Container", by: Actor, me: Member) -> list[UnreadPolicy]:
    """Those of the member's sites that the member has not confirmed: one query a minute for each site."""
    if not may_do(by, ConfirmReading.verb, RecordKind.POLICY):
        return []
    now = deps.now()
    found = (policy_of(deps.management_records.known(site, RecordKind.POLICY, now)) for site in me.sites)
    return [
        UnreadPolicy(
            deps.sites.terms(record.site).site.name,
            policy.number,
            f"/desk/records/{record.kind}/{record.id}",
        )
        for record, policy in filter(None, found)
        if not policy.is_read_by(me.id)
    ]
