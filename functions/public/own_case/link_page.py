"""The page on which a complainant ends all links to the complaint, for another one or for good."""

import secrets
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

from chalice.app import Response

from complaints.casework.correspondence.lost_link import ChangeOwnLink
from complaints.values.errors import MistypedReference, NotFound
from complaints.values.field_types import LinkChange, Way
from functions.http.auth import OpenedCase
from functions.http.visit import Visit
from functions.public.own_case import link_exchange, own_link
from functions.public.own_case.page import LostLink
from functions.rendering.page import PRIVATE, page

if TYPE_CHECKING:
    pass


RENEWED = "renew_link"
ACTIONS: Mapping[str, LinkChange] = {RENEWED: LinkChange.RENEW, "withdraw_link": LinkChange.WITHDRAW}
"""What the forms of the page ask for, by their `action`."""

Back = Callable[[str, str, Mapping[str, str], str], Response]
"""Leads to the status page: of a reference, by a token, after a form, which says what was done."""


def ask(visit: Visit, opened: OpenedCase, token: str) -> Response:
    """What can be done where somebody else has the link, and what it means."""
    return _page(visit, opened, asked=opened.asked, token=token, once=secrets.token_urlsafe(16))


def change(visit: Visit, form: Mapping[str, str], reference: str, back: Back) -> Response:
    """Ends all links; leads `back` to the status page by the new one, or says that none is left. Raises
    `LostLink`."""
    command = ChangeOwnLink(change=ACTIONS[form["action"]])
    try:
        opened, _ = own_link.changed(visit, form.get("t", ""), reference, command)
    except (NotFound, MistypedReference):
        raise LostLink from None
    access = own_link.link_now(visit.deps, opened).access
    if access:
        return back(opened.case.complaint.reference, access, form, RENEWED)
    ended = _page(visit, opened, asked=None)
    ended.headers["Set-Cookie"] = link_exchange.ended(visit.deps.settings, f"/status/{opened.asked}")
    return ended


def _page(visit: Visit, opened: OpenedCase, **values: Any) -> Response:
    complaint = opened.case.complaint
    site = visit.deps.sites.terms(complaint.site).site
    language = visit.deps.catalogues.spoken(
        visit.request.query.get("lang", ""), complaint.language, site.language
    )
    return page(
        visit.deps,
        "own-link.html",
        language=language,
        address=f"/status/{opened.asked}",
        query={"ask": "link"},
        owner=site.name,
        letterhead=site.texts.letterhead,
        offered=None if values["asked"] else (),
        headers=PRIVATE,
        site=site,
        reference=complaint.reference,
        has_mail=Way.MAIL in complaint.reach,
        is_anonymous=complaint.is_anonymous,
        **values,
    )
