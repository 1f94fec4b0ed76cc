"""The home of the desk as a page: exact numbers that lead to their cases, six months, and this week."""

import secrets
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any, NamedTuple
from urllib.parse import urlencode

from babel.dates import format_date, format_skeleton
from babel.numbers import format_percent
from chalice.app import Response

from complaints.reporting.figure import FEWEST, end_of_month
from complaints.reporting.metrics.home_figures import WEEK, HomeFigures, LastDays, MonthFlow, PromiseResult
from complaints.reporting.metrics.work_counts import Load
from complaints.values.people import Member
from functions.desk.home import home
from functions.desk.queue.queue_dates import AGE_NAMES, TODAY
from functions.desk.queue.queue_query import NOBODY
from functions.desk.reports.charts import SOLID, Bar, Chart
from functions.desk.reports.needs import needs
from functions.desk.reports.trend_chart import trend_chart
from functions.desk.session.guard import desk_page
from functions.desk.session.layout import desk_layout
from functions.http import auth
from functions.http.visit import Visit
from functions.use_cases.management.waiting_records import unread_policies, waiting_alarms

if TYPE_CHECKING:
    from complaints.adapters.container import Catalogues


ADDRESS = "/desk/home"
A_DAY = timedelta(days=1)

_QUEUES = {
    "overdue": {"queue": "overdue"},
    "due_today": {"queue": "due_soon", "due": TODAY},
    "unassigned": {"queue": "unassigned"},
    "approvals": {"queue": "approvals", "limit": "100"},
    "awaiting": {"queue": "awaiting_complainant"},
    "responded": {"queue": "responded"},
    "open": {"queue": "open"},
}
"""The list that has exactly the cases of a number, in the order in which the numbers are shown."""

BY_SITE = ("open", "unassigned", "due_today", "overdue", "approvals", "awaiting", "oldest")
BY_MEMBER = tuple(name for name in BY_SITE if name != "unassigned")
"""The columns of the tables."""


class Linked(NamedTuple):
    """A number, and the address of its cases: empty where there are none to be listed."""

    number: int
    address: str


class WorkRow(NamedTuple):
    """The numbers of a site or of a member, by the names of their columns; `name` is empty for nobody."""

    name: str
    numbers: list[tuple[str, Linked]]


@desk_page
def show(visit: Visit) -> Response:
    """What a manager looks at first: the caller's read, two queries for each site, and those of `needs`."""
    by, me = auth.member_who_may(visit, home.READ)
    asked = {"site": visit.request.query["site"]} if visit.request.query.get("site") else {}
    read = home.read(visit.deps, visit.deps.now(), me, asked)
    figures, catalogues = read.figures, visit.deps.catalogues
    sites = {key: visit.deps.sites.terms(key).site.name for key in me.sites}
    return desk_layout(
        visit,
        "desk-home.html",
        by,
        me,
        address=ADDRESS,
        query=asked,
        place="home",
        sites=sites if me.sites[1:] else {},
        asked=asked,
        needs=needs(visit.deps, by, me, read.sites, visit.language, figures.work.approvals),
        once=secrets.token_urlsafe(12),
        recent=_recent(catalogues, visit.language, figures.last_days),
        recent_report=_report(figures.last_days.first, figures.last_days.first + WEEK - A_DAY, asked),
        kept_before=_ended(catalogues, visit.language, figures.promises_before),
        figures=figures,
        incomplete=", ".join(sites[key] for key in figures.incomplete),
        kept=sum(each.kept for each in figures.promises),
        ended=sum(each.kept + each.missed for each in figures.promises),
        held_at=", ".join(sites[key] for key in me.sites if visit.deps.sites.terms(key).site.holds_letters),
        policies=unread_policies(visit.deps, by, me),
        alarms=waiting_alarms(visit.deps, by, me),
        is_hidden=auth.misses_cases(visit.deps, me, read.sites),
        **_work(
            catalogues, visit.language, figures, asked, sites, visit.deps.members.known(visit.deps.now())
        ),
        **_months(catalogues, visit.language, figures, asked),
    )


def _work(
    catalogues: "Catalogues",
    language: str,
    figures: HomeFigures,
    asked: dict[str, str],
    sites: Mapping[str, str],
    members: Iterable[Member],
) -> dict[str, Any]:
    """What there is to do now: in all, by site, by member and by age."""
    names = {each.id: each.name for each in members}
    by_member = [
        WorkRow(
            names.get(each.member, each.member) if each.member else "",
            _row(each.work, asked | {"assignee": each.member or NOBODY}, BY_MEMBER),
        )
        for each in figures.by_member
    ]
    ages = _ages(figures.work, asked)
    return {
        "numbers": [(name, _linked(figures.work, name, asked)) for name in _QUEUES],
        "by_site": [
            WorkRow(sites[each.site], _row(each.work, {"site": each.site}, BY_SITE))
            for each in figures.by_site
        ],
        "by_member": sorted(by_member, key=lambda row: (not row.name, row.name.casefold())),
        "ages": ages,
        "age_chart": _age_chart(catalogues, language, figures.work, ages),
    }


