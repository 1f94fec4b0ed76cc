"""The home of the desk: the work that there is now by site and member, the last months, this week's promises.

It is read from counters, two queries for each site, whatever the number of cases.
"""

from collections.abc import Mapping
from datetime import datetime
from zoneinfo import ZoneInfo

from chalice.app import Response
from msgspec import Struct

from complaints.adapters.container import Container
from complaints.reporting.metrics.home_figures import HomeFigures, first_recent, home_figures
from complaints.reporting.metrics.work_counts import oldest_day
from complaints.values.errors import NotFound
from complaints.values.people import Member
from functions.http import auth
from functions.http.responses import json_response
from functions.http.visit import Visit
from functions.use_cases.member_time_zone import zone_of

READ = "read_reports"


class Home(Struct, frozen=True, kw_only=True):
    """The figures of the home, of these sites."""

    sites: tuple[str, ...]
    figures: HomeFigures


def show(visit: Visit) -> Response:
    """The caller's read, and two queries for each site."""
    _, me = auth.member_who_may(visit, READ)
    return json_response(read(visit.deps, visit.deps.now(), me, visit.request.query))


def read(deps: Container, now: datetime, me: Member, query: Mapping[str, str]) -> Home:
    """What there is at the site that is asked for, or at all of mine.

    Raises `NotFound` for a site that there is not for this member, and `Unavailable`.
    """
    site = query.get("site")
    if site and not me.serves(site):
        raise NotFound
    sites = (site,) if site else me.sites
    days = {key: deps.sites.terms(key).today(now) for key in sites}
    counts = {key: deps.counters.home(key, oldest_day(day)) for key, day in days.items()}
    today = now.astimezone(ZoneInfo(zone_of(deps.sites, me))).date()
    recent = [deps.counters.between(key, first_recent(today), today) for key in sites]
    figures = home_figures(counts, auth.hidden_from(deps, me, sites), days, today, recent)
    return Home(sites=sites, figures=figures)
