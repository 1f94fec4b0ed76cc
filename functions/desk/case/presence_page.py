"""What the page of a case says of who else is there: a line of text, which its script asks for."""

from functools import partial

from chalice.app import Response

from functions.desk.case import presence
from functions.desk.session.guard import desk_page
from functions.desk.session.layout import KEPT_BY_NOBODY
from functions.forms.urlencoded import form_of_request
from functions.http.visit import Visit

SHOWN = 3
"""How many are named: the line has no room for more."""


@partial(desk_page, renews=False)
def announce(visit: Visit, reference: str) -> Response:
    """Says that I am there, and who else is, in the reader's language; nothing where nobody is."""
    is_writing = form_of_request(visit.request).get("writing") == "1"
    found = presence.announced(visit, reference, is_writing=is_writing)
    names = {each.id: each.name for each in visit.deps.members.known(visit.deps.now())}
    lines = [
        visit.deps.catalogues.text(
            visit.language,
            "case.here.writing" if each.is_writing else "case.here.viewing",
            name=names.get(each.member, each.member),
        )
        for each in found[:SHOWN]
    ]
    headers = KEPT_BY_NOBODY | {"Content-Type": "text/plain; charset=utf-8"}
    return Response(body=" · ".join(lines), status_code=200, headers=headers)
