"""The page of the register of corrective actions of a site."""

from urllib.parse import urlencode

from chalice.app import Response

from complaints.adapters.container import container
from functions.api.desk.lists import actions
from functions.api.desk.lists.actions import Shown
from functions.http import auth
from functions.http.formats.csv_export import EXCEL
from functions.http.parsing.query_params import number
from functions.http.request import current_request
from functions.http.responses import reader_language
from functions.pages.desk.session.guard import desk_page
from functions.pages.desk.session.layout import desk_layout

ADDRESS = "/desk/actions"
ROWS, PAGES = 50, 20
"""How many actions a page shows, and how many pages there may be."""


@desk_page
def show() -> Response:
    """The actions that a filter leaves; each leads to its case or its record. As a sheet, all of them."""
    deps = container()
    request = current_request()
    language = reader_language(deps.catalogues, request)
    by, me = auth.member_who_may(deps, request, actions.READ)
    asked = actions.asked_for(me, request.query)
    found = actions.register(deps, asked, language)
    items = found.items
    if request.query.get("format") == EXCEL:
        return actions.as_sheet(asked, items, EXCEL)
    page = number(request.query.get("page"), 1, PAGES, "/page", []) or 1
    names = {member.id: member.name for member in deps.members.known(deps.now())}
    query = {"site": asked.site, "show": asked.shown.value, "whose": asked.whose}
    return desk_layout(
        deps,
        request,
        language,
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
