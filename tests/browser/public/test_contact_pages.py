"""The pages on which complainants correct their contact details, and staff those of a case, in a browser."""

import pytest
from playwright.sync_api import Browser, expect

from tests.browser.kept_contexts import opened
from tests.browser.navigation import follow
from tests.browser.page_checks import is_too_wide, small_targets, violations_in_each_scheme
from tests.journeys.steps import address, complain, settle
from tests.local_run import LocalRun

PHONE = {"width": 320, "height": 640}


@pytest.mark.parametrize("language", ["en", "ar"])
def test_an_address_is_corrected_and_confirmed_on_a_small_phone(
    browser: Browser, local_run: LocalRun, language: str
) -> None:
    complaint, right = complain(local_run, language=language if language == "en" else "tr"), address()
    start = f"{local_run.url}/status/{complaint.reference}/contact?t={complaint.access}&lang={language}"
    with opened(browser, start, viewport=PHONE) as page:
        assert violations_in_each_scheme(page) == []
        assert (is_too_wide(page), small_targets(page)) == (False, [])
        page.locator("#email").fill(right)
        follow(page, page.locator("form button").first)
        expect(page.get_by_role("status").first).to_be_focused()
    settle(local_run)
    link = local_run.mails(right)[-1]["text"].partition("?c=")[2].split()[0]
    confirm = f"{local_run.url}/status/{complaint.reference}/address?c={link}&lang={language}"
    with opened(browser, confirm, viewport=PHONE) as page:
        assert violations_in_each_scheme(page) == []
        assert (is_too_wide(page), small_targets(page)) == (False, [])
        follow(page, page.locator("form button"))
        expect(page.get_by_role("status").first).to_be_focused()
