"""Rights that open what others do not see: who gave them to a member on a day.

Nobody gives themselves such a right while another administrator could give it (`membership.py`). But nobody
knows whether two accounts are one person's. So each such gift is asked about by somebody else
(`management/privacy/reading_alarms.py`), unless the operator made it. Changes that hold at several sites are
told to their administrators at once, and those of what protects data to whoever protects it.
"""

from collections.abc import Iterable
from datetime import UTC, date

from complaints.case.correspondence.letter import RightsLine
from complaints.case.fact import Fact
from complaints.settings.events import MemberActivated, MemberChanged, MemberDeactivated, MemberJoined
from complaints.settings.members.directory import sites_of
from complaints.settings.members.membership import sites_of_change
from complaints.settings.setting import Setting
from complaints.site.site import SiteRecord
from complaints.values.casework.retention import effect
from complaints.values.directory import Directory
from complaints.values.people import Member, Role

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


def told_at_once(before: Setting, after: Setting, fact: Fact) -> tuple[RightsLine, frozenset[str]] | None:
    """What administrators are told of, and of which sites: a change of what the directory gives, and of a
    member of several sites. What the directory sends follows from what was told. Whoever protects the data of
    a site is told of what is erased there in future, thirty days before, and that one alone may erase."""
    what, sites = "", frozenset[str]()
    old, new = before.record, after.record
    if isinstance(new, Directory):
        known = old if isinstance(old, Directory) else Directory()
        what, sites = _of_directory(known, new), _concerned(known, new)
    elif isinstance(old, Member) and isinstance(new, Member) and fact.by.is_staff:
        what, sites = _of_member(old, new)
    elif isinstance(old, SiteRecord) and isinstance(new, SiteRecord) and old.privacy_approval:
        what = "retention" if effect(old.retention) != effect(new.retention) else ""
        what = what if new.privacy_approval else "alone"
        sites = frozenset({after.id} if what else ())
    line = RightsLine(kind=after.kind, id=after.id, what=what, by=fact.by.id or fact.by.kind)
    return (line, sites) if sites else None


def _of_directory(old: Directory, new: Directory) -> str:
    is_same = (old.groups, old.gives_administrator) == (new.groups, new.gives_administrator)
    if old.token_hash == new.token_hash or not is_same:
        return "mapping"
    return "token" if new.token_hash else "stopped"


def _concerned(old: Directory, new: Directory) -> frozenset[str]:
    """The sites that a directory speaks for; where it has no lines yet, those of whoever made its token."""
    return (sites_of(old) | sites_of(new)) or frozenset((*old.token_sites, *new.token_sites))


def _of_member(old: Member, new: Member) -> tuple[str, frozenset[str]]:
    everywhere = frozenset((*old.sites, *new.sites))
    if len(everywhere) == 1:
        return "rights", frozenset()
    if old.active != new.active:
        return "activated" if new.active else "deactivated", everywhere
    return "rights", frozenset(sites_of_change(old, new))


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
