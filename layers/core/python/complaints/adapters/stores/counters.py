"""Figures as items: one for each site, date and measure, to which a case adds in one transaction.

Each case has an item that says up to which entry it is counted. What is delivered twice, late or in another
order adds nothing twice, and what was never delivered is added with the next entry.
"""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import date, timedelta
from typing import Any, NamedTuple
from uuid import uuid4

from pynamodb.exceptions import TransactWriteError
from pynamodb.expressions.operand import Path
from pynamodb.expressions.update import Action
from pynamodb.transactions import TransactWrite

from complaints.adapters.dynamodb.entry_items import sealed_chain_of
from complaints.adapters.dynamodb.key_schema import (
    STANDING,
    Key,
    case_pk,
    counted_key,
    day_sk,
    due_week_key,
    group_sk,
    month_sk,
    reference_in,
    standing_sk,
    sum_sk,
    tally_pk,
    work_sk,
    work_sum_key,
)
from complaints.adapters.dynamodb.models import WEEKDAYS, WHOLE, CountedItem, Item, TallyItem
from complaints.adapters.dynamodb.reads import answering, get_all
from complaints.adapters.dynamodb.table import connection
from complaints.adapters.dynamodb.transactions import CONFLICT_TRIES
from complaints.audit_trail.hash_chain import StoredEntry
from complaints.reporting.list_rows import OPEN
from complaints.reporting.metrics.case_measures import Added, CalendarOf, counted
from complaints.reporting.metrics.group_figures import of_month
from complaints.reporting.metrics.measures import (
    ALL,
    BALANCES,
    BY_MONTH,
    CounterKey,
    Counts,
    GroupCounts,
    GroupKey,
    Measure,
    Standing,
)
from complaints.reporting.metrics.work_counts import AIM, DUE, Load, SiteCounts, WorkCounts, WorkKey, total
from complaints.values.errors import Unavailable
from complaints.values.text.case_reference import PREFIX

Numbers = Counter[str]
_END = "~"
"""Behind every measure of a date."""
_BY, _STAYS = "by", "stays"
"""What adds up from the first month on, besides what is in work."""
_DAY, _KEPT, _MONTH, _NOW = "day", "kept", "month", "now"
"""The parts that the home of the desk reads, in the order of their keys: so it is one query."""
MOST_ITEMS = 100
"""How many items DynamoDB writes in one transaction; one of them is the mark of the case."""
_OF_THE_ITEM = frozenset({"pk", "sk", "item", "revision", "whole"})


