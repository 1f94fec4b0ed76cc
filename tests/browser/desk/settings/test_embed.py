"""What the developer of a website copies from the desk works: under exactly the policy that is shown."""

from playwright.sync_api import Browser, Page, expect

from tests.browser.navigation import press
from tests.browser.page_checks import is_too_wide, small_targets, violations
from tests.browser.signing_in import signed_in
from tests.browser.widget.embedding import Shop, markup, visiting
from tests.browser.widget.host_page import Hosts, Sheet
from tests.local_run import LocalRun

PHONE = {"width": 390, "height": 844}


def copied(page: Page, named: str) -> str:
    return page.locator(f"#{named}").inner_text()


def test_the_plain_example_opens_fills_in_sends_and_hears_under_the_policy_that_is_shown(
    browser: Browser, local_run: LocalRun, websites: Hosts
) -> None:
    with signed_in(browser, local_run, "/desk/embed?site=demo", name="Sam", role="admin") as page:
        html, script, policy = (copied(page, each) for each in ("plain-page", "plain-script", "policy"))
    websites.sheets["/complaints.js"] = Sheet(script.encode(), type="text/javascript")
    policy = policy.removeprefix("Content-Security-Policy: ")
    with visiting(browser, websites, markup("", body=html), policy=policy) as shop:
        shop.page.get_by_role("link", name="Not happy?").click()
        expect(shop.dialog.locator("#email")).to_be_focused()
        shop.dialog.locator("details summary").last.click()
        assert [shop.dialog.locator(f"#{name}").input_value() for name in ("product", "order_number")] == [
            "Lamp",
            "A-1001",
        ]
        reference = sent(shop)
        with shop.page.expect_console_message(lambda said: "close" in said.text):
            shop.dialog.get_by_role("button", name="Close").first.click()
        expect(shop.dialog).to_be_hidden()
        assert shop.console == [
            "info: answerable:open ",
            f"info: answerable:sent {reference}",
            "info: answerable:close ",
        ]
        assert (shop.violations, shop.errors) == ([], [])


def sent(shop: Shop) -> str:
    """Fills in the rest and sends the form that is open."""
    shop.fill()
    shop.send()
    return shop.reference()


def test_the_preview_shows_the_form_in_the_chosen_language_and_colours_and_says_what_is_hard_to_read(
    browser: Browser, local_run: LocalRun
) -> None:
    with signed_in(
        browser, local_run, "/desk/embed?site=demo", name="Sam", role="admin", viewport=PHONE
    ) as page:
        assert (violations(page), small_targets(page), is_too_wide(page)) == ([], [], False)
        page.locator("#in").select_option("tr")
        page.locator("#accent").fill("#ffcc00")
        page.locator("#on_accent").fill("#ffffff")
        press(page, "Show with these")
        assert "#8f7200 is close to it and passes." in page.locator("#accent-wrong").inner_text()
        page.locator("#accent").fill("#8f7200")
        press(page, "Show with these")
        expect(page.locator("#accent-wrong")).to_have_count(0)
        assert 'data-lang="tr"' in copied(page, "line")
        page.get_by_role("button", name="Open the form").click()
        dialog = page.locator("answerable-widget dialog")
        expect(dialog.locator("#email")).to_be_focused()
        assert dialog.get_attribute("lang") == "tr"
        button = dialog.locator("form > button").first
        assert button.evaluate("one => getComputedStyle(one).backgroundColor") == "rgb(143, 114, 0)"
