"""Mail that came in, in a real browser."""

from uuid import uuid4

import pytest
from playwright.sync_api import Browser, expect

from tests.browser.navigation import follow
from tests.browser.page_checks import is_too_wide, small_targets, violations_in_each_scheme, with_large_text
from tests.browser.signing_in import signed_in
from tests.inbound_mail.hostile_mails import mail
from tests.journeys.steps import settle
from tests.local_run import LocalRun

PHONE = {"width": 390, "height": 844}


@pytest.mark.parametrize("language", ["en", "ar"])
def test_mail_that_no_case_took_is_read_by_everybody(
    browser: Browser, local_run: LocalRun, language: str
) -> None:
    id = uuid4().hex
    raw = mail(
        f"The lamp.\n{'ü' * 200}\n> Before",
        To="demo@in.answerable.example",
        Subject=id,
        Message_ID=f"<{id}>",
        Reply_To="ada@home.example",
    )
    local_run.call("POST", "/_local/inbound", raw, Content_Type="message/rfc822")
    settle(local_run)
    address = f"/desk/mail?site=demo&lang={language}"
    with signed_in(browser, local_run, address, viewport=PHONE) as page:
        shown = page.locator("section", has=page.get_by_role("heading", name=id))
        shown.locator("summary").click()
        expect(shown.get_by_text("The lamp.")).to_be_visible()
        assert (violations_in_each_scheme(page), small_targets(page), is_too_wide(page)) == ([], [], False)
        follow(page, shown.get_by_role("link").first)
        expect(page.get_by_role("heading", name=id)).to_be_visible()
        assert page.locator("form").count() > 2
        assert (violations_in_each_scheme(page), small_targets(page), is_too_wide(page)) == ([], [], False)
        with_large_text(page)
        for again in (page.url, f"{local_run.url}{address}"):
            page.goto(again)
            assert not is_too_wide(page)
