"""The effect of a change (clause 8.3): how complainants saw the handling, and how it went, in equal periods
before and after a date."""

from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import TYPE_CHECKING, NamedTuple

from babel.numbers import format_decimal, format_percent
from chalice.app import Response

from complaints.adapters.container import Container
from complaints.reporting.figure import FEWEST, Figure, Period
from complaints.reporting.metrics.measures import QUESTIONS
from complaints.values.errors import Invalid
from functions.desk.reports import reports
from functions.desk.reports.reports import CHANGE, MONTHS, MOST_MONTHS, USUAL_MONTHS
from functions.desk.session.guard import desk_page
from functions.desk.session.layout import desk_layout
from functions.forms.inputs import wrong_at
from functions.http import auth
from functions.http.responses import texts_of
from functions.http.visit import Visit
from functions.use_cases.report_numbers import ReportQuery, read, told

if TYPE_CHECKING:
    from complaints.adapters.container import Catalogues


ADDRESS = "/desk/reports/effect"
PARAMETERS = ("site", CHANGE, MONTHS)

MEDIAN = "50"
TITLES = {
    "survey_answered": "survey_answered",
    **{question: f"survey_{question}" for question in QUESTIONS},
    "decided_in_time": "decided",
    "days_to_decision": "days",
    "refused": "refused",
    "reopened": "reopened",
    "cause_known": "cause_known",
}
"""What is compared, by the names of figures, and what each is called."""


class ComparedRow(NamedTuple):
    """A figure in words, before and after."""

    name: str
    before: str
    after: str


@desk_page
def show(visit: Visit) -> Response:
    """The form, and once a date is named the comparison; a date that cannot be is said in the form: 422."""
    by, me = auth.member_who_may(visit, "read_reports")
    kept = {name: visit.request.query[name] for name in PARAMETERS if visit.request.query.get(name)}
    wrong: Mapping[str, str] = {}
    rows: list[ComparedRow] = []
    compared: tuple[Period, ...] = ()
    if kept.get(CHANGE):
        try:
            query = reports.read_query(visit.deps.sites, visit.deps.now(), visit.request, kept, me)
            compared, rows = query.periods, _compared_rows(visit.deps, visit.language, query)
        except Invalid as refusal:
            visit.request.note(problem=refusal.code)
            wrong = {
                each.pointer[1:]: texts_of(visit.deps.catalogues, visit.language, each)
                for each in refusal.errors
            }
    return desk_layout(
        visit,
        "effect.html",
        by,
        me,
        address=ADDRESS,
        query=kept,
        place="effect",
        status=422 if wrong else 200,
        sites=[(key, visit.deps.sites.terms(key).site.name) for key in me.sites],
        asked={MONTHS: str(USUAL_MONTHS)} | kept,
        most=MOST_MONTHS,
        wrong=wrong,
        errors=[
            wrong_at(name, visit.deps.catalogues.text(visit.language, f"reports.effect.{name}"), what)
            for name, what in wrong.items()
        ],
        rows=rows,
        compared=compared,
    )


def _compared_rows(deps: Container, language: str, query: ReportQuery) -> list[ComparedRow]:
    """The indicators of the period after a change beside those of the one before it."""
    numbers = read(deps, query)
    after, before = (
        [each.figure for each in told("indicators", numbers, ReportQuery(query.sites, period, query.today))]
        for period in query.periods
    )
    return list(rows_of(deps.catalogues, language, before, after))


def rows_of(
    catalogues: "Catalogues", language: str, before: list[Figure], after: list[Figure]
) -> Iterator[ComparedRow]:
    """What is compared, in the order of `TITLES`; a figure may be told of one of the periods alone."""
    then, now = (
        {each.figure: each for each in found if each.by is None or each.value == MEDIAN}
        for found in (before, after)
    )
    for name, title in TITLES.items():
        yield ComparedRow(
            catalogues.text(language, f"reports.title.{title}"),
            *(_words(catalogues, language, found.get(name)) for found in (then, now)),
        )


def _words(catalogues: "Catalogues", language: str, figure: Figure | None) -> str:
    """A figure in words; of fewer than five there is nothing to say."""
    if figure is None or (figure.of is not None and figure.of < FEWEST):
        return catalogues.text(language, "reports.effect.few")
    if figure.of is None:
        return catalogues.text(language, "reports.effect.days", n=figure.count)
    percent = format_percent((figure.percent or 0) / 100, locale=language)
    if figure.mean is None:
        return catalogues.text(
            language, "reports.share.percent", n=figure.count, of=figure.of, percent=percent
        )
    mean = format_decimal(Decimal(figure.mean), locale=language)
    return catalogues.text(language, "reports.effect.mean", mean=mean, percent=percent, of=figure.of)
