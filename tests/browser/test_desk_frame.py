"""The frame of the desk around its pages: for people who see, read or point differently; nothing moves."""

import pytest
from playwright.sync_api import Browser, Page, ViewportSize

from tests.browser.page_checks import is_too_wide, small_targets, violations
from tests.browser.signing_in import signed_in
from tests.journeys.steps import complain
from tests.local_run import LocalRun

NARROW = ViewportSize(width=320, height=640)
SHIFTS = """window.shifts = [];
    new PerformanceObserver(list => list.getEntries().forEach(each => window.shifts.push(each.value)))
        .observe({ type: 'layout-shift', buffered: true })"""
AGENT = (
    "/desk",
    "/desk/intake",
    "/desk/search?q=lamp",
    "/desk/mail",
    "/desk/tasks",
    "/desk/reports",
    "/desk/packs",
)
OFFICE = (
    "/desk/settings",
    "/desk/settings/site/demo",
    "/desk/settings/texts/demo",
    "/desk/settings?kind=member",
)
PLACES = [*((path, "Deniz", "reviewer") for path in AGENT), *((path, "Sam", "admin") for path in OFFICE)]
every_place = pytest.mark.parametrize(("path", "name", "role"), PLACES, ids=[path for path, *_ in PLACES])


@pytest.fixture(scope="module", autouse=True)
def complaint(local_run: LocalRun) -> None:
    complain(local_run, subject="The lamp came in pieces.")


def shown(page: Page, run: LocalRun, path: str, language: str = "en") -> None:
    page.goto(f"{run.url}{path}{'&' if '?' in path else '?'}lang={language}")


@every_place
def test_it_is_there_for_everybody_and_nothing_moves(
    browser: Browser, local_run: LocalRun, path: str, name: str, role: str
) -> None:
    start = "/desk" if role == "reviewer" else "/desk/settings"
    with signed_in(browser, local_run, start, name=name, role=role) as page:
        page.add_init_script(SHIFTS)
        page.emulate_media(forced_colors="active")
        shown(page, local_run, path)
        assert (violations(page), is_too_wide(page)) == ([], False)
        page.emulate_media(forced_colors="none", contrast="more", color_scheme="dark")
        assert violations(page) == []
        page.set_viewport_size(NARROW)
        shown(page, local_run, path, "ar")
        assert page.evaluate("() => getComputedStyle(document.querySelector('main')).direction") == "rtl"
        assert (violations(page), small_targets(page), is_too_wide(page)) == ([], [], False)
        assert page.evaluate("window.shifts") == []


def test_more_contrast_leaves_no_soft_words_and_no_faint_lines(browser: Browser, local_run: LocalRun) -> None:
    token = "name => getComputedStyle(document.documentElement).getPropertyValue(name).trim()"
    with signed_in(browser, local_run, contrast="more") as page:
        soft, line = (page.evaluate(token, name) for name in ("--soft", "--line"))
        assert (soft, line) == tuple(page.evaluate(token, name) for name in ("--ink", "--edge"))
    with signed_in(browser, local_run) as page:
        assert page.evaluate(token, "--soft") != page.evaluate(token, "--ink")
