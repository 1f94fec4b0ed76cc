"""A case counted from its entries: what they add to the figures of its site.

Complaints that repeat an earlier one of the same person (indicator 20): as the reader of the stream
found, or as staff said by a link.

What became of letters (indicator 24): whether each that was wanted arrived, as far as it is known.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any, NamedTuple, TypeVar
from zoneinfo import ZoneInfo

import msgspec
from msgspec import Struct

from complaints.audit_trail.hash_chain import StoredEntry
from complaints.calendars.working_calendar import Calendar
from complaints.case.complaint import Complaint
from complaints.case.correspondence.letter import LetterKind
from complaints.case.correspondence.letters import AddressFailed, LetterFailed, LetterPosted, LetterSent
from complaints.case.fact import Fact
from complaints.case.outcome.survey import SurveyAnswered
from complaints.case.record.links import Linked, Relation, RepeatFound, Unlinked
from complaints.case.upcasters import upcast
from complaints.handling.replay import replay
from complaints.reporting.metrics.figures import changes
from complaints.reporting.metrics.group_figures import grouped
from complaints.reporting.metrics.measures import ALL, FAILED, Counts, GroupCounts, Measure, Step
from complaints.reporting.metrics.work_counts import WorkCounts, work_of

CalendarOf = Callable[[str], Calendar]
"""The working calendar of a site, by its key: it says the time zone, and which dates are business days."""

_Key = TypeVar("_Key")


class Added(NamedTuple):
    """What some entries of a case add to the figures, to the counts of the work that there is now, and to
    the figures by group."""

    figures: Counts
    work: WorkCounts
    groups: GroupCounts

    def __bool__(self) -> bool:
        return any(self)


class _Counted(NamedTuple):
    """What the first entries of a case have added, and what the case was then."""

    figures: Counts
    complaint: Complaint


def counted(reference: str, entries: Iterable[StoredEntry], calendar_of: CalendarOf, since: int = 0) -> Added:
    """What the entries after number `since` add; `entries` are all of the case, in their order.

    What a case adds in all is a pure function of its entries, and the figures are its sum over all cases: so
    what `since` adds is what all entries say, less what those up to it say. One that is closed with a flood
    adds nothing in all, until it is found to be a complaint. It needs no private value. Raises
    `msgspec.MsgspecError` for an entry that is none.
    """
    figures: Counts = Counter()
    then = now = _Counted(Counter(), Complaint(reference=reference))
    work: WorkCounts = Counter()
    for after, added in _steps(reference, list(entries), calendar_of):
        figures.update(added)
        now = _Counted(Counter() if after.is_flood else figures, after)
        if after.number <= since:
            then = _Counted(Counter(now.figures), after)
    if now.complaint is not then.complaint:
        zone = ZoneInfo(calendar_of(now.complaint.site).zone)
        work.update(work_of(now.complaint, zone))
        work.subtract(work_of(then.complaint, zone))
    figures_added, groups = Counter(now.figures), grouped(*now)
    figures_added.subtract(then.figures)
    groups.subtract(grouped(*then))
    return Added(_known(figures_added), _known(work), _known(groups))


def _steps(
    reference: str, chain: Sequence[StoredEntry], calendar_of: CalendarOf
) -> Iterator[tuple[Complaint, Counts]]:
    """The case after each of its entries, and what that entry adds by itself."""
    before = Complaint(reference=reference)
    letters, repeats, recorded_at = Letters(), Repeats(), dict[int, datetime]()
    for stored, after in zip(chain, replay(reference, chain), strict=True):
        entry = _decode(stored.data)
        facts = [upcast(fact, before) for fact in entry.facts if fact["fact"] in _LOOKED_AT]
        at = recorded_at[after.number] = msgspec.convert(entry.facts[0]["at"], datetime)
        answers = next((fact for fact in facts if isinstance(fact, SurveyAnswered)), None)
        told = (*letters.told(facts, recorded_at), *repeats.told(facts, after))
        if after.is_flood:
            # Should it be found to be a complaint, it was never anything else.
            yield after, Counter()
            continue
        yield after, changes(before, after, at, calendar_of(after.site), answers, told)
        before = after


class _Entry(Struct):
    """The facts of an entry, of whatever kinds they are: the first says when it was recorded."""

    facts: tuple[dict[str, Any], ...]


_decode = msgspec.json.Decoder(_Entry).decode

_LOOKED_AT = frozenset(
    kind.__name__
    for kind in (
        SurveyAnswered,
        LetterSent,
        LetterFailed,
        LetterPosted,
        AddressFailed,
        Linked,
        RepeatFound,
        Unlinked,
    )
)
"""Facts of which the state of a case does not say enough."""


def _known(numbers: Counter[_Key]) -> Counter[_Key]:
    return Counter({key: number for key, number in numbers.items() if number})


class Repeats:
    """The complaints that a case repeats, as its entries tell of them one after the other."""

    def __init__(self) -> None:
        self._links: set[tuple[str, Relation]] = set()
        self._found: str | None = None

    @property
    def _any(self) -> bool:
        return bool(self._links) or self._found is not None

    def told(self, facts: Iterable[Fact], complaint: Complaint) -> Iterator[Step]:
        """What the facts of the next entry add to the date of receipt of the case, which is `complaint`
        now."""
        was = self._any
        for fact in facts:
            if isinstance(fact, RepeatFound):
                self._found = fact.of
            elif isinstance(fact, Linked) and fact.repeats:
                self._links.add((fact.to, fact.relation))
            elif isinstance(fact, Unlinked):
                self._links.discard((fact.to, fact.relation))
        if complaint.received_at and was != self._any:
            yield Step(complaint.received_at, Measure.REPEATED, (ALL,), -1 if was else 1)


class Letters:
    """The letters of a case, as its entries tell of them one after the other; webhooks are none."""

    def __init__(self) -> None:
        self._failed: dict[str, bool] = {}
        """By the id of each letter of which something is known."""

    def told(self, facts: Iterable[Fact], wanted_at: Mapping[int, datetime]) -> Iterator[Step]:
        """What the facts of the next entry add. A letter is wanted by the entry that its id names;
        `wanted_at` says when each entry was recorded. One that failed, or that the mail service may have
        taken twice, counts as failed."""
        for fact in facts:
            if isinstance(fact, LetterSent | LetterFailed) and fact.kind == LetterKind.WEBHOOK:
                continue
            if isinstance(fact, LetterSent | LetterPosted | LetterFailed | AddressFailed):
                is_failed = isinstance(fact, LetterFailed | AddressFailed)
                is_failed = is_failed or (isinstance(fact, LetterSent) and fact.doubtful)
                moment = wanted_at.get(_entry(fact.letter), fact.at)
                known = self._failed.get(fact.letter)
                if known is None:
                    yield Step(moment, Measure.LETTERS, (ALL,))
                if is_failed and not known:
                    yield Step(moment, Measure.LETTERS, (FAILED,))
                self._failed[fact.letter] = bool(known) or is_failed


def _entry(letter: str) -> int:
    """The number of the entry that called for a letter (`000007.1`); 0 where its id is another."""
    number = letter.partition(".")[0]
    return int(number) if number.isdecimal() else 0
