"""The alarms that somebody has still to answer: lines on the home of the desk."""

from typing import TYPE_CHECKING, NamedTuple

from complaints.management.hidden_records import is_hidden
from complaints.management.improvement.alarms import Alarm, LookInto
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
