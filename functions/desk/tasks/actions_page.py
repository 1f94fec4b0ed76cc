"""The page of the register of corrective actions of a site."""

from urllib.parse import urlencode

from chalice.app import Response

from functions.desk.session.guard import desk_page
from functions.desk.session.layout import desk_layout
from functions.desk.tasks import actions
from functions.desk.tasks.actions import Shown
from functions.http import auth
from functions.http.formats.csv_export import EXCEL
from functions.http.parsing.query_params import number
from functions.http.visit import Visit

ADDRESS = "/desk/actions"
ROWS, PAGES = 50, 20
"""How many actions a page shows, and how many pages there may be."""


@desk_page
def show(visit: Visit) -> Response:
    """The actions that a filter leaves; each leads to its case or its record. As a sheet, all of them."""
    by, me = auth.member_who_may(visit, actions.READ)
    asked = actions.asked_for(me, visit.request.query)
    found = actions.register(visit.deps, asked, visit.language)
    items = found.items
    if visit.request.query.get("format") == EXCEL:
        return actions.as_sheet(asked, items, EXCEL)
    page = number(visit.request.query.get("page"), 1, PAGES, "/page", []) or 1
    names = {member.id: member.name for member in visit.deps.members.known(visit.deps.now())}
    query = {"site": asked.site, "show": asked.shown.value, "whose": asked.whose}
    return desk_layout(
        visit,
        "actions.html",
        by,
        me,
        address=ADDRESS,
        query=query,
        place="actions",
        site=asked.site,
        shown=asked.shown,
        whose=asked.whose,
        choices=tuple(Shown),
        query_of={
            name: [(value, urlencode(query | {name: value})) for value in values]
            for name, values in (("show", tuple(Shown)), ("whose", actions.WHOSE), ("site", me.sites))
        },
        sheet=urlencode(query | {"format": EXCEL}),
        total=len(items),
        is_cut=found.is_cut,
        actions=[
            (each, names.get(each.owner, each.owner)) for each in items[(page - 1) * ROWS : page * ROWS]
        ],
        next=f"{ADDRESS}?{urlencode(query | {'page': page + 1})}" if len(items) > page * ROWS else "",
        start=f"{ADDRESS}?{urlencode(query)}" if page > 1 else "",
    )
