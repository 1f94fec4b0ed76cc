"""Searching at the desk: by reference, mail address, name, and words of the subject."""

from chalice.app import Response

from complaints import reference, search_terms
from complaints.listing import Page
from complaints.refusals import Invalid, Wrong
from complaints.world.assemble import world
from functions import cursors, doors, queues
from functions.answers import of_json
from functions.paging import MOST, USUAL, number
from functions.visits import current

MOST_TYPED = 300
"""Letters of a question: a mail address has at most 254."""


def find_cases() -> Response:
    """A page of the cases that all the words find, the latest received first.

    It costs the door's read, and a query and a read for each site that is looked at; a reference, one read.
    """
    visit = current()
    _, member = doors.enter(doors.claims(visit, "read_queue"), "read_queue")
    wrong: list[Wrong] = []
    question = visit.query.get("q", "").strip()
    if not 0 < len(question) <= MOST_TYPED:
        wrong.append(Wrong("/q", "out-of-range", MOST_TYPED))
    limit = number(visit.query.get("limit"), USUAL, MOST, "/limit", wrong)
    if wrong or limit is None:
        raise Invalid(*wrong)
    sites = tuple(key for key in member.sites if visit.query.get("site") in (None, key))
    listed = "|".join((member.id, "search", ",".join(sites), question))
    page = find(question, sites, cursors.read(visit.query.get("cursor"), listed), limit)
    return of_json(
        {
            "items": [queues.item(one) for one in page.items],
            "next": cursors.make(page.next, listed) if page.next else None,
        }
    )


def find(question: str, sites: tuple[str, ...], after: str | None, limit: int) -> Page:
    """What a question finds in these sites: the one case that it names, or all that its words find."""
    try:
        named = reference.read(question)
    except reference.NotAReference:
        return world().search.find(sites, search_terms.asked(question), after=after, limit=limit)
    return world().search.named(named, sites)
