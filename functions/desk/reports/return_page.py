"""A regulator's return as a page: each number with the cases behind it, and what could not be mapped.

A regulator's return of the period, as one sheet to download from the desk.
"""

from collections.abc import Iterable, Iterator
from itertools import chain, islice
from typing import NamedTuple

from chalice.app import Response

from complaints.management.evaluation.filed_returns import FiledReturn, FileReturn
from complaints.management.record import RecordKind
from complaints.management.service import may_do
from complaints.reporting.regulators.return_format import RegulatorReturn
from complaints.reporting.regulators.returns import UNMAPPED, ReturnFigure, ReturnPart, compute
from complaints.values.errors import NotFound
from functions.desk.reports.returns import ReturnAccess, all_cases, return_access, sheet, to_file
from functions.desk.session.guard import desk_page
from functions.desk.session.layout import desk_layout
from functions.http.visit import Visit
from functions.use_cases.files.downloads import download

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
    terms = visit.deps.sites.terms(access.asked.site)
    site, filed = terms.site, _filed(visit, access)
    now = to_file(access.definition, part)
    is_over = access.definition.first <= access.period.first and access.period.last < terms.today(
        visit.deps.now()
    )
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
        filed=filed,
        names={each.id: each.name for each in visit.deps.members.known(visit.deps.now())},
        changed=_differences(filed.content.sheet, now) if filed else [],
        can_file=is_over and may_do(access.by, FileReturn.verb, RecordKind.FILED_RETURN),
    )


class FiledRecord(NamedTuple):
    """The record of a return that was filed."""

    id: str
    content: FiledReturn


def _filed(visit: Visit, access: ReturnAccess) -> FiledRecord | None:
    """What was filed of this return for this period: one query."""
    records = visit.deps.management_records.of_site(access.asked.site, RecordKind.FILED_RETURN)
    named = (access.definition.name, access.period.first)
    filed = (FiledRecord(each.id, each.content) for each in records if isinstance(each.content, FiledReturn))
    return next((each for each in filed if (each.content.name, each.content.since) == named), None)


def _differences(filed: bytes, now: bytes) -> list[tuple[str, str]]:
    """The first lines of a sheet that are no more as they were filed, and those in their place."""
    before, after = (dict.fromkeys(each.decode().splitlines()) for each in (filed, now))
    gone = (("was", line) for line in before if line not in after)
    new = (("now", line) for line in after if line not in before)
    return list(islice(chain(gone, new), MOST_SHOWN))


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
    """The sheet of all cases, or as it was filed. Raises `Invalid` where they are more than one sheet is made
    of, `NotFound` for one that was not filed."""
    if visit.request.query.get("as") == "filed":
        access = return_access(visit, name)
        filed = _filed(visit, access)
        if filed is None:
            raise NotFound
        return download(visit.deps, access.member, access.asked.name, filed.content.sheet.decode())
    access, part = whole_return(visit, name)
    text = sheet(access.definition, part, access.asked.kind)
    return download(visit.deps, access.member, access.asked.name, text)


def whole_return(visit: Visit, name: str) -> tuple[ReturnAccess, ReturnPart]:
    """A return of all cases of the period. Raises `Invalid` where they are more than are read in time."""
    access = return_access(visit, name)
    site = access.asked.site
    cases = all_cases(visit.deps, site, access.period, access.hidden)
    visit.request.note(site=site, exported=len(cases))
    return access, compute(access.definition, cases, access.period, visit.deps.sites.terms(site))
