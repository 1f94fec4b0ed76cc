"""Figures of a case recomputed from its facts, in other words than those that count: what happened is read.

No state of a case is looked at, and nothing of `complaints.reporting` but the names of what is counted.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any, NamedTuple

from complaints.case.correspondence.letters import LetterFailed, LetterSent
from complaints.case.fact import Fact
from complaints.case.outcome.classification import Classified
from complaints.case.outcome.decision import DecisionProposed, Responded
from complaints.case.outcome.feedback import Converted
from complaints.case.outcome.referral import ReferralRecorded
from complaints.case.outcome.remedies import RemedyDone
from complaints.case.outcome.survey import SurveyAnswered, SurveySent
from complaints.case.process.closing import Closed, DecisionAccepted, Reopened, Withdrawn
from complaints.case.process.escalation import DecisionRefused, Escalated, Referred
from complaints.case.process.investigation import FindingRecorded
from complaints.case.process.receipt import Received
from complaints.case.record.links import Linked, RepeatFound, Unlinked
from complaints.case.record.merging import Merged
from complaints.reporting.metrics.measures import Measure
from complaints.values.field_types import Outcome
from tests.complaints.reporting.recomputed_clocks import Handling, local

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
MOST_DAYS = (0, 1, 2, 3, 5, 7, 10, 15, 20, 25, 30, 42, 56, 84, 126, 182, 366)
QUESTIONS = ("easy", "respect", "understood", "time", "outcome")

Numbers = Counter[tuple[date, str, str]]
"""By local date, measure and value."""


class Answered(NamedTuple):
    """A decision that was told, at the level of the case then, and what was answered to it."""

    entry: int
    outcome: str
    told: datetime
    level: int
    remedies: tuple[Any, ...]


class Ended(NamedTuple):
    """An end of a complaint, by what it was about then or later, while it stood."""

    at: datetime
    reason: str
    category: str
    level: int


class Told:
    """What the facts of a case say, read one after the other."""

    def __init__(self, facts: Iterable[tuple[int, Fact]]) -> None:
        self.came: datetime | None = None
        self.is_complaint = False
        self.level, self.cause = 1, ""
        self.category, self.channel, self.language = "", "", ""
        self.answered: list[Answered] = []
        self.replies: list[tuple[int, bool, datetime]] = []
        self.ends: list[Ended] = []
        self.is_ended = False
        self.reopened: list[datetime] = []
        self.done: list[tuple[date, Any]] = []
        self.done_by_id: dict[str, date] = {}
        self.letters: set[tuple[date, str]] = set()
        self.escalated: list[datetime] = []
        self.survey: datetime | None = None
        self.marks: tuple[datetime, dict[str, int]] | None = None
        self.spans: list[list[Any]] = []
        self._decision: DecisionProposed | None = None
        self._entry = 0
        self._in_force_from = 0
        self._remedies: dict[str, Any] = {}
        self.handling = Handling()
        self.at_first: list[tuple[str, int]] = []
        self.told_at_level: list[tuple[datetime, str | None]] = []
        self.failed: set[tuple[date, str]] = set()
        self.outside: list[datetime] = []
        self.award: tuple[date, str, bool] | None = None
        self.declined: set[str] = set()
        self.is_void = False
        self._linked: set[tuple[str, str]] = set()
        self._found: str | None = None
        self._decided_by: str | None = None
        begun: dict[int, datetime] = {}
        known: dict[int, list[Fact]] = {}
        for number, fact in facts:
            begun.setdefault(number, fact.at)
            known.setdefault(number, []).append(fact)
        for number, entry in known.items():
            was_told = bool(self.answered)
            self.handling.begin_entry()
            for fact in entry:
                self._read(number, fact, begun)
                self.handling.read(fact)
            self.handling.end_entry(
                begun[number],
                is_open=self.is_complaint and self.came is not None and not self.is_ended,
                told=bool(self.answered) and not was_told,
            )

    def _read(self, number: int, fact: Fact, begun: dict[int, datetime]) -> None:
        match fact:
            case Received():
                self.came, self.is_complaint = fact.received_at or fact.at, fact.feedback == "complaint"
                self.category, self.channel = fact.category or "", fact.channel
                self.language = fact.language
                self._open(self.came)
            case Converted():
                self.is_complaint, self.is_ended, self.ends = True, False, []
                self.spans = []
                self._open(self.came or fact.at)
            case Classified(category=str() as category) if category != self.category:
                self._move(fact.at, category=category)
            case FindingRecorded(point=None):
                self.cause = fact.root_cause
            case DecisionProposed():
                self._decision, self._entry, self._decided_by = fact, number, fact.by.id
                for place, remedy in enumerate(fact.remedies, start=1):
                    self._remedies[f"{number:06d}.{place}"] = remedy
            case Responded():
                assert self._decision
                if not self.answered and self.came:
                    self.at_first = list(self.handling.taken(self.came, fact.told_at))
                told = Answered(
                    self._entry, self._decision.outcome, fact.told_at, self.level, self._decision.remedies
                )
                self.answered.append(told)
                self.told_at_level.append((fact.told_at, self._decided_by))
                if self._decision.earlier_decision == "replace":
                    self._in_force_from = len(self.answered) - 1
            case DecisionAccepted() | DecisionRefused():
                self.replies.append((len(self.answered), isinstance(fact, DecisionAccepted), fact.at))
            case Escalated():
                self.escalated.append(fact.at)
                self._move(fact.at, level=2)
            case Referred():
                self.outside.append(fact.at)
                self._move(fact.at, level=3)
            case ReferralRecorded(result=Outcome() as result):
                before = self.answered[-1].outcome
                self.award = fact.on, result, result != before
            case RemedyDone():
                self.done.append((fact.done_on, self._remedies[fact.id or ""]))
                self.done_by_id[fact.id or ""] = fact.done_on
            case Linked() if fact.repeats:
                self._linked.add((fact.to, fact.relation))
            case Unlinked():
                self._linked.discard((fact.to, fact.relation))
            case RepeatFound():
                self._found = fact.of
            case LetterFailed() if fact.kind != "webhook":
                wanted = begun[int(fact.letter.partition(".")[0])]
                self.letters.add((local(wanted), fact.letter))
                self.failed.add((local(wanted), fact.letter))
            case Closed() | Withdrawn() | Merged():
                reason = {Withdrawn: "withdrawn", Merged: "merged"}.get(type(fact)) or getattr(fact, "reason")  # noqa: B009
                self.is_void = isinstance(fact, Withdrawn) and not fact.keeps_redress
                self.ends.append(Ended(fact.at, str(reason), self.category, self.level))
                self.is_ended = True
                self.spans[-1][1] = local(fact.at)
            case Reopened():
                self.reopened.append(fact.at)
                self.is_ended = self.is_void = False
                self._open(fact.at)
            case LetterSent() if fact.kind != "webhook":
                wanted = begun[int(fact.letter.partition(".")[0])]
                self.letters.add((local(wanted), fact.letter))
                if fact.doubtful:
                    self.failed.add((local(wanted), fact.letter))
            case SurveySent():
                self.survey = fact.told_at
            case SurveyAnswered():
                self.marks = fact.at, {name: getattr(fact, name) for name in QUESTIONS}

    def _open(self, at: datetime) -> None:
        self.spans.append([local(at), None, self.category, self.level])

    def _move(self, at: datetime, category: str | None = None, level: int | None = None) -> None:
        """What is open stands elsewhere from then on; the end that stands was about the other category."""
        if category is not None:
            self.category = category
            if self.is_ended:
                self.ends[-1] = self.ends[-1]._replace(category=category)
        self.level = level or self.level
        if not self.is_ended and self.spans:
            self.spans[-1][1] = local(at)
            self._open(at)

    @property
    def groups(self) -> dict[str, str]:
        """Where the case stands by each thing that complaints are sorted by."""
        first = self.answered[0].outcome if self.answered else ""
        return {
            "category": self.category,
            "cause": self.cause,
            "level": str(self.level),
            "channel": self.channel,
            "outcome": first,
        }

    def numbers(self, is_business_day: Callable[[date], bool]) -> Numbers:
        """All that the case adds, as dates, measures and values."""
        found: Numbers = Counter()
        for day, measure, value, by in self._steps(is_business_day):
            found[day, measure, value] += by
        return Counter({key: number for key, number in found.items() if number})

    def _steps(self, is_business_day: Callable[[date], bool]) -> Iterator[tuple[date, str, str, int]]:
        for day, _ in self.letters:
            yield day, Measure.LETTERS, "all", 1
        for day, _ in self.failed:
            yield day, Measure.LETTERS, "failed", 1
        if not self.is_complaint or self.came is None:
            return
        came = local(self.came)
        for value in ("all", f"category:{self.category}", f"channel:{self.channel}", "level:1"):
            yield came, Measure.RECEIVED, value, 1
        for end in self.ends:
            kinds = (f"category:{end.category}", f"channel:{self.channel}", f"level:{end.level}")
            for value in ("all", *kinds, f"reason:{end.reason}"):
                yield local(end.at), Measure.CLOSED, value, 1
        for since, until, category, level in self.spans:
            for value in ("all", f"category:{category}", f"channel:{self.channel}", f"level:{level}"):
                yield since, Measure.OPEN, value, 1
                if until is not None:
                    yield until, Measure.OPEN, value, -1
        yield came, Measure.STAYS, "came", 1
        for end in self.ends:
            yield came, Measure.STAYS, f"left:{local(end.at).replace(day=1)}", 1
        for at in self.reopened:
            yield came, Measure.STAYS, f"left:{local(at).replace(day=1)}", -1
        yield from self._decisions(came, is_business_day)
        yield from self._remedied()
        yield from self._taken_further(came, is_business_day)
        yield from self._surveyed()
        yield from self.handling.steps
        yield from self.handling.ends(came)
        for told, by in self.told_at_level:
            yield local(told), Measure.LOAD, f"decided:{by}", 1
        if self.is_repeated:
            yield came, Measure.REPEATED, "all", 1

    def _decisions(
        self, came: date, is_business_day: Callable[[date], bool]
    ) -> Iterator[tuple[date, str, str, int]]:
        if not self.answered:
            return
        first = self.answered[0]
        told = local(first.told)
        yield told, Measure.DECISIONS, "all", 1
        yield told, Measure.DECISIONS, f"days:{(told - came).days}", 1
        later = (came + number * DAY for number in range(1, (told - came).days + 1))
        yield told, Measure.DECISIONS, f"working:{sum(map(is_business_day, later))}", 1
        yield told, Measure.DECISIONS, f"cause:{self.cause}", 1
        yield told, Measure.DECISIONS, "taken_minutes", self.minutes_to_first
        for value, number in self.at_first:
            yield told, Measure.DECISIONS, value, number
        for value in (
            "all",
            f"outcome:{first.outcome}",
            *(["in_time"] * bool(self.handling.decided_in_time)),
        ):
            yield told, Measure.DECIDED, value, 1
        for place, accepts, at in self.replies[:1]:
            if place == 1:
                yield told, Measure.DECISIONS, f"{'accepted' if accepts else 'refused'}:{local(at)}", 1
        for number, decision in enumerate(self.answered):
            if decision.level == 2 and number:
                day = local(decision.told)
                yield day, Measure.REVIEWED, "level:2", 1
                yield day, Measure.REVIEWED, f"level:2:{decision.outcome}", 1
                if decision.outcome != self.answered[number - 1].outcome:
                    yield day, Measure.REVIEWED, "overturned:level:2", 1

    def _remedied(self) -> Iterator[tuple[date, str, str, int]]:
        promised = [(local(each.told), remedy) for each in self.answered for remedy in each.remedies]
        for measure, remedies in ((Measure.PROMISED, promised), (Measure.REMEDIED, self.done)):
            for day, remedy in remedies:
                yield day, measure, "all", 1
                yield day, measure, f"remedy:{remedy.kind}", 1
                if remedy.amount:
                    yield day, measure, f"currency:{remedy.currency}", int(Decimal(remedy.amount) * 10_000)

        for day, is_in_time in self.remedies_due():
            yield day, Measure.REMEDIES_DUE, "all", 1
            if is_in_time:
                yield day, Measure.REMEDIES_DUE, "in_time", 1

    def remedies_due(self) -> Iterator[tuple[date, bool]]:
        """By when remedies were to be done, and whether each was."""
        for place, told in enumerate(self.answered):
            for number, remedy in enumerate(told.remedies, start=1):
                done = self.done_by_id.get(f"{told.entry:06d}.{number}")
                holds = place >= self._in_force_from and not self.is_void
                if remedy.by and (done or holds):
                    yield remedy.by, done is not None and done <= remedy.by

    @property
    def is_repeated(self) -> bool:
        return bool(self._linked or self._found)

    def _taken_further(
        self, came: date, is_business_day: Callable[[date], bool]
    ) -> Iterator[tuple[date, str, str, int]]:
        for at in self.escalated:
            yield local(at), Measure.ESCALATED, "level:2", 1
        for at in self.outside:
            yield local(at), Measure.ESCALATED, "level:3", 1
        if self.award:
            on, outcome, is_other = self.award
            for value in ("level:3", f"level:3:{outcome}", *(["overturned:level:3"] * is_other)):
                yield on, Measure.REVIEWED, value, 1
        for at in self.reopened:
            before = max(end.at for end in self.ends if end.at <= at)
            if at - before <= 90 * DAY:
                yield local(before), Measure.REOPENED, "all", 1
        if self.settled_at_once(is_business_day):
            yield came, Measure.FIRST_CONTACT, "all", 1

    def settled_at_once(self, is_business_day: Callable[[date], bool]) -> bool:
        """Whether it ended with an acceptance, at the latest on the next business day."""
        if self.came is None or not self.is_ended or self.ends[-1].reason != "accepted":
            return False
        days = (local(self.came) + n * DAY for n in range(1, 40))
        return local(self.ends[-1].at) <= next(day for day in days if is_business_day(day))

    def is_open_on(self, day: date) -> bool:
        return any(since <= day and (until is None or until > day) for since, until, *_ in self.spans)

    @property
    def minutes_to_first(self) -> int:
        told = self.answered[0].told
        return int((told - (self.came or told)).total_seconds() // 60)

    def reviews(self) -> Iterator[tuple[date, int, bool]]:
        """When a decision of a level came that looked at one before, and whether it was another."""
        for number, decision in enumerate(self.answered):
            if decision.level == 2 and number:
                yield local(decision.told), 2, decision.outcome != self.answered[number - 1].outcome
                break
        if self.award:
            on, _, is_other = self.award
            yield on, 3, is_other

    def _surveyed(self) -> Iterator[tuple[date, str, str, int]]:
        groups = ("", f":language:{self.language}", f":channel:{self.channel}")
        if self.survey:
            month = local(self.survey).replace(day=1)
            for group in groups:
                yield month, Measure.SURVEYED, f"all{group}", 1
                if self.marks:
                    yield month, Measure.SURVEYED, f"answered{group}", 1
        if self.marks:
            at, marks = self.marks
            for question, mark in marks.items():
                for group in groups if mark else ():
                    yield local(at).replace(day=1), Measure.ANSWERS, f"{question}:{mark}{group}", 1


RECOMPUTED = frozenset(Measure) - {Measure.TEXTS, Measure.AUTOMATIONS}
"""What is recomputed here: all but the two that count texts and rules, which are no indicators."""

BY_SITE_ALONE = (Measure.LETTERS, Measure.STAYS, Measure.PROMISES, Measure.LOAD)
"""What is kept of a site, and of no group."""


def by_group(told: Iterable[tuple[dict[str, str], Numbers]], by: str) -> Counter[tuple[Any, ...]]:
    """Of each group the numbers by month: days in bins, dates within values as their months, and nothing
    that is sorted by something else already."""
    found: Counter[tuple[Any, ...]] = Counter()
    for groups, numbers in told:
        for (day, measure, value), number in numbers.items():
            if measure in BY_SITE_ALONE or value.startswith(("category:", "channel:")):
                continue
            if value.startswith("level:") and measure in (Measure.RECEIVED, Measure.CLOSED, Measure.OPEN):
                continue
            if ":language:" in value or ":channel:" in value:
                continue
            name, _, rest = value.partition(":")
            if name in ("days", "working"):
                value = f"{name}:{next((end for end in MOST_DAYS if int(rest) <= end), MOST_DAYS[-1])}"
            elif name in ("accepted", "refused", "met", "missed"):
                value = f"{name}:{rest[:7]}-01"
            found[groups[by], day.replace(day=1), measure, value] += number
    return Counter({key: number for key, number in found.items() if number})
