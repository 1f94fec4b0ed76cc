"""Standard texts at the desk with a script: found by typing, and inserted where the cursor is."""

import uuid
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.page_checks import violations
from tests.browser.signing_in import signed_in
from tests.journeys.settings.administration import Office
from tests.journeys.steps import complain
from tests.local_run import LocalRun

KIND = "standard_text"
BOX = "Message to the complainant"


@pytest.fixture
def title(local_run: LocalRun) -> Iterator[str]:
    """Two replies of the demo site; one has this title, and nothing else in the run has its words."""
    word = f"Word{uuid.uuid4().hex[:8]}"
    texts = {f"demo.{word.lower()}{place}": title for place, title in enumerate((word, "Another text"))}
    for name, each in texts.items():
        words = {"en": f"{each} of {{name}}."}
        Office(local_run).does(KIND, name, {"title": each, "use": "reply", "texts": words})
    yield word
    for name in texts:
        Office(local_run).does(KIND, name, {"retired": True})


def opened_list(page: Page) -> None:
    """Unfolds the form of a message, and opens the list of its texts."""
    form = page.locator("form[action$='/commands/message']")
    if not form.is_visible():
        page.locator("#do-message > summary").click()
    form.get_by_role("button", name="Insert a standard text").click()
    expect(page.get_by_role("dialog")).to_be_visible()


def test_a_text_is_found_by_typing_and_inserted_at_the_cursor(
    browser: Browser, local_run: LocalRun, title: str
) -> None:
    path = f"/desk/cases/{complain(local_run).reference}"
    with signed_in(browser, local_run, path) as page:
        opened_list(page)
        expect(page.get_by_role("textbox", name="Words in the title or the text")).to_be_focused()
        assert violations(page) == []
        page.keyboard.type(f"{title.lower()} ada")
        expect(page.get_by_role("dialog").get_by_role("listitem")).to_have_count(1)
        page.keyboard.press("Escape")
        box = page.get_by_label(BOX)
        box.fill("Before. After.")
        box.evaluate("box => box.setSelectionRange(8, 8)")
        opened_list(page)
        page.keyboard.press("Enter")
        expect(box).to_have_value(f"Before. {title} of Ada Yılmaz.After.")
        expect(box).to_be_focused()
        page.on("dialog", lambda dialog: dialog.accept())


def test_where_the_list_cannot_be_had_the_button_leads_to_it(
    browser: Browser, local_run: LocalRun, title: str
) -> None:
    path = f"/desk/cases/{complain(local_run).reference}"
    with signed_in(browser, local_run, path) as page:
        page.route("**/commands/message", lambda route: route.abort(), times=1)
        form = page.locator("form[action$='/commands/message']")
        if not form.is_visible():
            page.locator("#do-message > summary").click()
        page.get_by_label(BOX).fill("Typed before.")
        form.get_by_role("button", name="Insert a standard text").click()
        page.get_by_role("heading", name=title).locator("..").get_by_role("button").click()
        expect(page.get_by_label(BOX)).to_have_value(f"Typed before.\n\n{title} of Ada Yılmaz.")
        page.on("dialog", lambda dialog: dialog.accept())
