"""Coming to the desk and leaving it, in a real browser."""

import pytest
from playwright.sync_api import Browser

from tests.browser.kept_contexts import opened
from tests.browser.navigation import press
from tests.browser.page_checks import is_too_wide, small_targets, violations, violations_in_each_scheme
from tests.browser.signing_in import sign_out, signed_in
from tests.journeys.steps import complain
from tests.local_run import LocalRun

PHONE = {"width": 390, "height": 844}
QUIET_SITE = "demo-au"
"""Its queue has one page, however many complaints others made in the run."""


def test_whoever_signs_in_is_at_the_desk_until_the_person_signs_out(
    browser: Browser, local_run: LocalRun
) -> None:
    with signed_in(browser, local_run, anew=True, java_script_enabled=False) as page:
        [cookie] = [each for each in page.context.cookies() if each["name"] == "__Host-session"]
        assert (cookie["secure"], cookie["httpOnly"], cookie["sameSite"], cookie["path"]) == (
            True,
            True,
            "Lax",
            "/",
        )
        sign_out(page)
        assert page.get_by_role("heading", level=1).inner_text() == "You are signed out"
        page.goto(f"{local_run.url}/desk")
        assert "/_local/provider/authorize" in page.url


def test_a_form_that_was_open_while_somebody_signed_in_anew_can_be_sent_again(
    browser: Browser, local_run: LocalRun
) -> None:
    with signed_in(browser, local_run, anew=True) as page:
        other = page.context.new_page()
        other.goto(f"{local_run.url}/desk/sign-in")
        other.get_by_role("button", name="Sign in").click()
        other.wait_for_url("**/desk")
        sign_out(page)
        assert page.get_by_role("heading", level=1).inner_text() == "Please send it once more"
        assert violations(page) == []
        press(page, "Send again")
        assert page.get_by_role("heading", level=1).inner_text() == "You are signed out"


def test_what_was_sent_while_signed_out_is_sent_after_signing_in(
    browser: Browser, local_run: LocalRun
) -> None:
    complaint = complain(local_run, site=QUIET_SITE)
    with signed_in(
        browser, local_run, f"/desk?site={QUIET_SITE}", anew=True, java_script_enabled=False
    ) as page:
        page.get_by_label(f"Select {complaint.reference}").check()
        page.get_by_label("Assign the selected cases to").select_option("Robin")
        page.context.clear_cookies()
        press(page, "Assign")
        assert page.get_by_role("heading", level=1).inner_text() == "You were signed out"
        with page.expect_popup() as opened_tab:
            page.get_by_role("link", name="Sign in (opens a new tab)").click()
        opened_tab.value.get_by_role("button", name="Sign in").click()
        opened_tab.value.wait_for_url("**/desk")
        press(page, "Send again")
        press(page, "Send again")
        assert "1 case was assigned." in page.get_by_role("status").inner_text()


def test_the_page_that_gives_words_back_is_for_everybody(browser: Browser, local_run: LocalRun) -> None:
    with signed_in(browser, local_run, anew=True, viewport=PHONE) as page:
        page.context.clear_cookies()
        page.get_by_role("button", name="Menu").click()
        sign_out(page)
        assert violations_in_each_scheme(page) == []
        assert small_targets(page) == []
        assert not is_too_wide(page)


@pytest.mark.parametrize("path", ["/desk/signed-out", "/desk/signed-in?state=x"])
def test_the_pages_of_the_door_are_for_everybody(browser: Browser, local_run: LocalRun, path: str) -> None:
    with opened(browser, f"{local_run.url}{path}", viewport=PHONE) as page:
        assert violations_in_each_scheme(page) == []
        assert small_targets(page) == []
        assert not is_too_wide(page)


def test_the_page_to_choose_who_one_is_is_for_everybody(browser: Browser, local_run: LocalRun) -> None:
    with opened(browser, f"{local_run.url}/desk", viewport=PHONE) as page:
        assert violations_in_each_scheme(page) == []
        assert small_targets(page) == []
        assert not is_too_wide(page)
