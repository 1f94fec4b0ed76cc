"""The shop of a local run in a browser: what a website gets, under a policy as strict as there is."""

import pytest
from playwright.sync_api import Browser, ConsoleMessage, Page, expect

from infrastructure.local.shop.page import SHOP, words
from tests.browser.kept_contexts import opened
from tests.browser.navigation import follow
from tests.browser.page_checks import is_too_wide, small_targets, violations_in_each_scheme, with_large_text
from tests.local_run import LocalRun

NARROW = {"width": 320, "height": 640}


def address(run: LocalRun, language: str = "en") -> str:
    """The way there from the front page, which leads to the machine's other name."""
    return f"{run.url}{SHOP}?lang={language}"


def complaints_of(page: Page) -> list[str]:
    """What the browser complains of on this page, as it goes on: blocked files, errors of scripts."""
    found: list[str] = []

    def heard(message: ConsoleMessage) -> None:
        if message.type in ("error", "warning"):
            found.append(message.text)

    page.on("console", heard)
    page.on("pageerror", lambda error: found.append(str(error)))
    return found


@pytest.mark.parametrize("language", sorted(words()))
def test_the_form_opens_from_the_shops_own_button(
    browser: Browser, local_run: LocalRun, language: str
) -> None:
    with opened(browser) as page:
        found = complaints_of(page)
        page.goto(address(local_run, language))
        assert page.url.startswith(f"http://localhost:{local_run.port}/")
        page.get_by_role("button", name=words()[language].complain, exact=True).first.click()
        expect(page.get_by_role("dialog").get_by_role("textbox").first).to_be_visible()
        assert found == []


def test_axe_finds_nothing(browser: Browser, local_run: LocalRun) -> None:
    with opened(browser, address(local_run, "ar")) as page:
        assert violations_in_each_scheme(page) == []
        page.get_by_role("button", name=words()["ar"].complain, exact=True).first.click()
        expect(page.get_by_role("dialog").get_by_role("textbox").first).to_be_visible()
        # The shop has a head of its own: that of the dialog must not be a second one of the page.
        assert violations_in_each_scheme(page) == []


def test_it_fits_a_narrow_screen_with_large_text(browser: Browser, local_run: LocalRun) -> None:
    with opened(browser, viewport=NARROW) as page:
        with_large_text(page)
        page.goto(address(local_run, "de"))
        assert not is_too_wide(page)
        assert small_targets(page) == []


def test_without_scripts_it_leads_to_the_form_on_a_page(browser: Browser, local_run: LocalRun) -> None:
    with opened(browser, java_script_enabled=False) as page:
        page.goto(address(local_run, "tr"))
        follow(page, page.get_by_role("link", name=words()["tr"].without_scripts))
        assert page.url == f"{local_run.url}/complain?site=demo&lang=tr"
        assert page.locator("h1").count() == 1
