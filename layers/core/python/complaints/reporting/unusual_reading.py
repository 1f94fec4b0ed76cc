"""Unusual reading (clause 4: confidentiality): what of a day in the access log somebody should ask about.

The rule is simple enough to be told to whoever it names:

- **many**: a member read at least `MANY` cases on a day, more than three times as many as on the member's own
  usual day, and more than twice as many as the team's usual member on that day. A usual day is the median of
  those in the four weeks before on which the member read at all; with fewer than `ENOUGH` of them, or of
  colleagues, that part of the comparison is left out.
- **others'**: an agent or a reviewer read at least `FOREIGN` cases that somebody else had, and more of them
  than of all other cases. Quality management, auditors and data protection read cases of others by duty.
- **a colleague's**, **under watch**: a member read a case that concerns somebody of the staff, or a person
  under watch, without having it, in whichever hour of the day or now. Auditors and data protection read by
  duty.
- **given**: a member was given a right to see what others do not (`settings/members/rights_given.py`): nobody
  knows whether who gave it and who got it are two people.

It says that somebody should ask, and no more: a day of stocktaking, a handover, or the first day after an
absence is named, too. `docs/design/access.md` has how often it is wrong.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from enum import StrEnum
from statistics import median

from msgspec import Struct

from complaints.values.casework.access_log import AccessEntry, Handles
from complaints.values.people import Role

MANY, FOREIGN, ENOUGH = 20, 10, 5
OF_OWN, OF_TEAM = 3, 2
DAYS_BEFORE = 28
_MAY_READ_ALL = frozenset({Role.AUDITOR, Role.PRIVACY})
_BY_DUTY = _MAY_READ_ALL | {Role.QUALITY}


class Why(StrEnum):
    """Which part of the rule names a member."""

    MANY = "many"
    OTHERS = "others"
    COLLEAGUE = "colleague"
    WATCHED = "watched"
    GIVEN = "given"


class UnusualReading(Struct, frozen=True, kw_only=True):
    """That a member read unusually on a day: `cases` by the part of the rule, where `usual` is the member's
    own day, and `team` that of the colleagues; `None` where there are too few to compare with."""

    member: str
    why: Why
    cases: int
    usual: float | None = None
    team: float | None = None


def could_be_many(today: Iterable[AccessEntry]) -> list[str]:
    """The members whose earlier days must be known, who read most before all others."""
    counts = {member: len(cases) for member, cases in _cases(today).items()}
    return sorted((each for each in counts if counts[each] >= MANY), key=lambda each: (-counts[each], each))


def unusual(
    today: Sequence[AccessEntry], before: Mapping[str, Iterable[AccessEntry]]
) -> list[UnusualReading]:
    """What is unusual in the entries of one day; `before` are those of the four weeks before it, by the
    members of `could_be_many`."""
    cases = _cases(today)
    found = []
    for member in could_be_many(today):
        if member not in before:
            continue
        number = len(cases[member])
        usual = _usual([len(each) for each in _by_day(before[member]).values()])
        team = _usual([len(each) for name, each in cases.items() if name != member])
        is_more = (usual is None or number > OF_OWN * usual) and (team is None or number > OF_TEAM * team)
        if is_more:
            found.append(UnusualReading(member=member, why=Why.MANY, cases=number, usual=usual, team=team))
    for member, read in sorted(cases.items()):
        foreign = _foreign(today, member)
        if len(foreign) >= FOREIGN and 2 * len(foreign) > len(read):
            found.append(UnusualReading(member=member, why=Why.OTHERS, cases=len(foreign)))
    return found


def read_of_others(
    today: Iterable[AccessEntry], cases: Collection[str], assignees: Mapping[str, str | None]
) -> dict[str, tuple[str, ...]]:
    """Which of these cases each member read without having them: not in any hour of the day, and not now, as
    `assignees` says; by the members, in order. Not by those who read all of them by duty."""
    found: dict[str, list[str]] = {}
    known = [each for each in today if each.reference in cases]
    had = {(each.member, each.place) for each in known if each.handled_by is Handles.READER}
    for each in known:
        is_own = (each.member, each.place) in had or assignees.get(each.place) == each.member
        if not is_own and not _MAY_READ_ALL.intersection(each.roles):
            found.setdefault(each.member, []).append(each.place)
    return {member: tuple(dict.fromkeys(found[member])) for member in sorted(found)}


def _usual(numbers: Sequence[int]) -> float | None:
    return median(numbers) if len(numbers) >= ENOUGH else None


def _cases(entries: Iterable[AccessEntry]) -> dict[str, set[str]]:
    """The cases that each member read."""
    found: dict[str, set[str]] = {}
    for each in entries:
        if each.reference:
            found.setdefault(each.member, set()).add(each.reference)
    return found


def _by_day(entries: Iterable[AccessEntry]) -> dict[str, set[str]]:
    """The cases that one member read, by the date (UTC)."""
    found: dict[str, set[str]] = {}
    for each in entries:
        if each.reference:
            found.setdefault(f"{each.at:%Y-%m-%d}", set()).add(each.reference)
    return found


def _foreign(entries: Iterable[AccessEntry], member: str) -> set[str]:
    """The cases of others that a member read, who does not so by duty; one that was the member's own in any
    hour of the day is none."""
    own = [each for each in entries if each.member == member and each.reference]
    if any(_BY_DUTY.intersection(each.roles) for each in own):
        return set()
    mine = {each.place for each in own if each.handled_by is Handles.READER}
    return {each.place for each in own if each.handled_by is Handles.OTHER} - mine
