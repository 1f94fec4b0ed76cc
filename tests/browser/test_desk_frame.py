"""The frame of the desk around its pages: for people who see, read or point differently; nothing moves."""

import pytest
from playwright.sync_api import Browser, ViewportSize

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
PLACES = {("Deniz", "reviewer"): AGENT, ("Sam", "admin"): OFFICE}


@pytest.mark.parametrize(("name", "role"), PLACES)
def test_every_page_is_there_for_everybody_and_nothing_moves(
    browser: Browser, local_run: LocalRun, name: str, role: str
) -> None:
    """Wide in forced colours, and narrow from right to left, in the dark with more contrast."""
    complain(local_run, subject="The lamp came in pieces.")
    paths = PLACES[name, role]
    with signed_in(browser, local_run, paths[0], name=name, role=role) as page:
        page.add_init_script(SHIFTS)
        page.emulate_media(forced_colors="active")
        for path in paths:
            page.goto(f"{local_run.url}{path}")
            assert (path, violations(page), is_too_wide(page)) == (path, [], False)
        page.emulate_media(forced_colors="none", contrast="more", color_scheme="dark")
        page.set_viewport_size(NARROW)
        for path in paths:
            page.goto(f"{local_run.url}{path}{'&' if '?' in path else '?'}lang=ar")
            assert page.evaluate("() => getComputedStyle(document.querySelector('main')).direction") == "rtl"
            assert (path, violations(page), is_too_wide(page)) == (path, [], False)
            assert (path, small_targets(page), page.evaluate("window.shifts")) == (path, [], [])


def test_more_contrast_leaves_no_soft_words_and_no_faint_lines(browser: Browser, local_run: LocalRun) -> None:
    token = "name => getComputedStyle(document.documentElement).getPropertyValue(name).trim()"
    with signed_in(browser, local_run, contrast="more") as page:
        soft, line = (page.evaluate(token, name) for name in ("--soft", "--line"))
        assert (soft, line) == tuple(page.evaluate(token, name) for name in ("--ink", "--edge"))
    with signed_in(browser, local_run) as page:
        assert page.evaluate(token, "--soft") != page.evaluate(token, "--ink")
