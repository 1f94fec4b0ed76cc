"""The reference of the API in a browser."""

import pytest
from playwright.sync_api import Browser

from tests.browser.kept_contexts import opened
from tests.browser.page_checks import is_too_wide, small_targets, violations_in_each_scheme, with_large_text
from tests.local_run import LocalRun

PAGES = ("/openapi", "/openapi/post_desk_complaints_reference_commands_decide", "/problems")


@pytest.mark.parametrize("path", PAGES)
def test_axe_finds_nothing(browser: Browser, local_run: LocalRun, path: str) -> None:
    with opened(browser, f"{local_run.url}{path}?lang=tr") as page:
        assert violations_in_each_scheme(page) == []


@pytest.mark.parametrize("path", PAGES)
def test_it_fits_a_narrow_screen_with_large_text(browser: Browser, local_run: LocalRun, path: str) -> None:
    with opened(browser, viewport={"width": 320, "height": 640}) as page:
        with_large_text(page)
        page.goto(f"{local_run.url}{path}?lang=ar")
        assert not is_too_wide(page)


@pytest.mark.parametrize("path", PAGES)
def test_targets_are_large_enough(browser: Browser, local_run: LocalRun, path: str) -> None:
    with opened(browser, f"{local_run.url}{path}", viewport={"width": 390, "height": 844}) as page:
        assert small_targets(page) == []
