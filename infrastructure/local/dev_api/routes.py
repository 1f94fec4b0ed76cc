"""The routes of the developer API, and the handler of each.

Guards the developer API: for this machine's own user, and no website in that user's browser.

Only a signed address may be used from any page, and the page of the shop be led to.
"""

from collections.abc import Callable, Collection

from infrastructure.local.dev_api.bodies import Refused
from infrastructure.local.gateway.http import Answer, Request, problem
from infrastructure.local.gateway.routes import Routes

PREFIX = "/_local"

Call = Callable[[Request, dict[str, str]], Answer]


class DevApi:
    """Answers `/_local` calls by a table: pattern, then method, then what answers.

    The calls in `public` may be made from any page: they look at the signature of their address, or show
    nothing of this run. All others look at who sends them, and those in `forms` take forms of browsers.
    """

    def __init__(
        self,
        calls: dict[str, dict[str, Call]],
        public: dict[str, dict[str, Call]] | None = None,
        forms: dict[str, dict[str, Call]] | None = None,
    ) -> None:
        self._public, self._forms = public or {}, forms or {}
        self._calls = calls | self._public | self._forms
        self._routes = Routes(self._calls)

    def answer(self, request: Request, path: str) -> Answer:
        """The answer to a request for `path`; whatever is wrong with it is a problem, never a 5xx."""
        try:
            check_host(request)
            return self._answered(request, path)
        except Refused as refused:
            return refused.answer

    def _answered(self, request: Request, path: str) -> Answer:
        match = self._routes.match(path)
        if match is None or match.pattern not in self._public:
            is_form = match is not None and match.pattern in self._forms
            check_sender(request, FORMS if is_form else KINDS)
        if match is None:
            return problem(404, "not-found", "There is nothing at this address.")
        methods = self._calls[match.pattern]
        call = methods.get("GET" if request.method == "HEAD" else request.method)
        if call is None:
            refused = problem(405, "wrong-method", "This address does not take that method.")
            return refused.with_headers([("Allow", ", ".join(sorted(methods)))])
        return call(request, match.parameters)


def is_dev_api_path(path: str) -> bool:
    """Whether this path belongs to the developer API and not to the product."""
    return path == PREFIX or path.startswith(PREFIX + "/")


HOSTS = ("127.0.0.1", "localhost")
OWN = ("", "none", "same-origin")
KINDS = ("application/json", "message/rfc822")
"""Types that no page can send without asking first (CORS)."""

FORMS = ("application/x-www-form-urlencoded",)


def check_host(request: Request) -> None:
    """Raises Refused for another host (DNS rebinding)."""
    if request.host not in HOSTS:
        raise Refused(403, "forbidden", "This address is for this machine only.")


def check_sender(request: Request, kinds: Collection[str] = KINDS) -> None:
    """Raises Refused for another site, or a form that poses as JSON."""
    if request.headers.get("sec-fetch-site", "") not in OWN:
        raise Refused(403, "forbidden", "This address is not for other sites.")
    kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if request.body and kind not in kinds:
        raise Refused(415, "wrong-type", f"The body must be one of {', '.join(kinds)}.")
