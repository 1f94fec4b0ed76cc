"""A regulator's return as a page: each number with the cases behind it, and what could not be mapped.

A regulator's return of the period, as one sheet to download from the desk.
"""

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from chalice.app import Response

from complaints.case.complaint import Complaint
from complaints.reporting.regulators.return_format import RegulatorReturn
from complaints.reporting.regulators.returns import UNMAPPED, ReturnFigure, ReturnPart, compute
from complaints.values.errors import Invalid, Wrong
from functions.api.desk.reporting.returns import ReturnAccess, read_cases, return_access, sheet
from functions.http.visit import Visit
from functions.pages.desk.reports.period_files import MOST_CASES
from functions.pages.desk.session.guard import desk_page
from functions.pages.desk.session.layout import desk_layout
from functions.services.files.downloads import download

ADDRESS = "/desk/reports/returns"
MOST_SHOWN = 50
"""Cases that the page names for one number; the sheet names all."""


class FigureLine(NamedTuple):
    """One number in words: what is counted, of which codes, the money, and the cases behind it."""

    measure: str
    codes: tuple[str, ...]
    number: int
    amount: str | None
    currency: str | None
    cases: tuple[str, ...]


@desk_page
def show(visit: Visit, name: str) -> Response:
    """The figures of a return of one site and period."""
    access, part = whole_return(visit, name)
    site = visit.deps.sites.terms(access.asked.site).site
    query = {"site": site.key, "from": access.period.first.isoformat(), "to": access.period.last.isoformat()}
    return desk_layout(
        visit,
        "return.html",
        access.by,
        access.member,
        address=f"{ADDRESS}/{name}/figures",
        query=query,
        place="reports",
        zone=site.zone,
        definition=access.definition,
        site=site,
        asked=query,
        period=access.period,
        hides_cases=access.hides_cases,
        lines=list(_lines(access.definition, part.figures)),
        rows=len(part.rows),
        lacking={"unmapped": part.unmapped, "left_out": part.left_out},
        most=MOST_SHOWN,
    )


def _lines(definition: RegulatorReturn, figures: Iterable[ReturnFigure]) -> Iterator[FigureLine]:
    """The figures, with the regulator's words for its codes."""
    labels = [grouping.labels for grouping in definition.groupings]
    for each in figures:
        yield FigureLine(
            measure=each.measure.replace("_", " "),
            codes=tuple(
                code if code.startswith(UNMAPPED) else words.get(code, code)
                for words, code in zip(labels, each.codes, strict=True)
            ),
            number=len(each.cases),
            amount=None if each.amount is None else f"{each.amount:f}",
            currency=each.currency,
            cases=each.cases,
        )


@desk_page
def fetch_sheet(visit: Visit, name: str) -> Response:
    """The sheet of all cases. Raises `Invalid` where they are more than one sheet is made of."""
    access, part = whole_return(visit, name)
    text = sheet(access.definition, part, access.asked.kind)
    return download(visit.deps, access.member, access.asked.name, text)


def whole_return(visit: Visit, name: str) -> tuple[ReturnAccess, ReturnPart]:
    """A return of all cases of the period. Raises `Invalid` where they are more than are read in time."""
    access = return_access(visit, name)
    site = access.asked.site
    cases: dict[str, Complaint] = {}
    place: str | None = None
    while True:
        found, place = read_cases(visit.deps, site, access.period, access.hidden, place)
        cases |= {each.reference: each for each in found}
        if len(cases) > MOST_CASES:
            raise Invalid(Wrong("/to", "too-many-cases", MOST_CASES))
        if place is None:
            break
    visit.request.note(site=site, exported=len(cases))
    return access, compute(access.definition, cases.values(), access.period, visit.deps.sites.terms(site))
