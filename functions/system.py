"""The installation itself: its health, its OpenAPI document, and addresses or methods that do not exist."""

from collections.abc import Callable, Sequence

from chalice.app import Response

from complaints.values.errors import NotFound, WrongMethod
from functions.http.responses import json_response
from functions.http.visit import Visit

SCIM = "/scim/v2/"
"""Below it every refusal is an error of SCIM."""


def show_health(visit: Visit) -> Response:
    """That this installation answers. It looks at nothing, so it costs nothing and tells nothing."""
    # Imported here: nothing else needs it, and every function wires this module.
    from functions.http.health import Health

    version, _, commit = visit.deps.settings.release.partition("+")
    return json_response(Health(status="ok", version=version, commit=commit))


def show_openapi(visit: Visit) -> Response:
    """The API as OpenAPI describes it, made of the types that validate."""
    # Imported here: the description is asked for seldom, and is long.
    from functions.openapi.document import description

    return json_response(
        description(visit.deps.settings.url), headers={"Cache-Control": "public, max-age=300"}
    )


def nothing_here(visit: Visit, **_: str) -> Response:
    """An address that nothing is bound to: a page for who asks for one. Raises `NotFound`."""
    if any(f"/{each}".startswith(SCIM) for each in visit.request.named.values()):
        # Imported here: only the directory asks there.
        from functions.scim import endpoint

        return endpoint.refused(404, "There is nothing here.")
    if "text/html" not in visit.request.headers.get("accept", ""):
        raise NotFound
    # Imported here: pages are heavy, and a program asks for none.
    from functions.public import home

    return home.nothing_here(visit)


def only(methods: Sequence[str]) -> Callable[..., Response]:
    """An entrance for the methods that an address does not have."""

    def wrong_method(visit: Visit, **_: str) -> Response:
        if visit.request.route.startswith(SCIM):
            from functions.scim import endpoint

            return endpoint.refused(405, "This address does not do that.", {"Allow": ", ".join(methods)})
        raise WrongMethod(methods)

    return wrong_method
