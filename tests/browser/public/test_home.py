"""The front page in a browser."""

from playwright.sync_api import Browser, expect

from tests.browser.kept_contexts import opened
from tests.browser.navigation import follow
from tests.browser.page_checks import is_too_wide, small_targets, violations_in_each_scheme, with_large_text
from tests.local_run import LocalRun


def test_axe_finds_nothing(browser: Browser, local_run: LocalRun) -> None:
    with opened(browser, f"{local_run.url}/") as page:
        assert violations_in_each_scheme(page) == []


def test_it_shows_what_this_is_and_leads_to_the_desk(browser: Browser, local_run: LocalRun) -> None:
    with opened(browser, f"{local_run.url}/?lang=en", java_script_enabled=False) as page:
        expect(page.get_by_role("img", name="A complaint goes from a website to the desk")).to_be_visible()
        follow(page, page.get_by_role("link", name="Go to the desk"))
        expect(page.get_by_role("heading", level=1)).to_have_text("Who are you?")


def test_it_fits_a_narrow_screen_with_large_text(browser: Browser, local_run: LocalRun) -> None:
    with opened(browser, viewport={"width": 320, "height": 640}) as page:
        with_large_text(page)
        page.goto(f"{local_run.url}/")
        assert not is_too_wide(page)


def test_targets_are_large_enough(browser: Browser, local_run: LocalRun) -> None:
    with opened(browser, f"{local_run.url}/", viewport={"width": 390, "height": 844}) as page:
        assert small_targets(page) == []
