"""Visits: one request that is answered, and what answers it."""

from functools import wraps
from typing import TYPE_CHECKING, Any, NamedTuple

from chalice.app import Response

from complaints.adapters.container import container
from functions.http.request import Request, current_request
from functions.http.responses import Handler, reader_language, refusals_as_problems

if TYPE_CHECKING:
    from complaints.adapters.container import Container


class Visit(NamedTuple):
    """One request, and the dependencies that answer it: the first argument of every handler."""

    deps: "Container"
    request: Request

    @property
    def language(self) -> str:
        """The language of whoever reads the response."""
        return reader_language(self.deps.catalogues, self.request)


def entrance(handler: Handler) -> Handler:
    """Binds a handler to the request that is being answered; its refusals become problems (RFC 9457)."""
    answered = refusals_as_problems(handler)

    @wraps(handler)
    def visited(**named: Any) -> Response:
        return answered(Visit(container(), current_request()), **named)

    return visited
