"""Who has how much to do: the open cases of each member, and which is due next."""

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import NamedTuple
from urllib.parse import urlencode

from chalice.app import Response

from complaints.adapters.container import Container
from complaints.reporting.list_rows import Filter, Row
from complaints.reporting.metrics.work_counts import Load
from complaints.values.field_types import Stage
from complaints.values.people import Absence, Member
from functions.desk.queue.rows import initials
from functions.desk.session.guard import desk_page
from functions.desk.session.layout import desk_layout
from functions.http import auth
from functions.http.parsing.query_params import number
from functions.http.visit import Visit
from functions.serializers.desk import absence

LOOKED_AT = 100
"""How many cases of somebody are looked at for the next deadline; of whom has more, the figures are read."""

A_PAGE = 20
"""Members of a page: each is a query of the index."""


class Workload(NamedTuple):
    """What somebody has to do, each number with the address of its cases; `next_due` is the nearest moment at
    which something is.

    Who is `away` now has somebody who stands in, by name.
    """

    id: str
    name: str
    numbers: list[tuple[str, int, str]]
    next_due: datetime | None
    away: Absence | None
    stand_in: str

    @property
    def initials(self) -> str:
        """The member as a ring shows it."""
        return initials(self.name)


QUEUES = {"open": "open", "awaiting": "awaiting_complainant", "responded": "responded", "overdue": "overdue"}
"""The queue that has exactly the cases of a number."""


@desk_page
def show(visit: Visit) -> Response:
    """A page of members, by name, with the cases that each looks after at my sites."""
    by, me = auth.member_who_may(visit, "read_queue")
    known = visit.deps.members.known(visit.deps.now())
    names = {each.id: each.name for each in known}
    colleagues = [each for each in known if any(each.handles(key) for key in me.sites)]
    colleagues.sort(key=lambda member: (member.name.casefold(), member.id))
    pages = max(-(-len(colleagues) // A_PAGE), 1)
    page = number(visit.request.query.get("page"), 1, pages, "/page", []) or 1
    shown = colleagues[(page - 1) * A_PAGE : page * A_PAGE]
    loads = _loads(visit.deps, shown, me, names)
    return desk_layout(
        visit,
        "workload.html",
        by,
        me,
        address="/desk/workload",
        query={"page": str(page)} if page > 1 else {},
        place="workload",
        queues=QUEUES,
        loads=loads,
        totals=[(name, sum(load.numbers[at][1] for load in loads)) for at, name in enumerate(QUEUES)],
        page=page,
        pages=pages,
    )


def _loads(
    deps: Container, members: Sequence[Member], me: Member, names: Mapping[str, str]
) -> list[Workload]:
    hidden = auth.hidden_from(deps, me, me.sites)
    matching = Filter(sites=me.sites, hidden=hidden)
    found = {
        each.id: deps.queues.of_owner(each.id, matching, after=None, limit=LOOKED_AT) for each in members
    }
    many = [id for id, page in found.items() if page.next is not None]
    counted = (deps.counters.of_owners(me.sites, many) or {}) if many and not hidden else {}
    now = deps.now()
    loads = []
    for each in members:
        rows = [listed.row for listed in found[each.id].items]
        load = counted.get(each.id) or _load(rows, now)
        away = absence.at_one_of(deps, each, me.sites)
        loads.append(
            Workload(
                id=each.id,
                name=each.name,
                numbers=[
                    (name, getattr(load, name), urlencode({"queue": queue, "assignee": each.id}))
                    for name, queue in QUEUES.items()
                ],
                next_due=min((row.due_at for row in rows if row.due_at), default=None),
                away=away,
                stand_in=names.get(away.stand_in, away.stand_in) if away else "",
            )
        )
    return loads


def _load(rows: Sequence[Row], now: datetime) -> Load:
    """The numbers of somebody whose cases were all looked at."""
    stages = Counter(row.stage for row in rows)
    waiting = stages[Stage.AWAITING_COMPLAINANT], stages[Stage.RESPONDED]
    return Load(
        open=len(rows) - sum(waiting),
        awaiting=waiting[0],
        responded=waiting[1],
        overdue=sum(row.is_overdue(now) for row in rows),
    )
