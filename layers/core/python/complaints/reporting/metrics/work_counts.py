"""Counts of the work that there is now: what the state of a case adds to them, and what they add up to.

Each case adds what its state says, and takes back what its state before said: so the counts are always those
of the present, and nobody reads the cases. Only states are looked at, which hold no word that anybody wrote.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from typing import NamedTuple
from zoneinfo import ZoneInfo

from msgspec import Struct

from complaints.case.complaint import Complaint
from complaints.promise_packs.schema import EARLY
from complaints.reporting.list_rows import AWAITING, OPEN, RESPONDED, Hidden, queue_of

APPROVAL, DUE, OVERDUE, RECEIVED = "approval", "due", "overdue", "received"
AIM = "aim"
"""What is counted besides the queues. `DUE` and `RECEIVED` are counted by their dates, and so is `AIM`: what
is due first is an early resolution, which is none of what we owe."""

SOON_DAYS = 3
"""What is due soon is due by the end of so many dates after today."""

AGES = (7, 14, 28, 56)
"""The ages, in days, between which open cases are counted."""


class WorkKey(NamedTuple):
    """Whose number it is: of a site, and of a local date where it is counted by dates.

    `categories` are those of the case and of its points, with `|` between them: a case is hidden from a
    reader for any of them. `value` is what is counted and the id of the assignee: `open:ada`, or `open:`
    where there is none.
    """

    site: str
    day: date | None
    categories: str
    value: str


WorkCounts = Counter[WorkKey]


class SiteCounts(NamedTuple):
    """What the home of the desk reads of a site: its work; what was received and closed, by the first of the
    month; how promises ended, by the Monday of the week. It `is_whole` unless cases from before there were
    such counts are not in them yet."""

    work: WorkCounts
    months: Mapping[date, Counter[str]]
    weeks: Mapping[date, Counter[str]]
    is_whole: bool = True


class Load(Struct, frozen=True, kw_only=True):
    """How many cases there are of some work. `ages` are the open ones between the dates of `AGES`, the
    youngest first; the last are older than all."""

    open: int = 0
    unassigned: int = 0
    overdue: int = 0
    due_today: int = 0
    approvals: int = 0
    awaiting: int = 0
    responded: int = 0
    ages: tuple[int, ...] = (0,) * (len(AGES) + 1)

    @property
    def is_empty(self) -> bool:
        """Whether the organisation has nothing to do, and waits for nobody."""
        return not (self.open or self.overdue or self.approvals or self.awaiting)


def work_of(complaint: Complaint, zone: ZoneInfo) -> WorkCounts:
    """What a case adds, in the local dates of its site: nothing once it has ended, or is part of another."""
    queue = queue_of(complaint)
    if queue is None or complaint.received_at is None:
        return Counter()
    binding = complaint.binding_clock
    found: list[tuple[date | None, str]] = [(None, queue)]
    if queue == OPEN:
        found.append((complaint.received_at.astimezone(zone).date(), RECEIVED))
    if complaint.awaits_approval:
        found.append((None, APPROVAL))
    if binding:
        due = (binding.due.astimezone(zone).date(), AIM if binding.purpose == EARLY else DUE)
        found.append((None, OVERDUE) if binding.missed else due)
    owner, categories = complaint.assignee or "", "|".join(sorted(complaint.categories))
    return Counter(WorkKey(complaint.site, day, categories, f"{what}:{owner}") for day, what in found)


def soon_days(today: date) -> tuple[date, ...]:
    """The local dates on which what is due soon falls."""
    return tuple(today + timedelta(days=ahead) for ahead in range(SOON_DAYS + 1))


def oldest_day(today: date) -> date:
    """From which local date on the counts by dates are needed."""
    return today - timedelta(days=AGES[-1] - 1)


def loads(work: WorkCounts, hidden: Hidden, today: date) -> dict[str, Load]:
    """The work of a site by assignee, an empty one for what nobody has; `today` is the date there.

    Cases of a category that is hidden from the reader are left out.
    """
    numbers: dict[str, Counter[str]] = defaultdict(Counter)
    for key, number in work.items():
        if hidden.get(key.site, frozenset()).isdisjoint(key.categories.split("|")):
            what, _, owner = key.value.partition(":")
            numbers[owner][_counted(what, key.day, today)] += number
    return {owner: _load(owner, found) for owner, found in numbers.items()}


def total(parts: Iterable[Load]) -> Load:
    """All of it together."""
    known = list(parts)
    return Load(
        open=sum(each.open for each in known),
        unassigned=sum(each.unassigned for each in known),
        overdue=sum(each.overdue for each in known),
        due_today=sum(each.due_today for each in known),
        approvals=sum(each.approvals for each in known),
        awaiting=sum(each.awaiting for each in known),
        responded=sum(each.responded for each in known),
        ages=tuple(sum(each.ages[at] for each in known) for at in range(len(AGES) + 1)),
    )


def _counted(what: str, day: date | None, today: date) -> str:
    """What a number by a date tells today: the place of an age, or whether something is due."""
    if day is None:
        return what
    if what in (DUE, AIM):
        return what if day == today else ""
    days = (today - day).days
    return next((f"{RECEIVED}{at}" for at, end in enumerate(AGES) if days < end), "")


def _load(owner: str, found: Counter[str]) -> Load:
    young = tuple(found[f"{RECEIVED}{at}"] for at in range(len(AGES)))
    return Load(
        open=found[OPEN],
        unassigned=0 if owner else found[OPEN],
        overdue=found[OVERDUE],
        due_today=found[DUE],
        approvals=found[APPROVAL],
        awaiting=found[AWAITING],
        responded=found[RESPONDED],
        ages=(*young, found[OPEN] - sum(young)),
    )
