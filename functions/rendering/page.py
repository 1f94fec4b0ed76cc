"""Pages: what a person reads in a browser. No page needs a script, or asks another host for anything."""

import json
from collections.abc import Callable, Collection, Mapping
from functools import partial, wraps
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode, urlsplit

from chalice.app import Response
from markupsafe import Markup
from msgspec.structs import replace

from complaints.adapters.container import Container
from complaints.case.correspondence.letterhead import PLAIN, Letterhead
from functions.http.responses import NO_STORE, PROBLEM, Handler, refusals_as_problems
from functions.http.visit import Visit
from functions.rendering import error_messages, site_colours
from functions.rendering.assets import Asset, find_asset, later, script, style

if TYPE_CHECKING:
    from complaints.adapters.container import Catalogues, Settings


PRODUCT = "Answerable"
Headers = dict[str, str | list[str]]
_POLICY = "Content-Security-Policy"
_FOR_PAGES: Headers = {
    "Content-Type": "text/html; charset=utf-8",
    _POLICY: (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; "
        "form-action 'self'; base-uri 'none'; frame-ancestors 'none'; object-src 'none'"
    ),
    "Permissions-Policy": "camera=(), microphone=(), geolocation=()",
    "Referrer-Policy": "same-origin",
}
PRIVATE: Headers = {**NO_STORE, "X-Robots-Tag": "noindex"}
"""For a page that shows a complaint: nobody keeps it, and no other place learns its address."""


def page(
    deps: "Container",
    template: str,
    *,
    language: str,
    address: str,
    query: Mapping[str, str] | None = None,
    owner: str = PRODUCT,
    zone: str = "UTC",
    offered: Collection[str] | None = None,
    status: int = 200,
    headers: Headers | None = None,
    letterhead: Letterhead = PLAIN,
    **values: Any,
) -> Response:
    """A page of `templates/pages/`, in a language that is spoken.

    `address` and `query` are the page's own, which its language links name again; `owner` is whose
    page it is, and `letterhead` has the colours and the logo of it. Its links offer the languages `offered`,
    or all that there are.
    """
    common = {
        "errors": (),
        "root": root(deps.settings),
        "asset": partial(asset, deps.settings),
        **_elements_of_assets(deps.settings),
        "owner": owner,
        "colours": site_colours.rule(letterhead),
        "logo": letterhead.logo,
        "languages": _languages(deps.catalogues, offered),
        "language_address": _in_another_language(deps.settings, address, query or {}),
    }
    body = deps.templates.fill(f"pages/{template}", language=language, zone=zone, **(common | values))
    answered = _FOR_PAGES | (headers or {})
    if letterhead != PLAIN:
        answered[_POLICY] = site_colours.permitted(str(answered[_POLICY]), letterhead)
    return Response(body=body, status_code=status, headers=answered)


def _elements_of_assets(settings: "Settings") -> dict[str, Callable[[str], Markup]]:
    """How a template names a style sheet or a script: `style('case-page.css')`."""
    place = (settings.templates, root(settings))
    return {element.__name__: partial(element, *place) for element in (style, script, later)}


def _languages(catalogues: "Catalogues", offered: Collection[str] | None) -> tuple[tuple[str, str], ...]:
    """The tag of each language, and what it is called in it."""
    tags = (tag for tag in catalogues.languages if offered is None or tag in offered)
    return tuple((tag, catalogues.text(tag, "words.language")) for tag in tags)


def _in_another_language(settings: "Settings", address: str, query: Mapping[str, str]) -> str:
    """The address of the page in another language, up to the parameter that names it."""
    others = {name: value for name, value in query.items() if name != "lang"}
    return link(settings, address, others) + ("&" if others else "?")


def leading_to(origin: str, *, uploads: bool) -> Headers:
    """The policy of a page whose form may lead to where files are kept, and that may send some there."""
    policy = str(_FOR_PAGES[_POLICY])
    for directive in ("form-action", *(["connect-src"] if uploads else [])):
        policy = policy.replace(f"{directive} 'self'", f"{directive} 'self' {origin}")
    return {_POLICY: policy}


def showing(origin: str) -> Headers:
    """The policy of a page that shows a file from where files are kept."""
    policy = str(_FOR_PAGES[_POLICY]).replace("img-src", f"img-src {origin}")
    return {_POLICY: f"{policy}; frame-src {origin}"}


def with_picture(address: str | None) -> Headers:
    """The policy of a page that shows a site's logo from where the site keeps it."""
    return {_POLICY: site_colours.permitted(str(_FOR_PAGES[_POLICY]), replace(PLAIN, logo=address))}


def with_sheet(sheet: str) -> Headers:
    """The policy of a page that has a style sheet within it."""
    return {_POLICY: site_colours.with_sheet(str(_FOR_PAGES[_POLICY]), sheet)}


def styled_page(html: str) -> Response:
    """A page for staff to print, kept by nobody."""
    return Response(body=html, status_code=200, headers={**_FOR_PAGES, **NO_STORE})


def as_page(handler: Callable[..., Response]) -> Handler:
    """An entrance whose refusals, and unknown errors, are pages too."""
    return problems_as_pages(problem)(handler)


def problems_as_pages(
    problem_page: Callable[[Visit, Response], Response],
) -> Callable[[Callable[..., Response]], Handler]:
    """Decorates a handler: a refusal or an unknown error is answered by what `problem_page` makes of it."""

    def decorated(handler: Callable[..., Response]) -> Handler:
        answered = refusals_as_problems(handler)

        @wraps(handler)
        def shown(visit: Visit, **named: str) -> Response:
            response = answered(visit, **named)
            if not _is_problem(response):
                return response
            return problem_page(visit, response)

        return shown

    return decorated


def _is_problem(response: Response) -> bool:
    """Whether this is a problem (RFC 9457), which people cannot read."""
    return bool(response.headers.get("Content-Type") == PROBLEM)


def root(settings: "Settings") -> str:
    """The path below which this installation is served, without a slash at its end."""
    return urlsplit(settings.url).path.rstrip("/")


def asset(settings: "Settings", name: str) -> Asset:
    """A style sheet or a script of pages, by the name of its source: `style.css`."""
    return find_asset(settings.templates, root(settings), name)


def link(settings: "Settings", address: str, query: Mapping[str, str]) -> str:
    """An address of this installation, on whatever host it is read."""
    return f"{root(settings)}{address}" + (f"?{urlencode(query)}" if query else "")


def problem(visit: Visit, response: Response) -> Response:
    """The page that says what a problem says."""
    return page(
        visit.deps,
        "problem.html",
        language=visit.language,
        address="/",
        **problem_values(visit, response),
    )


def problem_values(visit: Visit, response: Response) -> dict[str, Any]:
    """What such a page is made of beside its language and its address."""
    headers = {name: value for name, value in response.headers.items() if name != "Content-Type"}
    status = response.status_code
    common = error_messages.failure_text(visit, status, str(headers.get("Retry-After", "")), visit.language)
    return common | {"status": status, "headers": headers, "id": json.loads(response.body).get("instance")}
