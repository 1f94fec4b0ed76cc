"""What some commands on records are about besides the record: figures of a period, or the cases of one."""

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from complaints.audit_trail import hash_chain
from complaints.case.complaint import Complaint
from complaints.case.record.erasure import REPRESENTED
from complaints.casework.people.sensitive_cases import sensitive_categories
from complaints.management.evaluation.filed_returns import FileReturn, MadeReturn
from complaints.management.evaluation.published_figures import PublishedFigures, published_figures
from complaints.management.evaluation.review_inputs import READ, Compared, InputLine, ReviewSources, gathered
from complaints.management.evaluation.reviews import HoldReview, Review
from complaints.management.evaluation.samples import CaseTeam, DrawSample, Ended, MarkCase, named
from complaints.management.evaluation.yearly_reports import PrepareReport
from complaints.management.hidden_records import without_sensitive
from complaints.management.kinds import declaration, kinds
from complaints.management.objectives import Objective, ObjectiveResult
from complaints.management.privacy.personal_data import OrderPersonalData
from complaints.management.privacy.privacy_requests import OpenRequest
from complaints.management.privacy.reading_watches import WatchReading
from complaints.management.record import ManagementRecord, RecordCommand, RecordKind
from complaints.reporting.figure import Figure, Period
from complaints.reporting.indicators import ALL_REPORTS
from complaints.reporting.list_rows import QueueEntry
from complaints.reporting.metrics.measures import REVIEW
from complaints.reporting.metrics.work_counts import loads, oldest_day, total
from complaints.reporting.regulators.returns import compute
from complaints.settings.history import history_entries
from complaints.settings.setting import Setting, SettingKind
from complaints.site.site import SiteTerms
from complaints.values.errors import Forbidden, Invalid, Wrong
from complaints.values.people import Member
from functions.desk.exports.export import ended_at, sortable
from functions.desk.reports import reports, returns
from functions.http import auth
from functions.use_cases.cases.iterate_cases import case_batches, ended_and_late
from functions.use_cases.management.objective_results import objective_results
from functions.use_cases.report_numbers import ReportQuery, Told, read, told

if TYPE_CHECKING:
    from complaints.adapters.container import Container


MOST_CASES, A_READ = 4_000, 100
"""How many cases of a period can be drawn from: as many as are read well within an answer's time."""

CHANGED = (
    SettingKind.SITE,
    SettingKind.TEAM,
    SettingKind.CODES,
    SettingKind.TEXTS,
    SettingKind.PACKS,
    SettingKind.CALENDAR,
    SettingKind.FIELDS,
)
"""The settings of a site whose changes a review looks at."""


@dataclass(frozen=True)
class Asking:
    """Who asks, and for which site with these terms; `content` is that of the record."""

    me: Member
    terms: SiteTerms
    today: date
    content: Any

    @property
    def site(self) -> str:
        return self.terms.site.key


Gatherer = Callable[["Container", Asking, Any], Any]


def gathered_for(deps: "Container", asking: Asking, command: RecordCommand) -> Any:
    """What the rule of a command is given in `RecordsContext.gathered`; nothing for most."""
    gather = _GATHERERS.get(type(command))
    return gather(deps, asking, command) if gather else None


def figures_of(deps: "Container", asking: Asking, period: Period) -> dict[str, list[Figure]]:
    """The figures of all reports of a site in a period."""
    found = _told(deps, ReportQuery((asking.site,), period, asking.today))
    return {name: [each.figure for each in figures] for name, figures in found.items()}


def _told(deps: "Container", query: ReportQuery) -> dict[str, list[Told]]:
    numbers = read(deps, query)
    return {name: told(name, numbers, query) for name in ALL_REPORTS}


def review_inputs(deps: "Container", asking: Asking, review: Review) -> tuple[InputLine, ...]:
    """What a review of this period looks at, as it stands now."""
    period = Period(review.since, review.until)
    compared = _told(deps, ReportQuery((asking.site,), period, asking.today, compares=True))
    records = [
        record
        for kind in READ
        if kind in kinds()
        for record in deps.management_records.of_site(asking.site, kind)
    ]
    # What a review saw is kept for everybody who reads reviews: sensitive records are counted, not named.
    shown = without_sensitive(records, asking.terms.site)
    return gathered(
        ReviewSources(
            since=review.since,
            until=review.until,
            figures={name: [Compared(*each) for each in found] for name, found in compared.items()},
            records=shown,
            sensitive=len(records) - len(shown),
            titles={kind: _titles(kind) for kind in READ if kind in kinds()},
            changes=dict(_changes(deps, asking, period)),
            work=_work(deps, asking),
            dangerous=asking.terms.site.codes.dangerous,
            results=_results(deps, asking, records),
        )
    )


