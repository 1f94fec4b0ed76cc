"""Mail that came in, as pages: what became of each, and the words of what no case took."""

from chalice.app import Response

from functions.desk.mail import inbound_mail
from functions.desk.queue import queue_filters
from functions.desk.session.guard import desk_page
from functions.desk.session.layout import desk_layout
from functions.http import auth
from functions.http.visit import Visit

ADDRESS, STRAYS = "/desk/mail", "/desk/stray-mail"
LISTED = 10
"""Mails of a page: each may hold as many words as a complaint."""


@desk_page
def show(visit: Visit) -> Response:
    """The mail of one site, the first of the person's unless another is asked for."""
    return _page(visit, inbound_mail.OF_A_SITE, ADDRESS)


@desk_page
def show_strays(visit: Visit) -> Response:
    """The mail that names no site of ours."""
    return _page(visit, inbound_mail.OF_NONE, STRAYS)


def _page(visit: Visit, action: str, address: str) -> Response:
    by, me = auth.member_who_may(visit, action)
    is_of_a_site = action == inbound_mail.OF_A_SITE
    site = (visit.request.query.get("site") or next(iter(me.sites), "")) if is_of_a_site else ""
    asked = {"site": site} if site else {}
    page = (
        inbound_mail.page_of(visit.deps, visit.language, me, site, visit.request.query.get("cursor"), LISTED)
        if site or not is_of_a_site
        else None
    )
    return desk_layout(
        visit,
        "received-mail.html",
        by,
        me,
        address=address,
        query=asked,
        place="mail" if is_of_a_site else "strays",
        path=address,
        asked=asked,
        site=site,
        sites=queue_filters.sites_of(visit.deps.sites, me) if is_of_a_site else [],
        mails=page.items if page else (),
        next=page.next if page else None,
    )
