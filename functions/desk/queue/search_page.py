"""Finding a case at the desk: a reference leads to it, other words to a list."""

from collections.abc import Mapping
from typing import Any

from chalice.app import Response

from complaints.values.people import Actor, Member
from complaints.values.text import case_reference
from functions.desk.queue import queue_filters, queues, search
from functions.desk.queue.rows import rows
from functions.desk.session.guard import desk_page
from functions.desk.session.layout import KEPT_BY_NOBODY, desk_layout
from functions.http import auth, cursors
from functions.http.parsing.query_params import USUAL
from functions.http.visit import Visit
from functions.rendering.page import link
from functions.use_cases.cases.access_notes import note_search

ADDRESS = "/desk/search"


@desk_page
def show(visit: Visit) -> Response:
    """What a question finds, the latest received first. It costs what the same question costs as JSON."""
    by, me = auth.member_who_may(visit, "read_queue")
    question = visit.request.query.get("q", "").strip()[: search.MOST_TYPED]
    typed = {"q": question, "site": visit.request.query.get("site", "")}
    asked = {name: value for name, value in typed.items() if value}
    if not question:
        return _page(visit, by, me, asked, rows=None, next=None)
    sites = tuple(key for key in me.sites if asked.get("site") in (None, key))
    note_search(visit.deps, me.id, sites)
    listed = "|".join((me.id, "search-page", ",".join(sites), question))
    hidden = auth.hidden_from(visit.deps, me, sites)
    after = cursors.read_cursor(visit.deps, visit.request.query.get("cursor"), listed)
    found = search.find(visit.deps.search, question, sites, hidden, after, USUAL)
    page = found.page
    if found.is_named and page.items:
        address = link(visit.deps.settings, f"/desk/cases/{page.items[0].row.reference}", {})
        return Response(body="", status_code=303, headers=KEPT_BY_NOBODY | {"Location": address})
    return _page(
        visit,
        by,
        me,
        asked,
        rows=rows(
            visit.deps,
            visit.language,
            queues.told_to(by, page),
            visit.deps.members.known(visit.deps.now()),
            me,
        ),
        next=cursors.make_cursor(visit.deps.secrets, visit.deps.now(), page.next, listed)
        if page.next
        else None,
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
    visit: Visit,
    by: Actor,
    me: Member,
    asked: Mapping[str, str],
    **values: Any,
) -> Response:
    return desk_layout(
        visit,
        "search.html",
        by,
        me,
        address=ADDRESS,
        query=asked,
        question=asked.get("q", ""),
        site=asked.get("site"),
        sites=queue_filters.sites_of(visit.deps.sites, me),
        asked=asked,
        **values,
    )
