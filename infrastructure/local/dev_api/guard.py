"""Guards the developer API: for this machine's own user, and no website in that user's browser.

Only a signed address may be used from any page, and the page of the shop be led to.
"""

from collections.abc import Collection

from infrastructure.local.dev_api.bodies import Refused
from infrastructure.local.gateway.http import Request

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
