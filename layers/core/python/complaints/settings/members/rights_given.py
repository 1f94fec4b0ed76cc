"""Rights that open what others do not see: who gave them to a member on a day.

Nobody gives themselves such a right while another administrator could give it (`membership.py`). But nobody
knows whether two accounts are one person's. So each such gift is asked about by somebody else
(`management/privacy/reading_alarms.py`), unless the operator made it.
"""

from collections.abc import Iterable
from datetime import UTC, date

from complaints.events.event import Fact
from complaints.settings.events import MemberActivated, MemberChanged, MemberDeactivated, MemberJoined
from complaints.values.people import Role

_CLEARANCE = "sensitive"
_OPENING = frozenset({Role.PRIVACY, Role.CUSTODIAN})


def givers_on(facts: Iterable[Fact], site: str, day: date) -> tuple[str, ...]:
    """Who gave a member of a site such a right on a day (UTC), by the facts of their record in their order:
    ids of members, or what else it was, such as `scim` for the directory; each once. It counts also where it
    was taken back since. There is none where nobody gave one, or the operator."""
    givers: list[str] = []
    rights, sites, is_active = frozenset[str](), tuple[str, ...](), True
    for fact in facts:
        before = rights if is_active else frozenset()
        if isinstance(fact, MemberChanged):
            rights, sites = _rights(fact.roles, is_cleared=fact.sensitive), fact.sites
        elif isinstance(fact, MemberJoined):
            rights, sites = _rights(fact.roles, is_cleared=_CLEARANCE in rights), fact.sites
        elif isinstance(fact, MemberDeactivated | MemberActivated):
            is_active = isinstance(fact, MemberActivated)
        has_more = is_active and site in sites and bool(rights - before)
        if has_more and is_of_day(fact, day) and (giver := _giver(fact)):
            givers.append(giver)
    return tuple(dict.fromkeys(givers))


def is_of_day(fact: Fact, day: date) -> bool:
    """Whether something happened on a day (UTC)."""
    return fact.at.astimezone(UTC).date() == day


def _giver(fact: Fact) -> str | None:
    """Who is behind a fact: of somebody who joined, whoever invited them."""
    if isinstance(fact, MemberJoined):
        return fact.invited_by or None
    return None if fact.by.kind == "operator" else fact.by.id or fact.by.kind


def _rights(roles: Iterable[Role], *, is_cleared: bool) -> frozenset[str]:
    return _OPENING.intersection(roles) | ({_CLEARANCE} if is_cleared else frozenset())
