"""Free words of the survey (clause 8.3): somebody of quality looks at each, takes out what tells who somebody
is, and what is left may be read.

No reader learns of which case or of whom it is: no reference, no date and nobody of staff stands beside a
text, and their order says nothing. Only whole months that have ended are told, and only those with five
answers or more, so that no two periods differ by fewer. The name of a text is another one in each period.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from typing import NamedTuple

from chalice.app import Response
from msgspec import Struct

from complaints.adapters.container import Container
from complaints.audit_trail.hash_chain import Passage, StoredEntry
from complaints.case.outcome.survey import OPEN_FOR, SurveyAnswered, SurveyTextCleared
from complaints.casework.outcome.survey import ClearSurveyText
from complaints.context.case import Case
from complaints.context.decision_context import Context
from complaints.reporting.figure import FEWEST, Period
from complaints.reporting.list_rows import Filter
from complaints.values.errors import Invalid, NotFound, Wrong
from complaints.values.people import Actor, Member
from functions.desk.exports.export import Window, ended_at, sortable
from functions.desk.reports import reports
from functions.http import auth, signed_tokens
from functions.http.parsing.validation import read
from functions.http.responses import json_response
from functions.http.visit import Visit
from functions.serializers.parts.entries_with_texts import opened
from functions.use_cases.cases.iterate_cases import case_batches, ended_and_late

ACTION = ClearSurveyText.verb
READS, A_READ = 50, 100
"""How many times an answer reads the queue of what has ended, and how many cases each time gives."""

ANSWERED_WITHIN = OPEN_FOR + timedelta(days=60)
"""How long after its end a case is answered at most, with the wait before it is asked."""

WAITING, SHOWN, WITHHELD = "waiting", "shown", "withheld"
_BOUND = "survey text"


class SurveyText(Struct, frozen=True, kw_only=True):
    """Free words of somebody: as they were written while they are `waiting` for a look, what may be read of
    them where they are `shown`, and none where they are `withheld`. `id` tells nothing else."""

    id: str
    state: str
    text: str


class SurveyTexts(Struct, frozen=True, kw_only=True):
    """Those of a period, of months with five answers or more. `is_too_few` says that there is none such."""

    items: list[SurveyText]
    is_too_few: bool


class SurveyTextChoice(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What may be read: the text, in which `[…]` stands for words that were taken out. Without a `text`
    nothing may be."""

    text: str | None = None


class AskedTexts(NamedTuple):
    """Who asks for the texts of which site and period."""

    by: Actor
    member: Member
    site: str
    period: Period


class _Answered(NamedTuple):
    """A case whose survey was answered in the period, with the entry of its free words."""

    case: Case
    entry: StoredEntry


def list_texts(visit: Visit) -> Response:
    """The texts of a period: up to fifty reads of what has ended, and one for every fifty texts."""
    return json_response(texts_of(visit.deps, read_query(visit)))


def choose(visit: Visit, text: str) -> Response:
    """Puts on record what may be read of a text. Raises `Invalid`, `NotFound`."""
    clear(visit.deps, read_query(visit), text, read(SurveyTextChoice, visit.request.body).text)
    return json_response(texts_of(visit.deps, read_query(visit)))


def read_query(visit: Visit, *, of_first_site: bool = False) -> AskedTexts:
    """Who asks for what; where no site is named, of none, or of their first one. Raises `Forbidden`,
    `Invalid`, `NotFound` for a site of others."""
    by, member = auth.member_who_may(visit, ACTION)
    usual = {"site": member.sites[0]} if of_first_site and member.sites else {}
    query = reports.read_query(
        visit.deps.sites, visit.deps.now(), visit.request, usual | {**visit.request.query}, member
    )
    if len(query.sites) != 1:
        raise Invalid(Wrong("/site", "missing"))
    first, last = query.period.month, query.period.last
    ended = min(last + timedelta(days=1), query.today).replace(day=1) - timedelta(days=1)
    return AskedTexts(by, member, query.sites[0], Period(first, ended))


def texts_of(deps: Container, query: AskedTexts) -> SurveyTexts:
    """What may be read of the texts, and what waits for a look, in an order that says nothing."""
    answers, found = _answered(deps, query)
    if not answers:
        return SurveyTexts(items=[], is_too_few=True)
    cleared = {
        each.case.complaint.reference: {survey.cleared_entry}
        for each in found
        if (survey := each.case.complaint.survey) and survey.cleared_entry
    }
    entries = deps.messages.of_cases(cleared)
    items = [_shown(deps, query, each, entries.get(each.case.complaint.reference, ())) for each in found]
    return SurveyTexts(items=sorted(items, key=lambda each: each.id), is_too_few=False)


