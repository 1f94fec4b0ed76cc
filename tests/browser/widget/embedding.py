"""The widget in a page of another website, and what somebody does with it."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

from playwright.sync_api import Browser, ConsoleMessage, Locator, Page, Request, Route, expect

from tests.browser.kept_contexts import opened
from tests.browser.widget.host_page import Hosts

NONCE = "cmFuZG9t"
POLICIES = {
    "none": "",
    "hosts": "default-src 'none'; script-src {api}; connect-src {api}",
    "trusted types": "script-src {api}; connect-src {api}; require-trusted-types-for 'script'",
    "strict": f"script-src 'nonce-{NONCE}' 'strict-dynamic'; object-src 'none'; base-uri 'none'; "
    "require-trusted-types-for 'script'; trusted-types 'none'",
}
_MOST_FRAMES = 1_000
_VIOLATIONS = """window.violations = [];
    addEventListener('securitypolicyviolation', found => violations.push(found.violatedDirective))"""
_FOCUSED = """() => { let found = document.activeElement;
    while (found.shadowRoot?.activeElement) found = found.shadowRoot.activeElement;
    return found.id || found.textContent }"""


@dataclass
class Shop:
    """A page with the widget in it, and all that it asked for and complained about."""

    page: Page
    requests: list[Request] = field(default_factory=list)
    console: list[str] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.page.on("request", lambda asked: self.requests.append(asked))
        self.page.on("console", self._heard)
        self.page.on("pageerror", lambda error: self.errors.append(str(error)))

    @property
    def launcher(self) -> Locator:
        """The button that the widget puts on the page."""
        return self.page.locator("answerable-widget [data-complaint-open]")

    @property
    def dialog(self) -> Locator:
        """The widget's dialog."""
        return self.page.locator("answerable-widget dialog")

    @property
    def status(self) -> Locator:
        """What is said about sending, as it is seen."""
        return self.dialog.locator("form > p[aria-hidden]").last

    @property
    def focused(self) -> str:
        """The id of what has the focus, or its text."""
        return str(self.page.evaluate(_FOCUSED))

    def has_focus(self, named: str) -> None:
        """Waits until what has this id, or this text, has the focus."""
        self.page.wait_for_function(f"named => ({_FOCUSED})() === named", arg=named)

    def stand_still(self) -> None:
        """Stops the time of the page, which then goes on by `clock.run_for` alone.

        It stops a minute ahead: a busy machine may take a second to say so, and time never goes back.
        """
        self.page.clock.pause_at(self.page.evaluate("Date.now() / 1000 + 60"))

    @property
    def violations(self) -> list[str]:
        """The directives of the page's policy that were violated."""
        return list(self.page.evaluate("window.violations"))

    def open(self) -> None:
        """Opens the widget by its launcher, and waits for the form."""
        self.launcher.click()
        expect(self.dialog.locator("#email")).to_be_focused()

    def fill(self, **values: str) -> None:
        """Fills in what must be filled in; `values` by the ids of fields are others."""
        fields = {"email": "ada@example.org", "description": "The lamp arrived in four pieces."} | values
        for name, value in fields.items():
            self.dialog.locator(f"#{name}").fill(value)
        self.dialog.locator("#consent").check()

    def send(self) -> None:
        """Presses the button that sends."""
        self.dialog.locator("form > button").click()

    def reference(self) -> str:
        """The reference on the receipt, once it is there."""
        found = self.dialog.locator(".reference bdi").first
        expect(found).to_be_visible()
        return found.inner_text()

    def complain(self, **values: str) -> str:
        """Opens the form, fills it in, sends it, and answers with the reference."""
        self.open()
        self.fill(**values)
        self.send()
        return self.reference()

    def sent(self) -> list[Request]:
        """The complaints that left the page."""
        return [asked for asked in self.requests if asked.method == "POST" and "/v1/complaints?" in asked.url]

    def hosts(self) -> set[str]:
        """The hosts that the page asked for anything."""
        return {urlsplit(asked.url).netloc for asked in self.requests}

    def _heard(self, message: ConsoleMessage) -> None:
        self.console.append(f"{message.type}: {message.text}")


class Held:
    """Requests that are held back; a page shows that it asks some time before its request is here."""

    def __init__(self, page: Page) -> None:
        self._page = page
        self._routes: list[Route] = []

    def __len__(self) -> int:
        return len(self._routes)

    def add(self, route: Route) -> None:
        """Holds this one back."""
        self._routes.append(route)

    def first(self) -> Route:
        """The first of them, once it is here: looked for in each frame that the page paints."""
        for _ in range(_MOST_FRAMES):
            if self._routes:
                return self._routes[0]
            self._page.evaluate("() => new Promise(requestAnimationFrame)")
        raise AssertionError("nothing was asked for")


def tag(api: str, attributes: str = 'data-site="demo"', nonce: str = "") -> str:
    """The line that a website embeds."""
    allowed = f' nonce="{nonce}"' if nonce else ""
    return f'<script async src="{api}/widget.js" {attributes}{allowed}></script>'


def markup(embedded: str, *, lang: str = "en", head: str = "", body: str = "") -> str:
    """A page of a website with the widget in it."""
    return (
        f'<!doctype html><html lang="{lang}"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<title>Shop</title>{head}</head>"
        f'<body><main><h1>Shop</h1><a href="#shop" id="first">A lamp</a>{body}</main>{embedded}</body></html>'
    )


@contextmanager
def visiting(
    browser: Browser, hosts: Hosts, html: str, *, policy: str = "", script: str = "", **options: Any
) -> Iterator[Shop]:
    """Somebody who comes to a page; `script` runs in it before anything else, `options` are of `opened`."""
    with opened(browser, **options) as page:
        page.add_init_script(_VIOLATIONS)
        if script:
            page.add_init_script(script)
        shop = Shop(page)
        shop.page.goto(hosts.serve(html, policy))
        yield shop