class DynamoCounters:
    """Figures in DynamoDB; `calendar_of` says in which zone the dates of a site are, and which are business
    days."""

    def __init__(self, calendar_of: CalendarOf) -> None:
        self._calendar_of = calendar_of
        self._begun: set[str] = set()
        """Sites that have figures already."""

    @staticmethod
    def named_in(key: Mapping[str, Any]) -> str | None:
        """The case whose entry the key of a stream record names, if it names one."""
        pk, sk = key["pk"]["S"], key["sk"]["S"]
        is_entry = pk.startswith(case_pk(PREFIX)) and sk.startswith("entry#")
        return reference_in(pk) if is_entry else None

    def count(self, reference: str, entries: Sequence[StoredEntry] = ()) -> None:
        """Adds what a case has not added yet: as its `entries` say, where they were read already.

        Raises `Unavailable`.
        """
        chain, tries = entries, CONFLICT_TRIES
        while tries:
            known = _known_of(reference)
            since = known.number
            if not chain or chain[-1].number < known.upto:
                # Of what is written in part the rest can only be told from as long a chain.
                chain = sealed_chain_of(case_pk(reference))
            if chain and chain[-1].number <= since:
                return
            upto, added = self._to_add(reference, chain, known)
            if not added and (not chain or upto == chain[-1].number):
                return
            if _is_added(reference, known, upto, added, self._new_sites(added)):
                if upto == chain[-1].number and known.parts + 1 >= len(_parts_of(added)):
                    return
            else:
                tries -= 1
            chain = ()
        raise Unavailable

    def _to_add(self, reference: str, chain: Sequence[StoredEntry], known: "_Known") -> tuple[int, Added]:
        """What a case has not added yet, up to the entry of which it is: of a case that was not counted for
        long only so many entries as one transaction takes. Of what is written in part, the same again."""
        since = known.number
        if known.parts:
            return known.upto, counted(reference, chain[: known.upto], self._calendar_of, since)
        first, upto = since, len(chain)
        while True:
            added = counted(reference, chain[:upto], self._calendar_of, since)
            if upto <= first + 1 or len(items_of(added)) < MOST_ITEMS:
                return upto and chain[upto - 1].number, added
            upto = first + (upto - first) // 2

    def _new_sites(self, added: Added) -> set[str]:
        """The sites of which nothing was ever counted: their numbers are whole from this case on."""
        named = {key.site for key in added.work} - self._begun
        new = {site for site in named if not _has_figures(site)}
        self._begun |= named - new
        return new

    def between(self, site: str, first: date, last: date) -> Counts:
        """The numbers of a site from one date to another, both included: one query."""
        counts: Counts = Counter()
        for item in _query(site, day_sk(first), day_sk(last, _END)):
            _, day, measure = item["sk"]["S"].split("#")
            for value, number in numbers_in(item).items():
                counts[CounterKey(site, date.fromisoformat(day), Measure(measure), value)] = number
        return counts

    def months(self, site: str, first: date, last: date) -> Counts:
        """The numbers of a site in the months from that of one date to that of another: one query. They stand
        on the first of the month, and the dates in their values are of months, too."""
        counts: Counts = Counter()
        for item in _query(site, sum_sk(first), sum_sk(last, _END)):
            _, month, measure = item["sk"]["S"].split("#")
            for value, number in numbers_in(item).items():
                key = CounterKey(site, date.fromisoformat(f"{month}-01"), Measure(measure), value)
                counts[key] = number
        return counts

    def standing(self, site: str, last: date) -> Standing:
        """What adds up from the first month on to that of a date: one query."""
        counts, groups, stays = Counts(), GroupCounts(), Counts()
        for item in _query(site, STANDING, standing_sk(last, _END)):
            _, name, *part = item["sk"]["S"].split("#")
            month = date.fromisoformat(f"{name}-01")
            for value, number in numbers_in(item).items():
                if not part:
                    counts[CounterKey(site, month, Measure.OPEN, value)] = number
                elif part == [_STAYS]:
                    day, _, what = value.partition(":")
                    stays[CounterKey(site, month.replace(day=int(day)), Measure.STAYS, what)] = number
                else:
                    measure, _, rest = value.partition("#")
                    by, _, group = rest.partition(":")
                    if by:
                        groups[GroupKey(site, month, by, group, Measure(measure), ALL)] = number
                    else:
                        counts[CounterKey(site, month, Measure(measure), ALL)] = number
        return Standing(counts, groups, stays)

    def grouped(self, site: str, by: str, first: date, last: date) -> GroupCounts:
        """The numbers of each group in the months from that of one date to that of another: one query."""
        groups = GroupCounts()
        for item in _query(site, group_sk(by, first), group_sk(by, last, _END)):
            _, _, month, group = item["sk"]["S"].split("#", 3)
            for name, number in numbers_in(item).items():
                measure, _, value = name.partition("#")
                day = date.fromisoformat(f"{month}-01")
                groups[GroupKey(site, day, by, group, Measure(measure), value)] = number
        return groups

    def open_before(self, site: str, month: date) -> Numbers:
        """What was in work when the month of a date began: one query, of an item for each month."""
        total: Numbers = Counter()
        for item in _query(site, STANDING, month_sk(month)):
            name = item["sk"]["S"]
            if name < month_sk(month) and name.count("#") == 1:
                total.update(numbers_in(item))
        return total

    def home(self, site: str, since: date) -> SiteCounts:
        """The work of a site, by dates from one on; its months and its weeks: one query, eventually
        consistent, as the stream that counts is late already."""
        work: WorkCounts = Counter()
        sums: dict[str, dict[date, Numbers]] = {_MONTH: {}, _KEPT: {}}
        is_counted = is_whole = False
        of_all = work_sum_key(site)[1]
        for item in _query(site, work_sk(_DAY, since), of_all, is_consistent=False):
            is_counted = True
            if item["sk"]["S"] == of_all:
                is_whole = "whole" in item
                continue
            _, part, place, *categories = item["sk"]["S"].split("#", 3)
            numbers = numbers_in(item)
            if part in sums:
                sums[part][date.fromisoformat(place)] = numbers
                continue
            day = date.fromisoformat(place) if part == _DAY else None
            for value, number in numbers.items():
                work[WorkKey(site, day, categories[0] if day else place, value)] = number
        return SiteCounts(work, sums[_MONTH], sums[_KEPT], is_whole or not is_counted)

    def of_owners(self, sites: Collection[str], owners: Collection[str]) -> dict[str, Load] | None:
        """What these members look after at these sites: one batch read of an item for each of both."""
        keys = {(site, owner): work_sum_key(site, owner) for site in sites for owner in (None, *owners)}
        found = {
            (item.pk, item.sk): item for item in get_all(set(keys.values())) if isinstance(item, TallyItem)
        }
        wholes = [found.get(work_sum_key(site)) for site in sites]
        if any(item is not None and not item.whole for item in wholes):
            return None
        parts = {name: [found.get(keys[site, name]) for site in sites] for name in owners}
        return {name: total(_load(item) for item in items if item) for name, items in parts.items()}


