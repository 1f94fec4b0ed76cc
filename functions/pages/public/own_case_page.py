"""Pages of a person's own case, which a link opens: one page answers every link that opens none."""

from collections.abc import Callable, Mapping
from functools import wraps
from typing import TYPE_CHECKING, Protocol

from chalice.app import Response

from complaints.adapters.container import container
from complaints.values.errors import MistypedReference, NotFound
from functions.http import auth
from functions.http.auth import OpenedCase
from functions.http.request import Request, current_request
from functions.http.responses import Handler, reader_language
from functions.pages.public import link_exchange
from functions.rendering.page import PRIVATE, as_page, page

if TYPE_CHECKING:
    from complaints.adapters.dependencies import HasCases, HasCasework, Settings

    class OwnCaseDeps(HasCases, HasCasework, Protocol):
        """The dependencies of this module: what its functions use of the container."""


class LostLink(Exception):
    """A link opens no case: an unknown reference, another case's token and a wrong one are the same."""


def own_case_page(handler: Callable[..., Response]) -> Handler:
    """An entrance to pages of a case, as `as_page`; a `LostLink` is answered by how to get another link."""

    @as_page
    @wraps(handler)
    def answered(*args: str, **named: str) -> Response:
        try:
            return handler(*args, **named)
        except LostLink:
            deps = container()
            request = current_request()
            request.note(problem=NotFound.code)
            language = reader_language(deps.catalogues, request)
            return page(deps, "lost.html", language=language, address="/status", status=404, headers=PRIVATE)

    return answered


def case_of_link(deps: "OwnCaseDeps", request: Request, token: str, reference: str) -> OpenedCase:
    """The case that a link opens. Raises `LostLink`."""
    try:
        return auth.case_opened_by(deps.cases, deps.casework, request, token, reference)
    except (NotFound, MistypedReference):
        raise LostLink from None


def back_to_status(
    settings: "Settings", reference: str, token: str, form: Mapping[str, str], done: str
) -> Response:
    """Leads from a form back to the status page, in its language, which says what was `done`."""
    return link_exchange.leading_to_page(
        settings, f"/status/{reference}", token, {"lang": form.get("lang", ""), "done": done}
    )
