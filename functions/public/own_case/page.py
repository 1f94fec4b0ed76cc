"""Pages of a person's own case, which a link opens: one page answers every link that opens none."""

from collections.abc import Callable, Mapping, Sequence
from functools import wraps
from typing import TYPE_CHECKING

from chalice.app import Response

from complaints.values.errors import MistypedReference, NotFound
from functions.forms.inputs import FormError
from functions.http import auth
from functions.http.auth import OpenedCase
from functions.http.responses import Handler
from functions.http.visit import Visit
from functions.public.own_case import link_exchange
from functions.rendering.page import PRIVATE, as_page, page

if TYPE_CHECKING:
    from complaints.adapters.container import Settings


OPEN = "open"
"""The `action` of the form that opens a page by a code, and what its address names in place of a case."""

NOTHING: Mapping[str, str] = {}


class LostLink(Exception):
    """A link opens no case: an unknown reference, another case's token and a wrong one are the same."""


def own_case_page(handler: Callable[..., Response]) -> Handler:
    """An entrance to pages of a case, as `as_page`; a `LostLink` is answered by how to get another link, and
    by a form that opens the page without a cookie."""

    @as_page
    @wraps(handler)
    def answered(visit: Visit, **named: str) -> Response:
        try:
            return handler(visit, **named)
        except LostLink:
            return lost_page(visit, is_asked=OPEN in named.values())

    return answered


def case_of_link(visit: Visit, token: str, reference: str) -> OpenedCase:
    """The case that a link opens. Raises `LostLink`."""
    try:
        return auth.case_opened_by(visit.deps.cases, visit.deps.casework, visit.request, token, reference)
    except (NotFound, MistypedReference):
        raise LostLink from None


def lost_page(
    visit: Visit,
    *,
    is_asked: bool = False,
    typed: Mapping[str, str] = NOTHING,
    errors: Sequence[FormError] = (),
) -> Response:
    """That the link opens nothing, with what may be the reason, and a form to open the page by a code; the
    form alone where it was asked for."""
    if not is_asked or errors:
        visit.request.note(problem=NotFound.code)
    return page(
        visit.deps,
        "lost.html",
        language=visit.language,
        address=f"/status/{OPEN}" if is_asked else "/status",
        status=404 if errors or not is_asked else 200,
        headers=PRIVATE,
        is_asked=is_asked,
        typed=typed,
        errors=errors,
    )


def back_to_status(
    settings: "Settings", reference: str, token: str, form: Mapping[str, str], done: str
) -> Response:
    """Leads from a form back to the status page, in its language, which says what was `done`."""
    return link_exchange.leading_to_page(
        settings, f"/status/{reference}", token, {"lang": form.get("lang", ""), "done": done}
    )