def _results(
    deps: "Container", asking: Asking, records: Iterable[ManagementRecord]
) -> Mapping[str, Sequence[ObjectiveResult]]:
    """What came of each objective, by the id of its record."""
    known = {each.id: each.content for each in records if isinstance(each.content, Objective)}
    found = objective_results(deps, asking.site, list(known.values()))
    return dict(zip(known, found, strict=True))


def _titles(kind: RecordKind) -> tuple[str, ...]:
    declared = declaration(kind)
    return declared.titles or (declared.title,)


def _changes(deps: "Container", asking: Asking, period: Period) -> Iterator[tuple[str, int]]:
    """How many changes of each setting of a site were made in the period."""
    for kind in CHANGED:
        entries = deps.settings_store.entries(kind, asking.site)
        days = Counter(
            entry.facts[0].at.astimezone(asking.terms.zone).date()
            for entry in history_entries(Setting(kind=kind, id=asking.site), entries)
        )
        count = sum(number for day, number in days.items() if period.first <= day <= period.last)
        if count:
            yield kind.value, count


def _work(deps: "Container", asking: Asking) -> Mapping[str, int]:
    work = deps.counters.home(asking.site, oldest_day(asking.today)).work
    load = total(loads(work, {}, asking.today).values())
    return {name: getattr(load, name) for name in ("open", "unassigned", "overdue", "awaiting")}


def _hold(deps: "Container", asking: Asking, command: HoldReview) -> tuple[InputLine, ...]:
    return review_inputs(deps, asking, asking.content) if isinstance(asking.content, Review) else ()


def _prepare(deps: "Container", asking: Asking, command: PrepareReport) -> PublishedFigures:
    period = _asked(command.since, command.until)
    return published_figures(figures_of(deps, asking, period)) if period else PublishedFigures()


def _made_return(deps: "Container", asking: Asking, command: FileReturn) -> MadeReturn:
    """The return of a period that is over. Raises `Invalid`; `Forbidden` for whom cases are hidden from."""
    if command.name not in deps.shipped_data.return_names:
        raise Invalid(Wrong("/name", "unknown-value"))
    definition = deps.shipped_data.regulator_return(command.name)
    period = definition.period_of(max(command.since, definition.first))
    if command.since != period.first:
        raise Invalid(Wrong("/since", "not-a-period", f"{period.first} – {period.last}"))
    if period.last >= asking.today:
        raise Invalid(Wrong("/since", "future"))
    hidden = auth.hidden_from(deps, asking.me, (asking.site,))
    if returns.hides_complaints(hidden):
        raise Forbidden
    cases = returns.all_cases(deps, asking.site, period, hidden)
    part = compute(definition, cases, period, asking.terms)
    return MadeReturn(until=period.last, sheet=returns.to_file(definition, part))


def _draw(deps: "Container", asking: Asking, command: DrawSample) -> list[Ended]:
    """The cases that ended in the period and are not sensitive. Raises `Invalid` for too many."""
    period = _asked(command.since, command.until)
    if period is None:
        return []
    found = {each.case: each for each in (*_ended(deps, asking, period), *_ended_late(deps, asking, period))}
    return list(found.values())


def _ended(deps: "Container", asking: Asking, period: Period) -> Iterator[Ended]:
    zone, found = asking.terms.zone, 0
    # Everybody who marks sees which cases were drawn: sensitive ones are not among them, whoever draws.
    sensitive = sensitive_categories(asking.terms.site.codes)
    begin, end = sortable(period.first, zone), sortable(period.last + timedelta(days=1), zone)
    # Places begin with the moment, the newest first: what has ended since is not read.
    for batch in case_batches(deps, asking.site, f"closed/{end}", A_READ):
        for each in batch.items:
            ended = ended_at(each.place) or ""
            if ended < begin:
                return
            if not sensitive.isdisjoint(each.categories):
                continue
            found += 1
            if found > MOST_CASES:
                raise Invalid(Wrong("/until", "too-many-cases", MOST_CASES))
            yield _ended_case(each)
        if (batch.up_to or "") < f"closed/{begin}":
            return