def clear(deps: Container, query: AskedTexts, id: str, text: str | None) -> None:
    """Puts on record what may be read of the text with this id. Raises `Invalid`, `NotFound`."""
    _, found = _answered(deps, query)
    chosen = next((each for each in found if _is_id(deps, query, each.case, id)), None)
    if chosen is None:
        raise NotFound
    context = Context(
        now=deps.now(),
        by=query.by,
        terms=deps.sites.terms(query.site),
        passage=Passage(entry=chosen.entry),
    )
    deps.casework.carry_out(chosen.case, ClearSurveyText(text=text or None), context)


def _answered(deps: Container, query: AskedTexts) -> tuple[int, list[_Answered]]:
    """How many answers the months of the period have that have five or more, and those with free words that
    nobody removed. Raises `Invalid` for a period of more cases than are read at once."""
    cases = _of_full_months(_cases(deps, query))
    entries = deps.messages.of_cases(
        {
            case.complaint.reference: {survey.text_entry}
            for case in cases
            if (survey := case.complaint.survey)
            and survey.text_entry
            and survey.text_entry not in case.complaint.redacted
        }
    )
    found = [_Answered(case, entry) for case in cases for entry in entries.get(case.complaint.reference, ())]
    return len(cases), found


def _of_full_months(cases: Iterator[tuple[date, Case]]) -> list[Case]:
    """The cases of months with five answers or more."""
    found = list(cases)
    answers = Counter(month for month, _ in found)
    return [case for month, case in found if answers[month] >= FEWEST]


def _cases(deps: Container, query: AskedTexts) -> Iterator[tuple[date, Case]]:
    """The cases whose survey was answered in the period, each with the first of the month of its answer. What
    has ended is read from the end of the period back."""
    if query.period.last < query.period.first:
        return
    zone = deps.sites.terms(query.site).zone
    window = Window(
        sortable(query.period.first - ANSWERED_WITHIN, zone),
        sortable(query.period.last + timedelta(days=1), zone),
    )
    matching = Filter(hidden=auth.hidden_from(deps, query.member, (query.site,)))
    late = [each.row.reference for each in ended_and_late(deps, query.site, matching)]
    yield from _answered_among(deps, query, late)
    batches = case_batches(deps, query.site, f"closed/{window.end}", A_READ, matching)
    for reads, batch in enumerate(batches, start=1):
        references = [
            each.row.reference
            for each in batch.items
            if window.begin <= (ended_at(each.place) or "") < window.end and each.row.reference not in late
        ]
        yield from _answered_among(deps, query, references)
        if batch.up_to is None or window.is_over(batch.up_to):
            return
        if reads == READS:
            raise Invalid(Wrong("/to", "too-many-cases", READS * A_READ))


def _answered_among(
    deps: Container, query: AskedTexts, references: Sequence[str]
) -> Iterator[tuple[date, Case]]:
    """The cases of these whose survey was answered in the period."""
    zone = deps.sites.terms(query.site).zone
    for case in (deps.cases.load_all(references) if references else {}).values():
        survey = case.complaint.survey
        at = survey.answered_at if survey else None
        day = at.astimezone(zone).date() if at else None
        if day and query.period.first <= day <= query.period.last:
            yield day.replace(day=1), case


def _shown(deps: Container, query: AskedTexts, each: _Answered, cleared: Sequence[StoredEntry]) -> SurveyText:
    """What may be read of a text, or the text that waits for a look."""
    survey = each.case.complaint.survey
    assert survey is not None
    state = SHOWN if survey.cleared_entry else WITHHELD if survey.looked_at else WAITING
    entries = {SHOWN: cleared, WAITING: [each.entry], WITHHELD: []}[state]
    facts = (fact for _, fact in opened(entries) if isinstance(fact, SurveyAnswered | SurveyTextCleared))
    text = next((fact.text or "" for fact in facts), "")
    return SurveyText(id=_id(deps, query, each.case), state=state, text=text)


def _id(deps: Container, query: AskedTexts, case: Case) -> str:
    """A name that tells nothing of the case, that only we can make, and that is another in each period."""
    return signed_tokens.derived_key(deps.secrets.ring("cursor"), _named(query, case), _BOUND)


def _is_id(deps: Container, query: AskedTexts, case: Case, id: str) -> bool:
    """Whether a name is that of the case, also by an earlier generation of the key."""
    return signed_tokens.is_derived(deps.secrets.ring("cursor"), id, _named(query, case), _BOUND)


def _named(query: AskedTexts, case: Case) -> str:
    return "|".join((case.complaint.reference, *(day.isoformat() for day in query.period)))
