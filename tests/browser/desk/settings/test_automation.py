"""A rule is written, tried on past cases, switched on and applied, by clicks: on a desk, and on a phone."""

import uuid
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.navigation import follow, press
from tests.browser.page_checks import is_too_wide, violations
from tests.browser.signing_in import signed_in
from tests.journeys.settings.administration import Office
from tests.journeys.steps import Staff, complain, settle
from tests.local_run import LocalRun
from tests.pages.case_page_client import CaseDesk, words

WORDS = {
    "en": {
        "add": "Add a rule",
        "save": "Save the change",
        "try": "Try it on past cases",
        "would": "It would have changed 1 of the",
        "off": "Switched off",
    },
    "tr": {
        "add": "Kural ekle",
        "save": "Değişikliği kaydet",
        "try": "Geçmiş dosyalarda dene",
        "would": "dosyadan 1 tanesini değiştirirdi",
        "off": "Kapalı",
    },
}
DESK: dict[str, Any] = {"viewport": {"width": 1280, "height": 900}}
PHONE: dict[str, Any] = {"viewport": {"width": 390, "height": 844}, "java_script_enabled": False}


def judged(page: Page, *, scripts: bool) -> None:
    """The page is for everybody."""
    if scripts:
        assert violations(page) == []
    assert not is_too_wide(page) if scripts else True


@pytest.mark.parametrize(("language", "context"), [("en", DESK), ("tr", PHONE)])
def test_a_rule_is_written_tried_switched_on_and_shown_where_it_was_applied(
    browser: Browser, moving_run: LocalRun, language: str, context: dict[str, Any]
) -> None:
    say, scripts = WORDS[language], "java_script_enabled" not in context
    code = f"zebra{uuid.uuid4().hex[:8]}"
    past = complain(moving_run, description=f"A {code} ate the parcel.")
    start = f"/desk/automations?site=demo&lang={language}"
    with signed_in(browser, moving_run, start, name="Sam", role="admin", locale=language, **context) as page:
        judged(page, scripts=scripts)
        follow(page, page.get_by_role("link", name=say["add"]))
        judged(page, scripts=scripts)
        page.fill("#change-id", code)
        page.fill("#change-title", f"About {code}")
        page.fill("#change-words", f"{code}*")
        page.fill("#change-add_tags", "zebra")
        page.select_option("#change-assign", "Deniz")
        page.fill("#change-reason", "Agreed.")
        press(page, say["add"])
        follow(page, page.get_by_role("link", name=say["try"]))
        expect(page.get_by_text(say["would"])).to_be_visible()
        expect(page.get_by_text(past.reference)).to_be_visible()
        judged(page, scripts=scripts)
        page.go_back()
        page.locator("#do-change > summary").click()
        page.select_option("#change-state", "on")
        page.fill("#change-reason", "Tried.")
        press(page, say["save"])
        expect(page.get_by_text(say["would"])).to_be_visible()
        judged(page, scripts=scripts)
        press(page, say["save"])
        now = complain(moving_run, description=f"Another {code}s ate it.")
        settle(moving_run)
        page.goto(f"{moving_run.url}{start}")
        row = page.get_by_role("row").filter(has_text=f"About {code}")
        expect(row).to_contain_text("1")
        expect(row).not_to_contain_text(say["off"])
    case = Staff(moving_run).case(now)
    assert (case["assignee"], case["classification"]["tags"]) == ("Deniz", ["zebra"])
    assert "AutomationApplied" not in {fact["fact"] for fact in Staff(moving_run).case(past)["facts"]}
    shown = words(CaseDesk(moving_run, now).page())
    assert f"Rule “About {code}” ({code}, version 2): tags added, assigned" in shown
    Office(moving_run).does("automation", f"demo.{code}", {"state": "removed"})
