"""The page of the access log: who looked at a case, what a member read, what was read at a site."""

from urllib.parse import urlencode

from chalice.app import Response

from functions.desk.audit import access_log
from functions.desk.session.guard import desk_page
from functions.desk.session.layout import desk_layout
from functions.http import auth
from functions.http.formats.csv_export import EXCEL
from functions.http.parsing.query_params import number
from functions.http.visit import Visit

ADDRESS = "/desk/access"
ROWS, PAGES = 50, 40
"""How many entries a page shows, and how many pages there may be."""


@desk_page
def show(visit: Visit) -> Response:
    """The entries that a filter leaves; as a sheet, all of them."""
    by, me = auth.authenticate(visit, auth.claims(visit, access_log.READ), access_log.READ)
    asked = access_log.asked_for(me, visit.request.query, visit.deps.now())
    found = access_log.listed(visit.deps, asked)
    if visit.request.query.get("format") == EXCEL:
        return access_log.as_sheet(found.items, EXCEL)
    page = number(visit.request.query.get("page"), 1, PAGES, "/page", []) or 1
    names = {member.id: member.name for member in visit.deps.members.known(visit.deps.now())}
    query = {
        "case": asked.case or "",
        "member": asked.member or "",
        "site": asked.site,
        "from": str(asked.since),
        "to": str(asked.until),
    }
    shown = found.items[(page - 1) * ROWS : page * ROWS]
    return desk_layout(
        visit,
        "access-log.html",
        by,
        me,
        address=ADDRESS,
        query=query,
        place="access",
        asked=query,
        people=sorted(names.items(), key=lambda each: each[1].casefold()),
        entries=[(each, names.get(each.member, each.member)) for each in shown],
        is_cut=found.is_cut,
        unusual=[(each, names.get(each.member, each.member)) for each in found.unusual],
        day=asked.until,
        zone=visit.deps.sites.terms(asked.site).site.zone,
        sheet=urlencode(query | {"format": EXCEL}),
        next=f"{ADDRESS}?{urlencode(query | {'page': page + 1})}" if len(found.items) > page * ROWS else "",
        start=f"{ADDRESS}?{urlencode(query)}" if page > 1 else "",
    )
