"""The policies that somebody has still to read and confirm: a line on the home of the desk and over tasks."""

from typing import TYPE_CHECKING, NamedTuple

from complaints.management.policies import ConfirmReading, policy_of
from complaints.management.record import RecordKind
from complaints.management.service import may_do
from complaints.values.people import Actor, Member

if TYPE_CHECKING:
    from complaints.adapters.container import Container


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
