"""Who has how much to do: the open cases of each member, and which is due next."""

from collections.abc import Mapping
from datetime import datetime
from typing import TYPE_CHECKING, NamedTuple, Protocol

from chalice.app import Response

from complaints.adapters.container import container
from complaints.reporting.queue_rows import Filter
from complaints.values.people import Absence, Member
from functions.http import auth
from functions.http.query_params import number
from functions.http.request import current_request
from functions.http.responses import reader_language
from functions.pages.desk.session.guard import desk_page
from functions.pages.desk.session.layout import desk_layout
from functions.serializers import absence

if TYPE_CHECKING:
    from complaints.adapters.dependencies import HasQueues
    from functions.http.auth import AuthDeps

    class WorkloadPageDeps(AuthDeps, HasQueues, Protocol):
        """The dependencies of this module: what its functions use of the container."""


COUNTED = 100
"""Up to here cases are counted; beyond it is `99+`."""

A_PAGE = 20
"""Members of a page: each is a query of the index."""


class Workload(NamedTuple):
    """What somebody has to do; `next_due` is the nearest moment at which something is.

    Who is `away` now has somebody who stands in, by name.
    """

    id: str
    name: str
    cases: int
    overdue: int
    is_least: bool
    next_due: datetime | None
    away: Absence | None
    stand_in: str


@desk_page
def show() -> Response:
    """A page of members, by name, with the cases that each looks after at my sites."""
    deps = container()
    request = current_request()
    language = reader_language(deps.catalogues, request)
    by, me = auth.authenticate(deps, request, auth.claims(deps, request, "read_queue"), "read_queue")
    known = deps.members.known(deps.now())
    names = {each.id: each.name for each in known}
    colleagues = [each for each in known if any(each.handles(key) for key in me.sites)]
    colleagues.sort(key=lambda member: (member.name.casefold(), member.id))
    pages = max(-(-len(colleagues) // A_PAGE), 1)
    page = number(request.query.get("page"), 1, pages, "/page", []) or 1
    shown = colleagues[(page - 1) * A_PAGE : page * A_PAGE]
    return desk_layout(
        deps,
        request,
        language,
        "workload.html",
        by,
        me,
        address="/desk/workload",
        query={"page": str(page)} if page > 1 else {},
        place="workload",
        loads=[_load(deps, member, me, names) for member in shown],
        page=page,
        pages=pages,
    )


def _load(deps: "WorkloadPageDeps", member: Member, me: Member, names: Mapping[str, str]) -> Workload:
    matching = Filter(sites=me.sites, hidden=auth.hidden_from(deps, me, me.sites))
    found = deps.queues.of_owner(member.id, matching, after=None, limit=COUNTED)
    rows = [listed.row for listed in found.items]
    dues = [row.due_at for row in rows if row.due_at]
    now = deps.now()
    away = absence.at_one_of(deps, member, me.sites)
    return Workload(
        id=member.id,
        name=member.name,
        cases=len(found.items),
        overdue=sum(row.is_overdue(now) for row in rows),
        is_least=found.next is not None,
        next_due=min(dues, default=None),
        away=away,
        stand_in=names.get(away.stand_in, away.stand_in) if away else "",
    )
