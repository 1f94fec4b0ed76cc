"""Finding a case at the desk: a reference leads to it, other words to a list."""

from collections.abc import Mapping
from typing import Any

from chalice.app import Response

from complaints.adapters.container import container
from complaints.values import reference
from complaints.values.people import Actor, Member
from functions.api.desk import queue_filters, search
from functions.http import auth, cursors
from functions.http.query_params import USUAL
from functions.http.request import current_request
from functions.pages.desk.queue.rows import rows
from functions.pages.desk.session.guard import desk_page
from functions.pages.desk.session.layout import KEPT_BY_NOBODY, desk_layout
from functions.rendering.page import link

ADDRESS = "/desk/search"


@desk_page
def show() -> Response:
    """What a question finds, the latest received first. It costs what the same question costs as JSON."""
    request = current_request()
    by, me = auth.authenticate(auth.claims(request, "read_queue"), "read_queue")
    question = request.query.get("q", "").strip()[: search.MOST_TYPED]
    asked = {
        name: value for name, value in (("q", question), ("site", request.query.get("site", ""))) if value
    }
    if not question:
        return _page(by, me, asked, rows=None, next=None)
    sites = tuple(key for key in me.sites if asked.get("site") in (None, key))
    listed = "|".join((me.id, "search-page", ",".join(sites), question))
    hidden, after = auth.hidden_from(me, sites), cursors.read_cursor(request.query.get("cursor"), listed)
    page = search.find(question, sites, hidden, after, USUAL)
    if _is_reference(question) and len(page.items) == 1:
        address = link(f"/desk/cases/{page.items[0].row.reference}", {})
        return Response(body="", status_code=303, headers=KEPT_BY_NOBODY | {"Location": address})
    return _page(
        by,
        me,
        asked,
        rows=rows(page, container().members.known(container().now()), me),
        next=cursors.make_cursor(page.next, listed) if page.next else None,
    )


def _is_reference(question: str) -> bool:
    try:
        reference.read(question)
    except reference.NotAReference:
        return False
    return True


def _page(by: Actor, me: Member, asked: Mapping[str, str], **values: Any) -> Response:
    return desk_layout(
        "search.html",
        by,
        me,
        address=ADDRESS,
        query=asked,
        place="search",
        question=asked.get("q", ""),
        site=asked.get("site"),
        sites=queue_filters.sites_of(me),
        asked=asked,
        **values,
    )
