"""Who is away now, by the date that it is at a site."""

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, NamedTuple

from complaints.values.people import Absence, Member

if TYPE_CHECKING:
    from complaints.adapters.container import Container


class AbsentMember(NamedTuple):
    """Somebody who is away now, with the absence."""

    member: Member
    away: Absence


def whom_i_stand_in_for(deps: "Container", me: Member, known: Iterable[Member]) -> Iterator[AbsentMember]:
    """Those of the `known` whose cases are mine to look after now."""
    for other in known:
        if other.away and standing_in(deps, me, other):
            yield AbsentMember(other, other.away)


def at_one_of(deps: "Container", member: Member, sites: Iterable[str]) -> Absence | None:
    """The absence of a member that has begun, and not ended, at one of these sites where the member works."""
    if member.away is None:
        return None
    days = (deps.sites.terms(key).today(deps.now()) for key in sites if member.serves(key))
    return member.away if any(map(member.away.covers, days)) else None


def standing_in(deps: "Container", me: Member, other: Member) -> tuple[str, ...]:
    """The sites at which one member stands in for another now."""
    if other.away is None or other.away.stand_in != me.id:
        return ()
    now = deps.now()
    return tuple(key for key in me.sites if me.stands_in_for(other, key, deps.sites.terms(key).today(now)))
