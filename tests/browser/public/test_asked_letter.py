"""The page of a complaint whose confirmation waits, on a phone, and what it says after the button."""

from datetime import timedelta

from playwright.sync_api import Browser, expect

from tests.browser.kept_contexts import opened
from tests.browser.navigation import press
from tests.browser.page_checks import is_too_wide, small_targets, violations_in_each_scheme
from tests.journeys.steps import clock, go_to
from tests.local_run import LocalRun
from tests.pages.public.form.test_asked_letter import OFFER, SHOW, waiting


def test_s67_a_confirmation_that_waits_is_asked_for_on_a_phone(browser: Browser, local_run: LocalRun) -> None:
    sender = waiting(local_run)
    go_to(local_run, clock(local_run) + timedelta(minutes=1))
    link = f"{local_run.url}{sender.path}?t={sender.cookie.partition('=')[2]}&lang=en"
    with opened(browser, viewport={"width": 320, "height": 640}) as page:
        for said in ("", "&done=send_later"):
            page.goto(link + said)
            expect(page.get_by_role("button", name=OFFER)).to_be_visible()
            assert violations_in_each_scheme(page) == []
            assert (is_too_wide(page), small_targets(page)) == (False, [])
        expect(page.get_by_role("button", name=SHOW)).to_be_visible()
        press(page, OFFER)
        expect(page.get_by_role("status")).to_contain_text("is on its way")
        expect(page.get_by_role("button", name=OFFER)).to_have_count(0)
