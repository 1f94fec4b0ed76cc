"""What the page of a case says of who else is there: a line of text, which its script asks for."""

from functools import partial

from chalice.app import Response

from complaints.adapters.container import container
from functions.api.desk.case import presence
from functions.http.request import current_request
from functions.http.responses import reader_language
from functions.pages.desk.session.guard import desk_page
from functions.pages.desk.session.layout import KEPT_BY_NOBODY
from functions.pages.forms.urlencoded import form_of_request

SHOWN = 3
"""How many are named: the line has no room for more."""


@partial(desk_page, renews=False)
def announce(reference: str) -> Response:
    """Says that I am there, and who else is, in the reader's language; nothing where nobody is."""
    deps = container()
    request = current_request()
    language = reader_language(deps.catalogues, request)
    is_writing = form_of_request(request).get("writing") == "1"
    found = presence.announced(deps, request, reference, is_writing=is_writing)
    names = {each.id: each.name for each in deps.members.known(deps.now())}
    lines = [
        deps.catalogues.text(
            language,
            "case.here.writing" if each.is_writing else "case.here.viewing",
            name=names.get(each.member, each.member),
        )
        for each in found[:SHOWN]
    ]
    headers = KEPT_BY_NOBODY | {"Content-Type": "text/plain; charset=utf-8"}
    return Response(body=" · ".join(lines), status_code=200, headers=headers)
