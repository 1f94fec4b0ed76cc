"""A regulator's return, computed from the states of cases; each number says which cases are behind it.

Nothing is left out silently: what the regulator has no code for stands under `unmapped:<own code>`, and a
case that is no complaint of its own is named with the reason. Parts of a period's cases add up: the return
of all of them is the sum of the returns of the parts.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import date, datetime
from decimal import Decimal
from itertools import product
from typing import NamedTuple

from complaints.calendars.durations import Duration
from complaints.calendars.working_calendar import Calendar
from complaints.case.complaint import Complaint
from complaints.case.outcome.decision import PromisedRemedy
from complaints.due_dates.due_date import due
from complaints.reporting.figure import Period
from complaints.reporting.regulators.return_format import (
    CodeOf,
    Column,
    Counted,
    FiguresReturn,
    Grouping,
    Measure,
    RegulatorReturn,
    Value,
    with_own_codes,
)
from complaints.site.site import SiteTerms
from complaints.values.codes import CodeList
from complaints.values.field_types import Feedback, Outcome

UNMAPPED, NONE = "unmapped:", "none"
"""What a code of the site begins with that the regulator has none for, and what stands for no code at all."""
UNDATED = "undated:"
"""What a remedy begins with that was done on a day which was not recorded."""
MERGED, OTHER_FEEDBACK, FLOOD = "merged", "other_feedback", "flood"
"""Why a case is not in a return."""
OPEN, CLOSED = "open", "closed"


class ReturnFigure(NamedTuple):
    """How many cases, of these codes of the regulator; money is the sum in one currency."""

    measure: str
    codes: tuple[str, ...]
    amount: Decimal | None
    currency: str | None
    cases: tuple[str, ...]


class CasesOf(NamedTuple):
    """Cases that have something in common: a code of `subject` that was not mapped, or a reason."""

    subject: str
    code: str
    cases: tuple[str, ...]


class ReturnPart(NamedTuple):
    """The return of some cases: figures or rows, and what could not be mapped or is not in it."""

    figures: tuple[ReturnFigure, ...]
    rows: tuple[tuple[str, ...], ...]
    unmapped: tuple[CasesOf, ...]
    left_out: tuple[CasesOf, ...]


class _Key(NamedTuple):
    measure: str
    codes: tuple[str, ...]
    currency: str | None


class Paid(NamedTuple):
    """Money that was paid in the period for remedies of one kind; `code` is where it counts."""

    code: str
    currency: str
    amount: Decimal


def compute(
    definition: RegulatorReturn, cases: Iterable[Complaint], period: Period, terms: SiteTerms
) -> ReturnPart:
    """The return of these cases of one site, in the local dates of the site, both included, by the codes
    that the site maps itself and those that the return does."""
    definition = with_own_codes(definition, terms.site.codes.returns.get(definition.name, {}))
    counted = _ReturnCounts(definition, period, terms)
    for complaint in cases:
        counted.add(complaint)
    return counted.result()


def closed_at(complaint: Complaint) -> datetime | None:
    """When a complaint counts as closed: its first decision was communicated, or it ended before. What is
    taken up again after a decision stays closed; what had none is open again."""
    ends = (complaint.responded_at, complaint.ended_at)
    return min((moment for moment in ends if moment), default=None)


class _ReturnCounts:
    """What the cases so far add up to."""

    def __init__(self, definition: RegulatorReturn, period: Period, terms: SiteTerms) -> None:
        self._definition, self._period, self._terms = definition, period, terms
        self._cases: dict[_Key, dict[str, None]] = defaultdict(dict)
        self._amounts: dict[_Key, Decimal] = defaultdict(Decimal)
        self._rows: list[tuple[str, ...]] = []
        self._unmapped: dict[tuple[str, str], dict[str, None]] = defaultdict(dict)
        self._left_out: dict[tuple[str, str], dict[str, None]] = defaultdict(dict)

    def add(self, complaint: Complaint) -> None:
        received_on = self._day(complaint.received_at)
        if received_on is None or received_on > self._period.last:
            return
        case = _Case(complaint, received_on, self._day(closed_at(complaint)), self._outcome(complaint))
        was_open = case.closed_on is None or case.closed_on >= self._period.first
        left_out: dict[str, str] = dict.fromkeys(complaint.parts, MERGED)
        if reason := _not_counted(complaint):
            left_out = {complaint.reference: reason}
        elif isinstance(self._definition, FiguresReturn):
            self._count(case, self._definition)
        elif was_open:
            self._rows.append(tuple(self._cell(column, case) for column in self._definition.columns))
        for reference, why in left_out.items() if was_open else ():
            self._left_out["case", why][reference] = None

    def result(self) -> ReturnPart:
        figures = (
            ReturnFigure(key.measure, key.codes, self._amounts.get(key), key.currency, tuple(cases))
            for key, cases in sorted(
                self._cases.items(), key=lambda each: (*each[0][:2], each[0].currency or "")
            )
        )
        return ReturnPart(
            tuple(figures), tuple(self._rows), _together(self._unmapped), _together(self._left_out)
        )

    def _count(self, case: "_Case", definition: FiguresReturn) -> None:
        """Adds a case to each measure that holds of it, with each of its codes there."""
        for measure in definition.measures:
            if self._holds(measure, case):
                for codes in self._codes_in(measure, case, definition):
                    self._cases[_Key(measure.name, codes, None)][case.complaint.reference] = None
            for each in self._paid(case.complaint) if measure.counts is Counted.REDRESS else ():
                for codes in self._codes_in(measure, case, definition):
                    key = _Key(each.code or measure.name, codes, each.currency)
                    self._cases[key][case.complaint.reference] = None
                    self._amounts[key] += each.amount

    def _codes_in(
        self, measure: Measure, case: "_Case", definition: FiguresReturn
    ) -> Iterator[tuple[str, ...]]:
        """The codes under which a measure counts a case: one of each grouping, empty where not by it."""
        return product(
            *(
                self._codes(grouping, case) if measure.by is None or grouping.name in measure.by else ("",)
                for grouping in definition.groupings
            )
        )

    def _holds(self, measure: Measure, case: "_Case") -> bool:
        first, last = self._period
        match measure.counts:
            case Counted.OPENED:
                return first <= case.received_on
            case Counted.OUTSTANDING_BEFORE:
                return case.received_on < first and (case.closed_on is None or case.closed_on >= first)
            case Counted.OUTSTANDING_AFTER:
                return case.closed_on is None or case.closed_on > last
            case Counted.CLOSED:
                return (
                    case.closed_on is not None
                    and first <= case.closed_on <= last
                    and (not measure.outcomes or case.outcome in measure.outcomes)
                    and (measure.within is None or self._is_within(measure.within.length, case.complaint))
                )
            case Counted.REDRESS:
                return False

    def _is_within(self, length: Duration, complaint: Complaint) -> bool:
        received, closed = complaint.received_at, closed_at(complaint)
        return bool(received and closed and closed <= due(self._calendar, received, length))

    @property
    def _calendar(self) -> Calendar:
        own = self._terms.packs[0].id
        return self._terms.calendars.get(self._definition.pack) or self._terms.calendar(own)

    def _outcome(self, complaint: Complaint) -> Outcome | None:
        """That of the last decision that was communicated by the end of the period."""
        outcomes = [each.outcome for each in complaint.decisions if self._is_over(each.told_at)]
        return outcomes[-1] if outcomes else None

    def _is_over(self, moment: datetime | None) -> bool:
        day = self._day(moment)
        return day is not None and day <= self._period.last

    def _paid(self, complaint: Complaint) -> Iterator[Paid]:
        """The money that was paid in the period, whatever became of the decision since."""
        for each in complaint.remedies_promised:
            remedy = each.remedy
            if remedy.amount is None or not each.is_done or remedy.kind in self._definition.not_redress:
                continue
            code = self._kind_of_payment(each)
            if each.done is None or self._period.first <= each.done.done_on <= self._period.last:
                if code:
                    self._unmapped["remedy", code][complaint.reference] = None
                yield Paid(code, remedy.currency or self._terms.site.currency, Decimal(remedy.amount))

    def _kind_of_payment(self, paid: PromisedRemedy) -> str:
        """Empty for what is redress; else what it counts as, by its name."""
        if paid.done is None:
            return f"{UNDATED}{paid.remedy.kind}"
        return "" if paid.remedy.kind in self._definition.redress else f"{UNMAPPED}{paid.remedy.kind}"

    def _cell(self, column: Column, case: "_Case") -> str:
        closed_on = case.closed_on if self._is_closed(case) else None
        if column.when_closed and closed_on is None:
            return ""
        if column.grouping:
            return "; ".join(self._codes(self._definition.grouping(column.grouping), case))
        match column.value:
            case Value.REFERENCE:
                return case.complaint.reference
            case Value.SITE:
                return self._terms.site.name
            case Value.STATUS:
                return CLOSED if closed_on else OPEN
            case Value.RECEIVED_ON:
                return case.received_on.isoformat()
            case Value.CLOSED_ON:
                return closed_on.isoformat() if closed_on else ""
            case Value.DAYS_TO_CLOSE:
                return str((closed_on - case.received_on).days) if closed_on else ""
            case _:
                return self._money(case.complaint)

    def _is_closed(self, case: "_Case") -> bool:
        return case.closed_on is not None and case.closed_on <= self._period.last

    def _money(self, complaint: Complaint) -> str:
        """What was paid: in the currency of the return as a number alone, all else with its name."""
        sums: dict[str, Decimal] = defaultdict(Decimal)
        for paid in self._paid(complaint):
            names = [
                each for each in (paid.code, paid.currency) if each and each != self._definition.currency
            ]
            sums[" ".join(names)] += paid.amount
        return "; ".join(" ".join(filter(None, (f"{amount:f}", name))) for name, amount in sums.items())

    def _codes(self, grouping: Grouping, case: "_Case") -> Iterable[str]:
        """The regulator's codes of a case: one, or those of its points, each once."""
        own = case.complaint.category
        points = case.complaint.points if grouping.each_point else ()
        categories = dict.fromkeys(point.category or own for point in points) or (own,)
        return dict.fromkeys(self._code(grouping, case, each) for each in categories)

    def _code(self, grouping: Grouping, case: "_Case", category: str | None) -> str:
        """The regulator's code; what it has none for is named and noted."""
        own = [code for each in grouping.source if (code := self._own(each, case, category))]
        for code in own:
            if found := mapped(grouping.codes, code):
                return found
        if not own and NONE in grouping.codes:
            return grouping.codes[NONE]
        missing = own[0] if own else NONE
        self._unmapped[grouping.name, missing][case.complaint.reference] = None
        return f"{UNMAPPED}{missing}"

    def _own(self, source: CodeOf, case: "_Case", category: str | None) -> str | None:
        complaint = case.complaint
        match source:
            case CodeOf.PRODUCT:
                code = self._terms.site.codes.find(CodeList.CATEGORIES, category or "")
                return code.product if code else None
            case CodeOf.CATEGORY:
                return category
            case CodeOf.SUBCATEGORY:
                is_own = category == complaint.category
                return complaint.classification.subcategory if complaint.classification and is_own else None
            case CodeOf.CAUSE:
                return complaint.cause
            case CodeOf.OUTCOME:
                return case.outcome
            case CodeOf.ENDED_BECAUSE:
                return complaint.ended_because
            case CodeOf.CHANNEL:
                return complaint.channel
            case CodeOf.KIND:
                return complaint.kind

    def _day(self, moment: datetime | None) -> date | None:
        return moment.astimezone(self._terms.zone).date() if moment else None


class _Case(NamedTuple):
    complaint: Complaint
    received_on: date
    closed_on: date | None
    outcome: Outcome | None


def _not_counted(complaint: Complaint) -> str | None:
    """Why a case is no complaint of its own."""
    if complaint.merged_into:
        return MERGED
    if complaint.is_flood:
        return FLOOD
    return None if complaint.feedback is Feedback.COMPLAINT else OTHER_FEEDBACK


def mapped(codes: dict[str, str], own: str) -> str | None:
    """What a code is mapped to, or the nearest code that it stands below."""
    while own:
        if own in codes:
            return codes[own]
        own = own.rpartition(".")[0]
    return None


def _together(found: dict[tuple[str, str], dict[str, None]]) -> tuple[CasesOf, ...]:
    return tuple(CasesOf(*named, tuple(cases)) for named, cases in sorted(found.items()))
