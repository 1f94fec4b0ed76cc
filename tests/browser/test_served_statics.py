"""What a browser gets with each page: how much, from where, for how long, and just what was meant."""

from collections.abc import Iterator

import brotli
import pytest
from playwright.sync_api import Browser, Page, Response

from functions.public.own_case.link_exchange import COOKIES
from infrastructure.screenshots.chromium import opened
from infrastructure.statics.headers import FOR_GOOD
from tests.browser.page_checks import answers_to, weight
from tests.http import call
from tests.local_run import LocalRun
from tests.pages.page_client import OnThePage

HEAVIEST_PAGE = 15_000
LOADER, WHOLE_WIDGET = 1024, 6144
PAGES = (
    "/",
    "/procedure",
    "/procedure?site=demo",
    "/problems/stale",
    "/complain",
    "/complain?site=demo",
    "/status",
    "/nothing-here",
    "status",
)
_LOADED = """() => [...document.querySelectorAll('link[rel=stylesheet]')].map(one => one.sheet !== null)"""


Visited = tuple[Page, list[Response]]


@pytest.fixture(scope="module", params=PAGES)
def path(request: pytest.FixtureRequest) -> str:
    """One page after the other."""
    return str(request.param)


@pytest.fixture(scope="module")
def visited(browser: Browser, local_run: LocalRun, path: str) -> Iterator[Visited]:
    """A page with all that it loaded; `status` is the page of a complaint, which its link leads on to."""
    if path == "status":
        status_page = OnThePage(local_run)
        path = f"{status_page.path}?t={status_page.complaint['access']}"
    with opened(browser, locale="ar") as page:
        got = answers_to(page)
        page.goto(f"{local_run.url}{path}", wait_until="networkidle")
        yield page, [each for each in got if each.status != 303]


def test_a_page_is_light_and_all_its_own(local_run: LocalRun, path: str, visited: Visited) -> None:
    page, got = visited
    assert weight(got) <= HEAVIEST_PAGE
    assert [each.url for each in got if not each.url.startswith(local_run.url + "/")] == []
    cookies = {cookie.get("name") for cookie in page.context.cookies()}
    assert cookies == ({COOKIES["t"]} if path == "status" else set())


def test_what_a_page_loads_is_what_was_meant_and_may_be_kept(visited: Visited) -> None:
    """The browser itself compares the integrity: what differs is not applied."""
    page, (_, *files) = visited
    assert files
    assert all(page.evaluate(_LOADED))
    for each in files:
        assert each.status == 200
        assert each.headers["cache-control"] == FOR_GOOD


def test_a_file_that_is_not_what_was_meant_is_not_applied(browser: Browser, local_run: LocalRun) -> None:
    with opened(browser) as page:
        page.route("**/static/*.css", lambda route: route.fulfill(body="main { display: none }"))
        page.goto(f"{local_run.url}/")
        assert page.locator("h1").is_visible()
        assert page.evaluate("() => [...document.styleSheets].length") == 0


def test_the_widget_is_small(browser: Browser, local_run: LocalRun) -> None:
    """The loader, and with it what is loaded once somebody opens it, in the heaviest language."""
    loader = call(local_run.url, "GET", "/widget.js", Accept_Encoding="br").body
    seconds = []
    for language in ("en", "tr", "de", "fr", "es", "ar"):
        with opened(browser, f"{local_run.url}/_local/shop?lang={language}") as page:
            with page.expect_response(f"**/widget/{language}.*.js") as found:
                page.locator("[data-complaint-open]").first.click()
            seconds.append(len(brotli.compress(found.value.body(), quality=11)))
            assert found.value.headers["cache-control"] == FOR_GOOD
    assert len(loader) <= LOADER
    assert len(loader) + max(seconds) <= WHOLE_WIDGET