class _Known(NamedTuple):
    """Up to which entry a case is in the figures; and how many `parts` of what it adds up to `upto` are
    written."""

    number: int = 0
    upto: int = 0
    parts: int = 0
    is_stored: bool = False


def _known_of(reference: str) -> _Known:
    for item in get_all([counted_key(reference)]):
        if isinstance(item, CountedItem):
            return _Known(int(item.number), int(item.upto or 0), int(item.parts or 0), is_stored=True)
    return _Known()


def counted_up_to(reference: str) -> int:
    """The number of the last entry of a case that is in the figures."""
    return _known_of(reference).number


def _parts_of(added: Added) -> list[list[tuple[Key, Numbers]]]:
    """What is added, in as many parts as it takes transactions, always in the same order: one entry alone may
    add more than one takes, such as a decision with twenty remedies of as many months."""
    # Those that are marked as whole come first: they are while nothing of the site is written yet.
    first = {work_sum_key(site) for site in {key.site for key in added.work}}
    found = ((key, numbers) for key, numbers in items_of(added).items() if any(numbers.values()))
    items = sorted(found, key=lambda each: (each[0] not in first, each[0]))
    return [items[at : at + MOST_ITEMS - 1] for at in range(0, len(items), MOST_ITEMS - 1)] or [[]]


