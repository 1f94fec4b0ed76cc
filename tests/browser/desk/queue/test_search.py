"""Finding a case, in a real browser."""

import uuid

from playwright.sync_api import Browser

from tests.browser.page_checks import is_too_wide, small_targets, violations_in_each_scheme, with_large_text
from tests.browser.signing_in import signed_in
from tests.journeys.steps import complain
from tests.local_run import LocalRun

PHONE = {"width": 390, "height": 844}


def test_a_case_is_found_by_everybody(browser: Browser, local_run: LocalRun) -> None:
    name = f"Zebra{uuid.uuid4().hex}"
    found = [complain(local_run, complainant={"name": name, "phone": "1"}).reference for _ in range(2)]
    with signed_in(browser, local_run, "/desk/search", viewport=PHONE) as page:
        assert (violations_in_each_scheme(page), small_targets(page), is_too_wide(page)) == ([], [], False)
        page.get_by_label("What you are looking for").fill(name)
        with page.expect_navigation():
            page.keyboard.press("Enter")
        for reference in found:
            assert page.locator(f"tbody a[href*='{reference}']").is_visible()
        assert page.get_by_role("columnheader").count() == 0, "each card names its own lines"
        assert (violations_in_each_scheme(page), small_targets(page), is_too_wide(page)) == ([], [], False)
        with_large_text(page)
        page.reload()
        assert not is_too_wide(page)