def _ended_late(deps: "Container", asking: Asking, period: Period) -> Iterator[Ended]:
    """The cases that ended in the period and are late with a remedy: they stand in the list of work again."""
    sensitive = sensitive_categories(asking.terms.site.codes)
    listed = {
        each.row.reference: each
        for each in ended_and_late(deps, asking.site)
        if sensitive.isdisjoint(each.categories)
    }
    for reference, case in (deps.cases.load_all(listed) if listed else {}).items():
        at = case.complaint.ended_at
        if at and period.first <= at.astimezone(asking.terms.zone).date() <= period.last:
            yield _ended_case(listed[reference])


def _ended_case(listed: QueueEntry) -> Ended:
    team = CaseTeam.REVIEW if listed.level >= REVIEW else CaseTeam.FRONT_LINE
    return Ended(listed.row.reference, team)


def _had_a_part(deps: "Container", asking: Asking, command: MarkCase) -> frozenset[str]:
    """The members who did something in the case. Raises `Invalid` for one that is hidden from who asks."""
    reference = named(command.case)
    case = deps.cases.load_all([reference]).get(reference)
    hidden = auth.hidden_from(deps, asking.me, (asking.site,)).get(asking.site, frozenset())
    if case is None or not hidden.isdisjoint(case.complaint.categories):
        raise Invalid(Wrong("/case", "unknown-value"))
    entries = deps.cases.entries(reference)
    facts = (fact for entry in entries for _, fact in hash_chain.known(entry.data))
    return frozenset(fact.by.id for fact in facts if fact.by.is_staff)


def _cases_of_person(
    deps: "Container", asking: Asking, command: OrderPersonalData | OpenRequest | WatchReading
) -> Mapping[str, Sequence[str]]:
    """Of each case that is there for who asks, as it was typed: its reference, and those of the cases that
    became part of it; not of one that was erased."""
    typed = {each: named(each) for each in command.cases}
    cases = deps.cases.load_all(dict.fromkeys(typed.values()))
    parts = [part for case in cases.values() for part in case.complaint.parts if part not in cases]
    cases |= deps.cases.load_all(parts) if parts else {}
    there = {
        name: case.complaint
        for name, case in cases.items()
        if auth.sees(deps.sites, asking.me, case.complaint) and not case.complaint.erasure
    }
    _refuse_unknown_party(command, there.values())
    _refuse_sealed_beside_others(command, there.values())
    return {
        each: (name, *(part for part in there[name].parts if part in there))
        for each, name in typed.items()
        if name in there
    }


def _refuse_unknown_party(command: RecordCommand, complaints: Iterable[Complaint]) -> None:
    """Raises `Invalid` for somebody who is neither represented nor complains together with somebody."""
    party = command.party if isinstance(command, OrderPersonalData) else None
    joint = {person.id for complaint in complaints for person in complaint.joint}
    if party and party not in {REPRESENTED, *joint}:
        raise Invalid(Wrong("/party", "unknown-value"))


def _refuse_sealed_beside_others(command: RecordCommand, complaints: Collection[Complaint]) -> None:
    """Raises `Invalid`: each case of a file names it, and so would tell of whom the sealed one is."""
    is_of_several = (
        isinstance(command, OrderPersonalData) and len({named(each) for each in command.cases}) > 1
    )
    if is_of_several and any(complaint.sealed for complaint in complaints):
        raise Invalid(Wrong("/cases", "sealed-beside-others"))


def _asked(since: date, until: date) -> Period | None:
    """A period that can be read; the rule says what is wrong with any other."""
    return Period(since, until) if 0 <= (until - since).days < reports.MOST_DAYS else None


_GATHERERS: dict[type[RecordCommand], Gatherer] = {
    DrawSample: _draw,
    MarkCase: _had_a_part,
    HoldReview: _hold,
    PrepareReport: _prepare,
    FileReturn: _made_return,
    OrderPersonalData: _cases_of_person,
    OpenRequest: _cases_of_person,
    WatchReading: _cases_of_person,
}
