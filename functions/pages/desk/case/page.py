"""The page of a case on paper: the template with its values, whatever led to it."""

import secrets
from collections.abc import Sequence
from typing import Any

from chalice.app import Response

from complaints.adapters.container import world
from functions.api.desk.case_access import AtWork
from functions.http.form_errors import FormError
from functions.pages.desk.case.forms import Failed
from functions.pages.desk.case.timeline import Happened
from functions.pages.desk.case.view_model import Seen, forms, not_now
from functions.pages.desk.session.layout import desk_paper


def case_paper(
    seen: Seen,
    *,
    status: int = 200,
    done: str | None = None,
    failed: Failed | None = None,
    errors: Sequence[FormError] = (),
    changed: Sequence[Happened] = (),
) -> Response:
    """The page of a case: after a command was `done`, or again with what `failed` and why.

    `changed` is what others did since the page was looked at.
    """
    possible = forms(seen, failed)
    shown = {form.verb for group in possible.values() for form in group}
    return sheet(
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
        lost=failed if failed and failed.verb not in shown else None,
        once=secrets.token_urlsafe(12),
    )


def sheet(template: str, at: AtWork, *, below: str = "", **values: Any) -> Response:
    """A page about a case, in the frame of the desk; its address is `below` that of the case."""
    complaint = at.case.complaint
    site = world().sites.terms(complaint.site).site
    return desk_paper(
        template,
        at.by,
        at.member,
        address=f"/desk/cases/{complaint.reference}{below}",
        place="queue",
        zone=site.zone,
        complaint=complaint,
        subject=at.case.card.subject,
        site=site,
        **values,
    )
