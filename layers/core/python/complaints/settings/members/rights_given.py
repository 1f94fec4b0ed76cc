"""Rights that open what others do not see: who gave them to a member on a day.

Nobody gives themselves such a right while another administrator could give it (`membership.py`). But nobody
knows whether two accounts are one person's. So each such gift is asked about by somebody else
(`management/privacy/reading_alarms.py`), unless the operator made it.
"""

from collections.abc import Iterable
from datetime import UTC, date

from complaints.events.event import Fact
from complaints.settings.events import MemberActivated, MemberChanged, MemberDeactivated, MemberJoined
from complaints.values.people import Member, Role

_CLEARANCE = "sensitive"
_OPENING = frozenset({Role.PRIVACY, Role.CUSTODIAN})


def opens_more(member: Member) -> bool:
    """Whether a member sees what others of the staff do not."""
    return bool(_rights(member.roles, is_cleared=member.sensitive))


def giver_on(facts: Iterable[Fact], day: date) -> str | None:
    """Who gave a member such a right on a day (UTC), by the facts of their record in their order: the id of a
    member, or what else it was, such as `machine` for the directory; the last of several. `None` where nobody
    did, or the operator."""
    giver: str | None = None
    rights, is_active = frozenset[str](), True
    for fact in facts:
        before = rights if is_active else frozenset()
        if isinstance(fact, MemberChanged):
            rights = _rights(fact.roles, is_cleared=fact.sensitive)
        elif isinstance(fact, MemberJoined):
            rights = _rights(fact.roles, is_cleared=_CLEARANCE in rights)
        elif isinstance(fact, MemberDeactivated | MemberActivated):
            is_active = isinstance(fact, MemberActivated)
        has_more = is_active and bool(rights - before)
        if has_more and fact.at.astimezone(UTC).date() == day:
            giver = _giver(fact) or giver
    return giver


def _giver(fact: Fact) -> str | None:
    """Who is behind a fact: of somebody who joined, whoever invited them."""
    if isinstance(fact, MemberJoined):
        return fact.invited_by or None
    return None if fact.by.kind == "operator" else fact.by.id or fact.by.kind


def _rights(roles: Iterable[Role], *, is_cleared: bool) -> frozenset[str]:
    return _OPENING.intersection(roles) | ({_CLEARANCE} if is_cleared else frozenset())
