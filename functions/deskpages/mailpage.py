"""Mail that came in, as pages: what became of each, and the words of what no case took."""

from chalice.app import Response

from functions import doors, queuefilter, received
from functions.deskpages.deskdoor import desk_page
from functions.deskpages.deskpaper import desk_paper
from functions.visits import current

ADDRESS, STRAYS = "/desk/mail", "/desk/stray-mail"
LISTED = 10
"""Mails of a page: each may hold as many words as a complaint."""


@desk_page
def show() -> Response:
    """The mail of one site, the first of the person's unless another is asked for."""
    return _page(received.OF_A_SITE, ADDRESS)


@desk_page
def show_strays() -> Response:
    """The mail that names no site of ours."""
    return _page(received.OF_NONE, STRAYS)


def _page(action: str, address: str) -> Response:
    visit = current()
    by, me = doors.enter(doors.claims(visit, action), action)
    is_of_a_site = action == received.OF_A_SITE
    site = (visit.query.get("site") or next(iter(me.sites), "")) if is_of_a_site else ""
    asked = {"site": site} if site else {}
    page = received.page_of(me, site, visit.query.get("cursor"), LISTED) if site or not is_of_a_site else {}
    return desk_paper(
        "received-mail.html",
        by,
        me,
        address=address,
        query=asked,
        place="mail" if is_of_a_site else "strays",
        path=address,
        asked=asked,
        site=site,
        sites=queuefilter.sites_of(me) if is_of_a_site else [],
        mails=page.get("items", ()),
        next=page.get("next"),
    )
