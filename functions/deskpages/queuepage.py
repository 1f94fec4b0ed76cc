"""The queues as pages: the most urgent first, everything that was asked for in the address."""

import secrets
from collections.abc import Mapping
from typing import Any

from chalice.app import Response

from complaints.authority import may
from complaints.listing import Page
from complaints.people import Actor, Member
from complaints.views import Views
from complaints.world.assemble import world
from functions import absence, cursors, doors, queuefilter, queues
from functions.answers import reader_language
from functions.deskpages.bulkassign import told
from functions.deskpages.deskdoor import desk_page
from functions.deskpages.deskpaper import desk_paper
from functions.deskpages.queuelinks import links
from functions.deskpages.queuerows import rows
from functions.visits import current

ADDRESS = "/desk"
APPROVALS = "/desk/approvals"
LOOKED_AT = "100"
"""Cases of a page of approvals: they are few among many, and a page is looked through for them."""


@desk_page
def show() -> Response:
    """A page of a queue."""
    return _shown("read_queue", ADDRESS, "queue", current().query)


@desk_page
def show_approvals() -> Response:
    """Decisions that wait for somebody else's approval: what a reviewer has to do."""
    asked = {"limit": LOOKED_AT} | dict(current().query) | {"queue": "approvals"}
    return _shown("approve", APPROVALS, "approvals", asked)


def _shown(action: str, address: str, place: str, query: Mapping[str, str]) -> Response:
    asked = queuefilter.asked(query)
    found = doors.claims(current(), action)
    by, me, other, views = doors.enter_with(found, action, asked.get("of"), with_views=place == "queue")
    wanted = queues.asked_for(asked, me, other)
    kept = {name: value for name, value in asked.items() if name != "cursor"}
    return desk_paper(
        "queue.html",
        by,
        me,
        address=address,
        query=kept,
        place="mine" if wanted.queue == "mine" else place,
        of=other if wanted.owner != me.id else None,
        path=address,
        kept=kept,
        **_saved(views, kept),
        is_first="cursor" not in asked,
        filters=queuefilter.fields(asked, me, _colleagues(me), reader_language()),
        is_filtered=queuefilter.is_filtered(asked),
        is_elsewhere=not wanted.sites,
        **_values(queues.page_of(wanted), wanted, by, me),
    )


def _saved(views: Views, kept: Mapping[str, str]) -> dict[str, Any]:
    """The views of the person, what a new one would keep of this address, and whether one was just saved."""
    query = queuefilter.saved(kept)
    return {"views": views.items, "to_save": query, "is_saved": current().query.get("saved") == "1"}


def _colleagues(me: Member) -> list[Member]:
    """Who handles cases at sites that somebody serves."""
    known = world().members.known(world().now())
    return [each for each in known if any(each.handles(key) for key in me.sites)]


def _values(page: Page, wanted: queues.Wanted, by: Actor, me: Member) -> dict[str, Any]:
    everybody = world().members.known(world().now())
    return {
        "queue": wanted.queue,
        "rows": rows(page, everybody, me),
        "links": links(page, wanted, me),
        "standing_in": list(absence.whom_i_stand_in_for(me, everybody)) if wanted.queue == "mine" else (),
        "next": cursors.make(page.next, wanted.listed) if page.next else None,
        "may_assign": may(by.roles, "assign") and wanted.queue != "closed",
        "all_chosen": current().query.get("choose") == "all",
        "colleagues": _colleagues(me),
        "done": told(current().query, everybody),
        "once": secrets.token_urlsafe(12),
    }
