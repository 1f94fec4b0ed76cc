"""`python -m infrastructure.cli.smoke URL [--site KEY]`: asks a deployed installation whether it works.

It changes nothing, needs no account, and uses the standard library only, so that it runs from anywhere. Each
check asks one thing that a person would notice the lack of.
"""

import argparse
import json
import sys
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

SECONDS = 30
"""A first request may wait for a cold start; API Gateway gives up at 29."""


class Answer(NamedTuple):
    """What came back: the status, headers by their names in small letters, and the body where it is JSON."""

    status: int
    headers: Mapping[str, str]
    body: Any

    @property
    def is_problem(self) -> bool:
        """Whether it has the shape of RFC 9457, as all our refusals have."""
        shape = isinstance(self.body, dict) and {"type", "title", "status"} <= self.body.keys()
        return shape and self.headers.get("content-type", "").startswith("application/problem+json")


Ask = Callable[..., Answer]
"""`ask(path, body=None)`: a GET, or a POST of this JSON."""


def asking(url: str) -> Ask:
    """Something that asks the installation at `url`, which the operator named."""

    def ask(path: str, body: object = None) -> Answer:
        data = None if body is None else json.dumps(body).encode()
        request = urllib.request.Request(  # noqa: S310  # the scheme is looked at on the command line
            url.rstrip("/") + path, data, {"Content-Type": "application/json"}
        )
        try:
            with urllib.request.urlopen(request, timeout=SECONDS) as response:  # noqa: S310  # as above
                return read(response)
        except urllib.error.HTTPError as refusal:
            return read(refusal)

    return ask


def read(response: Any) -> Answer:
    """An answer of urllib, refusals included."""
    headers = {name.lower(): value for name, value in response.headers.items()}
    content = response.read()
    is_json = "json" in headers.get("content-type", "")
    return Answer(response.status, headers, json.loads(content) if is_json else None)


def is_healthy(ask: Ask) -> bool:
    """The installation answers."""
    return ask("/health").status == 200


def offers_the_form(ask: Ask, site: str) -> bool:
    """The form of the site can be had, so the table, the keys and the promises are there."""
    answer = ask(f"/v1/form?{urllib.parse.urlencode({'site': site})}")
    return answer.status == 200 and "categories" in answer.body


def names_what_is_wrong(ask: Ask) -> bool:
    """An empty complaint is refused as a problem."""
    answer = ask("/v1/complaints", {})
    return answer.status in (400, 422) and answer.is_problem


def says_what_is_not_there(ask: Ask) -> bool:
    """An unknown address is a problem, too."""
    answer = ask("/v1/nowhere")
    return answer.status == 404 and answer.is_problem


def keeps_the_desk_closed(ask: Ask) -> bool:
    """Checks that cases cannot be read without a token."""
    answer = ask("/v1/desk/complaints")
    return answer.status == 401 and answer.is_problem


def has_no_local_routes(ask: Ask) -> bool:
    """The routes of a local run are in no deployed package."""
    return all(ask(f"/_local/{name}").status == 404 for name in ("mail", "clock", "token", "settle"))


def is_guarded(ask: Ask) -> bool:
    """Browsers are told to use TLS only and not to guess types."""
    headers = ask("/health").headers
    has_tls = "max-age" in headers.get("strict-transport-security", "")
    return has_tls and headers.get("x-content-type-options") == "nosniff"


def hands_out_the_widget(ask: Ask) -> bool:
    """Websites get the widget, and may keep it for a while."""
    answer = ask("/widget.js")
    is_script = answer.headers.get("content-type", "").startswith("text/javascript")
    return answer.status == 200 and is_script and "max-age" in answer.headers.get("cache-control", "")


CHECKS: tuple[Callable[[Ask], bool], ...] = (
    is_healthy,
    is_guarded,
    names_what_is_wrong,
    says_what_is_not_there,
    keeps_the_desk_closed,
    hands_out_the_widget,
    has_no_local_routes,
)


def smoke(ask: Ask, site: str | None) -> list[tuple[str, bool]]:
    """Each check's sentence, and whether it holds. Without a site the form is not asked for."""
    found = [(str(check.__doc__), check(ask)) for check in CHECKS]
    return found + ([(str(offers_the_form.__doc__), offers_the_form(ask, site))] if site else [])


def main() -> None:
    """Ask, print each check, and end with 1 where one does not hold."""
    arguments = argparse.ArgumentParser(prog="python -m infrastructure.cli.smoke")
    arguments.add_argument("url")
    arguments.add_argument("--site", help="a site whose form should be there")
    options = arguments.parse_args()
    if not options.url.startswith(("https://", "http://")):
        arguments.error("URL is an https address")
    try:
        found = smoke(asking(options.url), options.site)
    except OSError as error:
        sys.exit(f"{options.url} does not answer: {error}")
    for sentence, holds in found:
        print(f"{'ok ' if holds else 'NOT'} {sentence}")
    if (has_no_local_routes.__doc__, False) in found:
        print(
            f"{options.url} is a local run, which this command is not for: it asks a deployed installation."
        )
    sys.exit(0 if all(holds for _, holds in found) else 1)


if __name__ == "__main__":
    main()
