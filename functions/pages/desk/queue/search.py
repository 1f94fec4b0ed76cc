"""Finding a case at the desk: a reference leads to it, other words to a list."""

from collections.abc import Mapping
from typing import Any

from chalice.app import Response

from complaints.adapters.container import Container, container
from complaints.values.people import Actor, Member
from complaints.values.text import case_reference
from functions.api.desk.lists import queue_filters, queues, search
from functions.http import auth, cursors
from functions.http.parsing.query_params import USUAL
from functions.http.request import Request, current_request
from functions.http.responses import reader_language
from functions.pages.desk.queue.rows import rows
from functions.pages.desk.session.guard import desk_page
from functions.pages.desk.session.layout import KEPT_BY_NOBODY, desk_layout
from functions.rendering.page import link
from functions.services.cases.access_notes import note_search

ADDRESS = "/desk/search"


@desk_page
def show() -> Response:
    """What a question finds, the latest received first. It costs what the same question costs as JSON."""
    deps = container()
    request = current_request()
    language = reader_language(deps.catalogues, request)
    by, me = auth.member_who_may(deps, request, "read_queue")
    question = request.query.get("q", "").strip()[: search.MOST_TYPED]
    typed = {"q": question, "site": request.query.get("site", "")}
    asked = {name: value for name, value in typed.items() if value}
    if not question:
        return _page(deps, request, language, by, me, asked, rows=None, next=None)
    sites = tuple(key for key in me.sites if asked.get("site") in (None, key))
    note_search(deps, me.id, sites)
    listed = "|".join((me.id, "search-page", ",".join(sites), question))
    hidden = auth.hidden_from(deps, me, sites)
    after = cursors.read_cursor(deps, request.query.get("cursor"), listed)
    found = search.find(deps.search, question, sites, hidden, after, USUAL)
    page = found.page
    if found.is_named and page.items:
        address = link(deps.settings, f"/desk/cases/{page.items[0].row.reference}", {})
        return Response(body="", status_code=303, headers=KEPT_BY_NOBODY | {"Location": address})
    return _page(
        deps,
        request,
        language,
        by,
        me,
        asked,
        rows=rows(deps, language, queues.told_to(by, page), deps.members.known(deps.now()), me),
        next=cursors.make_cursor(deps.secrets, deps.now(), page.next, listed) if page.next else None,
        is_partial=found.is_partial,
        is_named=found.is_named,
        is_mistyped=found.is_named and not _is_reference(question),
    )


def _is_reference(question: str) -> bool:
    try:
        case_reference.read(question)
    except case_reference.NotAReference:
        return False
    return True


def _page(
    deps: Container,
    request: Request,
    language: str,
    by: Actor,
    me: Member,
    asked: Mapping[str, str],
    **values: Any,
) -> Response:
    return desk_layout(
        deps,
        request,
        language,
        "search.html",
        by,
        me,
        address=ADDRESS,
        query=asked,
        question=asked.get("q", ""),
        site=asked.get("site"),
        sites=queue_filters.sites_of(deps.sites, me),
        asked=asked,
        **values,
    )