def items_of(added: Added) -> dict[Key, Numbers]:
    """Where numbers stand. Those of what is in work stand by months, too; what was received and closed by
    months, and promises by weeks, for the home of the desk. What there is now stands by owners, too, and what
    is due by weeks, for the queues. The load of staff stands by months alone."""
    items: dict[Key, Numbers] = defaultdict(Counter)
    for (site, day, measure, value), number in added.figures.items():
        if measure is Measure.STAYS:
            items[tally_pk(site), standing_sk(day, _STAYS)][f"{day:%d}:{value}"] += number
            continue
        if measure is not Measure.LOAD:
            items[tally_pk(site), day_sk(day, measure)][value] += number
        if measure in BY_MONTH:
            items[tally_pk(site), sum_sk(day, measure)][of_month(value)] += number
        if measure is Measure.OPEN:
            items[tally_pk(site), month_sk(day)][value] += number
        elif measure is Measure.OVERDUE:
            items[tally_pk(site), standing_sk(day, _BY)][f"{measure}#"] += number
        elif measure is Measure.PROMISES:
            monday = day - timedelta(days=day.weekday())
            items[tally_pk(site), work_sk(_KEPT, monday)][value] += number
        elif measure in (Measure.RECEIVED, Measure.CLOSED) and value == ALL:
            items[tally_pk(site), work_sk(_MONTH, day.replace(day=1))][measure] += number
    for (site, month, by, group, measure, value), number in added.groups.items():
        items[tally_pk(site), group_sk(by, month, group)][f"{measure}#{value}"] += number
        if measure in BALANCES:
            items[tally_pk(site), standing_sk(month, _BY)][f"{measure}#{by}:{group}"] += number
    for key, number in added.work.items():
        place = work_sk(_DAY, key.day, key.categories) if key.day else work_sk(_NOW, key.categories)
        items[tally_pk(key.site), place][key.value] += number
        if key.day is None:
            what, _, owner = key.value.partition(":")
            for whose in (None, owner):
                items[work_sum_key(key.site, whose)][what] += number
            if what == OPEN and not owner:
                items[work_sum_key(key.site)]["unassigned"] += number
        elif key.value.partition(":")[0] in (DUE, AIM):
            items[due_week_key(key.site, key.day)][WEEKDAYS[key.day.weekday()]] += number
    return items


def numbers_in(item: Mapping[str, Mapping[str, str]]) -> Numbers:
    """The numbers of an item as the store gives it."""
    return Counter({name: int(value["N"]) for name, value in item.items() if name not in _OF_THE_ITEM})


def adding(numbers: Mapping[str, int]) -> list[Action]:
    """What adds to an item, whether it is there or not."""
    added: Iterable[Action] = (Path([name]).add(number) for name, number in numbers.items() if number)
    return [TallyItem.item.set(TallyItem), TallyItem.revision.add(1), *added]


def mark_whole(site: str) -> None:
    """Says that every case of a site is in the numbers of its queues."""
    with answering():
        TallyItem(*work_sum_key(site)).update(actions=[*adding({}), TallyItem.whole.set(WHOLE)])


def _load(item: TallyItem) -> Load:
    """The numbers that stand in an item of the queues of an owner."""
    numbers = (item.open, item.overdue, item.awaiting, item.responded)
    open, overdue, awaiting, responded = (int(number or 0) for number in numbers)
    return Load(open=open, overdue=overdue, awaiting=awaiting, responded=responded)


def _has_figures(site: str) -> bool:
    with answering():
        return any(Item.query(tally_pk(site), limit=1, consistent_read=True))


def _is_added(reference: str, known: _Known, upto: int, added: Added, new_sites: Collection[str]) -> bool:
    """Whether the next part could be written; what was lost on the way is looked at again."""
    are_whole = {work_sum_key(site) for site in new_sites}
    parts = _parts_of(added)
    written = known.parts + 1
    marker = CountedItem(*counted_key(reference), number=upto)
    if written < len(parts):
        marker = CountedItem(*counted_key(reference), number=known.number, upto=upto, parts=written)
    unmoved = CountedItem.number == known.number if known.is_stored else CountedItem.pk.does_not_exist()
    if known.is_stored:
        unmoved &= CountedItem.parts == known.parts if known.parts else CountedItem.parts.does_not_exist()
    try:
        with TransactWrite(connection=connection(), client_request_token=str(uuid4())) as transaction:
            transaction.save(marker, condition=unmoved)
            for key, numbers in parts[min(known.parts, len(parts) - 1)]:
                marked = [TallyItem.whole.set(WHOLE)] if key in are_whole else []
                transaction.update(TallyItem(*key), actions=[*adding(numbers), *marked])
    except TransactWriteError:
        return False
    return True


def _query(site: str, first: str, last: str, *, is_consistent: bool = True) -> Iterator[dict[str, Any]]:
    with answering():
        places = Item.sk.between(first, last)
        pages = Item.query(tally_pk(site), places, consistent_read=is_consistent).page_iter
        for page in pages:
            yield from page["Items"]
