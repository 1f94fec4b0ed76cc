"""Searching at the desk: by reference, number, telephone, address, name, and words that were written."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, NamedTuple

from chalice.app import Response

from complaints.reporting.list_rows import Hidden, QueueEntry, QueuePage
from complaints.reporting.search.search_questions import Question, part_of_reference, read_question
from complaints.values.errors import Invalid, Wrong
from complaints.values.text import case_reference
from functions.desk.queue import queues
from functions.http import auth, cursors
from functions.http.parsing.query_params import MOST, USUAL, number
from functions.http.responses import json_response
from functions.http.visit import Visit
from functions.use_cases.cases.access_notes import note_search

if TYPE_CHECKING:
    from complaints.reporting.ports import Search


MOST_TYPED = 300
"""Letters of a question: a mail address has at most 254."""

MOST_READS = 20
"""How often a page is looked through for more where some of it is not there for whoever asks."""

_PART, _LOOSE = "^", "~"
"""What the place of a page begins with, of cases that were found by a part of their references, or that have
only some of the words."""


class FoundCases(queues.Queue, frozen=True, kw_only=True):
    """A page of what was found; `is_partial`: no case has all the words, these have some of them."""

    is_partial: bool


class FoundPage(NamedTuple):
    """Some cases, and whether they have only some of the words. `is_named` where a whole reference was asked
    for: then there is its case, or nothing."""

    page: QueuePage
    is_partial: bool = False
    is_named: bool = False


def find_cases(visit: Visit) -> Response:
    """A page of the cases that all the words find, the latest received first; else of those that some find.

    It costs the caller's read, and for each site that is looked at a write of the access log and the reads of
    `Search.find`; a reference, one read.
    """
    by, member = auth.member_who_may(visit, "read_queue")
    wrong: list[Wrong] = []
    question = visit.request.query.get("q", "").strip()
    if not 0 < len(question) <= MOST_TYPED:
        wrong.append(Wrong("/q", "out-of-range", MOST_TYPED))
    limit = number(visit.request.query.get("limit"), USUAL, MOST, "/limit", wrong)
    if wrong or limit is None:
        raise Invalid(*wrong)
    sites = tuple(key for key in member.sites if visit.request.query.get("site") in (None, key))
    listed = "|".join((member.id, "search", ",".join(sites), question))
    note_search(visit.deps, member.id, sites)
    hidden = auth.hidden_from(visit.deps, member, sites)
    found = find(
        visit.deps.search,
        question,
        sites,
        hidden,
        cursors.read_cursor(visit.deps, visit.request.query.get("cursor"), listed),
        limit,
    )
    view = queues.queue_view(visit.deps.secrets, visit.deps.now(), queues.told_to(by, found.page), listed)
    return json_response(FoundCases(items=view.items, next=view.next, is_partial=found.is_partial))


def find(
    search: "Search", question: str, sites: tuple[str, ...], hidden: Hidden, after: str | None, limit: int
) -> FoundPage:
    """What a question finds in these sites: the one case that it names, or all that its words find.

    Where there is no such case: those of whose references it is a part; then those that have its numbers, or
    half of its longer words. A whole reference finds its case or nothing: whoever may not see it is told the
    same as of one that there is not. A long word or number that happens to be one is looked for as such, too.
    """
    is_meant = case_reference.is_meant(question)
    try:
        named = case_reference.read(question)
    except case_reference.NotAReference:
        named = None
    found = tuple(_shown(search.named(named, sites), hidden)) if named and not after else ()
    if found or is_meant:
        return FoundPage(QueuePage(found, None), is_named=True)
    parsed = read_question(question)
    loosened = None if named else parsed.loosened()
    ways = {"": parsed, _PART: part_of_reference(question), _LOOSE: loosened}
    begun = next((mark for mark in (_PART, _LOOSE) if after and after.startswith(mark)), "")
    for mark, value in ways.items():
        if value is None or (after and mark != begun):
            continue
        page = _found(search, value, sites, hidden, after and after.removeprefix(mark), limit)
        if page.items or page.next or after:
            return FoundPage(
                QueuePage(page.items, page.next and f"{mark}{page.next}"),
                is_partial=mark == _LOOSE and bool(page.items),
            )
    return FoundPage(QueuePage((), None))


def _found(
    search: "Search", parsed: Question, sites: tuple[str, ...], hidden: Hidden, after: str | None, limit: int
) -> QueuePage:
    """A page that is filled up where something is left out of it: that there is more must not tell of it."""
    found: list[QueueEntry] = []
    for _ in range(MOST_READS):
        page = search.find(sites, parsed, after=after, limit=limit)
        shown = tuple(_shown(page, hidden))
        found.extend(shown)
        after = page.next
        if after is None or len(found) >= limit or len(shown) == len(page.items):
            break
    return QueuePage(tuple(found[:limit]), found[limit - 1].place if len(found) > limit else after)


def _shown(page: QueuePage, hidden: Hidden) -> Iterator[QueueEntry]:
    return (listed for listed in page.items if not listed.is_hidden(hidden))
