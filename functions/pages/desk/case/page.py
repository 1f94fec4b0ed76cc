"""Renders the page of a case: the template with its values, whatever handler asks for it."""

import secrets
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, Protocol

from chalice.app import Response

from functions.api.desk.case_access import CaseAccess
from functions.http.request import Request
from functions.pages.desk.case.timeline import TimelineEntry
from functions.pages.desk.case.view_model import CaseView, forms, not_now
from functions.pages.desk.session.layout import desk_layout
from functions.pages.forms.error_summary import FormError
from functions.pages.forms.inputs import FailedForm

if TYPE_CHECKING:
    from functions.pages.desk.session.layout import LayoutDeps

    class CasePageDeps(LayoutDeps, Protocol):
        """The dependencies of this module: what its functions use of the container."""


def case_page(
    deps: "CasePageDeps",
    request: Request,
    language: str,
    seen: CaseView,
    *,
    status: int = 200,
    done: str | None = None,
    failed: FailedForm | None = None,
    errors: Sequence[FormError] = (),
    changed: Sequence[TimelineEntry] = (),
) -> Response:
    """The page of a case: after a command was `done`, or again with what `failed` and why.

    `changed` is what others did since the page was looked at.
    """
    possible = forms(seen, failed)
    return sheet(
        deps,
        request,
        language,
        "case-page.html",
        seen.at,
        status=status,
        seen=seen,
        case=seen.view,
        names=seen.sight.teller.names,
        done=done,
        errors=errors,
        changed=changed,
        forms=possible,
        not_now=not_now(seen),
        failed=failed,
        lost=failed if not possible.has_failed else None,
        once=secrets.token_urlsafe(12),
    )


def sheet(
    deps: "CasePageDeps",
    request: Request,
    language: str,
    template: str,
    at: CaseAccess,
    *,
    below: str = "",
    **values: Any,
) -> Response:
    """A page about a case, in the frame of the desk; its address is `below` that of the case."""
    complaint = at.case.complaint
    site = deps.sites.terms(complaint.site).site
    return desk_layout(
        deps,
        request,
        language,
        template,
        at.by,
        at.member,
        address=f"/desk/cases/{complaint.reference}{below}",
        zone=site.zone,
        complaint=complaint,
        subject=at.case.card.subject,
        site=site,
        **values,
    )
