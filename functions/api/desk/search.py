"""Searching at the desk: by reference, mail address, name, and words of the subject."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from chalice.app import Response

from complaints.adapters.container import container
from complaints.reporting import search_terms
from complaints.reporting.queue_rows import Hidden, QueueEntry, QueuePage
from complaints.values import case_reference
from complaints.values.errors import Invalid, Wrong
from functions.api.desk import queues
from functions.http import auth, cursors
from functions.http.query_params import MOST, USUAL, number
from functions.http.request import current_request
from functions.http.responses import json_response

if TYPE_CHECKING:
    from complaints.reporting.ports import Search


MOST_TYPED = 300
"""Letters of a question: a mail address has at most 254."""

MOST_READS = 20
"""How often a page is looked through for more where some of it is not there for whoever asks."""


def find_cases() -> Response:
    """A page of the cases that all the words find, the latest received first.

    It costs the door's read, and a query and a read for each site that is looked at; a reference, one read.
    """
    deps = container()
    request = current_request()
    by, member = auth.authenticate(deps, request, auth.claims(deps, request, "read_queue"), "read_queue")
    wrong: list[Wrong] = []
    question = request.query.get("q", "").strip()
    if not 0 < len(question) <= MOST_TYPED:
        wrong.append(Wrong("/q", "out-of-range", MOST_TYPED))
    limit = number(request.query.get("limit"), USUAL, MOST, "/limit", wrong)
    if wrong or limit is None:
        raise Invalid(*wrong)
    sites = tuple(key for key in member.sites if request.query.get("site") in (None, key))
    listed = "|".join((member.id, "search", ",".join(sites), question))
    hidden = auth.hidden_from(deps, member, sites)
    page = find(
        deps.search,
        question,
        sites,
        hidden,
        cursors.read_cursor(deps, request.query.get("cursor"), listed),
        limit,
    )
    return json_response(queues.queue_view(deps.secrets, deps.now(), queues.told_to(by, page), listed))


def find(
    search: "Search", question: str, sites: tuple[str, ...], hidden: Hidden, after: str | None, limit: int
) -> QueuePage:
    """What a question finds in these sites: the one case that it names, or all that its words find."""
    try:
        named = case_reference.read(question)
    except case_reference.NotAReference:
        return _found(search, question, sites, hidden, after, limit)
    return QueuePage(tuple(_shown(search.named(named, sites), hidden)), None)


def _found(
    search: "Search", question: str, sites: tuple[str, ...], hidden: Hidden, after: str | None, limit: int
) -> QueuePage:
    """A page that is filled up where something is left out of it: that there is more must not tell of it."""
    words = search_terms.asked(question)
    found: list[QueueEntry] = []
    for _ in range(MOST_READS):
        page = search.find(sites, words, after=after, limit=limit)
        shown = tuple(_shown(page, hidden))
        found.extend(shown)
        after = page.next
        if after is None or len(found) >= limit or len(shown) == len(page.items):
            break
    return QueuePage(tuple(found[:limit]), found[limit - 1].place if len(found) > limit else after)


def _shown(page: QueuePage, hidden: Hidden) -> Iterator[QueueEntry]:
    return (listed for listed in page.items if not listed.is_hidden(hidden))