def _months(
    catalogues: "Catalogues", language: str, figures: HomeFigures, asked: dict[str, str]
) -> dict[str, Any]:
    """What came and ended, by months, each with the report that it leads to."""
    firsts = [each.first for each in (*figures.months, figures.this_month)]
    return {
        "months": figures.months,
        "this_month": figures.this_month,
        "names": [
            (format_date(first, "LLL", language), format_skeleton("yMMMM", first, locale=language))
            for first in firsts
        ],
        "reports": [_report(first, end_of_month(first), asked) for first in firsts],
        "trend": trend_chart(figures.months),
        "trend_finding": _trend_finding(catalogues, language, figures.months),
        "is_compared": any(month.received_a_year_before for month in figures.months),
    }


def _address(query: Mapping[str, str]) -> str:
    return f"/desk?{urlencode(query)}"


def _linked(load: Load, name: str, narrowed: dict[str, str]) -> Linked:
    """The number of this name, and its list, `narrowed` to a site or an assignee."""
    count = load.ages[-1] if name == "oldest" else getattr(load, name)
    filters = {"queue": "open", "age": AGE_NAMES[-1]} if name == "oldest" else _QUEUES[name]
    return Linked(count, _address(filters | narrowed) if count else "")


def _row(load: Load, narrowed: dict[str, str], columns: Sequence[str]) -> list[tuple[str, Linked]]:
    return [(name, _linked(load, name, narrowed)) for name in columns]


def _ages(load: Load, asked: dict[str, str]) -> list[tuple[str, Linked]]:
    numbers = zip(AGE_NAMES, load.ages, strict=True)
    filters = {"queue": "open"} | asked
    return [(age, Linked(count, _address(filters | {"age": age}) if count else "")) for age, count in numbers]


def _age_chart(
    catalogues: "Catalogues", language: str, load: Load, ages: Sequence[tuple[str, Linked]]
) -> Chart:
    most = max(load.ages) or 1
    bars = [
        Bar(
            catalogues.text(language, f"queues.age.{age}"),
            linked.number,
            round(100 * linked.number / most, 1),
            SOLID,
        )
        for age, linked in ages
    ]
    young = sum(load.ages[:2])
    msgid = "finding" if load.open else "none"
    finding = catalogues.text(language, f"work.ages.{msgid}", n=young, of=load.open)
    return Chart("ages", finding, bars, (), [])


def _report(first: date, last: date, asked: dict[str, str]) -> str:
    """The address of the report of some days."""
    days = {"from": first.isoformat(), "to": last.isoformat()}
    return f"/desk/reports?{urlencode(dict(asked) | days)}"


def _recent(catalogues: "Catalogues", language: str, days: LastDays) -> list[tuple[str, int, str]]:
    """What was received and closed in seven days, with the words that compare it with the seven before."""
    pairs = (("received", days.received, days.received_before), ("closed", days.closed, days.closed_before))
    return [(name, now, _compared(catalogues, language, now - before)) for name, now, before in pairs]


def _compared(catalogues: "Catalogues", language: str, more: int) -> str:
    msgid = "more" if more > 0 else "fewer" if more < 0 else "same"
    return catalogues.text(language, f"work.recent.{msgid}", n=abs(more))


def _ended(catalogues: "Catalogues", language: str, promises: Sequence[PromiseResult]) -> str:
    """How the promises of the week before ended; nothing where there was none."""
    kept = sum(each.kept for each in promises)
    ended = kept + sum(each.missed for each in promises)
    return catalogues.text(language, "work.promises.before", n=kept, of=ended) if ended else ""


def _trend_finding(catalogues: "Catalogues", language: str, months: Sequence[MonthFlow]) -> str:
    """How many came in six months, and whether that is more than a year before."""
    received = sum(month.received for month in months)
    before = sum(month.received_a_year_before for month in months)
    if received == before or not before:
        msgid = "work.trend.same" if before else "work.trend.first"
        return catalogues.text(language, msgid, n=received)
    more = "more" if received > before else "fewer"
    if before < FEWEST:
        return catalogues.text(language, f"work.trend.{more}", n=received, before=before)
    share = format_percent(round(abs(received - before) / before, 2), locale=language)
    return catalogues.text(language, f"work.trend.{more}.percent", n=received, percent=share)
