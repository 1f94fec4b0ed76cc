"""An administrator looks at the secret of a webhook, in a real browser."""

from playwright.sync_api import Browser, expect

from tests.browser.navigation import press
from tests.browser.page_checks import is_too_wide, small_targets, violations, with_large_text
from tests.browser.signing_in import signed_in
from tests.journeys.settings.administration import Office
from tests.local_run import LocalRun

SITE = "demo-au"
SMALL = {"width": 320, "height": 640}


def test_the_secret_of_a_webhook_is_shown_to_who_asks_on_a_page_for_everybody(
    browser: Browser, local_run: LocalRun
) -> None:
    administration = Office(local_run)
    administration.does("site", SITE, {"webhook": "https://shop.example/hooks"})
    address = f"/desk/settings/site/{SITE}"
    try:
        with signed_in(browser, local_run, address, name="Sam", role="admin", viewport=SMALL) as page:
            expect(page.get_by_role("heading", name="Secret of the webhook")).to_be_visible()
            assert (violations(page), small_targets(page)) == ([], [])
            press(page, "Show the secret")
            expect(page.get_by_role("heading", level=1)).to_contain_text("Secret of the webhook")
            shown = page.get_by_role("region", name="Secret of the webhook")
            expect(shown).to_contain_text("whsec_")
            assert (violations(page), small_targets(page), is_too_wide(page)) == ([], [], False)
            with_large_text(page)
            assert not is_too_wide(page)
            page.get_by_role("link", name="Back to the settings of the site").click()
            page.wait_for_url(f"**{address}")
    finally:
        administration.does("site", SITE, {"webhook": None})
