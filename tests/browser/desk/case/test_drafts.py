"""Long texts at the desk: kept in the tab until they are saved, and nobody leaves them by mistake."""

from playwright.sync_api import Browser, Dialog, Locator, Page, expect

from tests.browser.navigation import press
from tests.browser.signing_in import signed_in, unfold_own_menu
from tests.journeys.steps import Staff, complain
from tests.local_run import LocalRun

WORDS = "Half-written: the depot remembers a wet pallet."
NOTE = "Note for colleagues"


def drafts(page: Page) -> list[str]:
    """What is kept in the tab."""
    stored: list[str] = page.evaluate("() => Object.values(sessionStorage)")
    return stored


def note(page: Page) -> Locator:
    """Unfolds the form of a note; its field."""
    page.locator("#do-note > summary").click()
    return page.get_by_label(NOTE)


def wait_until_kept(page: Page, text: str) -> None:
    page.wait_for_function("text => Object.values(sessionStorage).includes(text)", arg=text)


def test_a_draft_survives_a_reload_and_is_gone_when_it_is_saved(
    browser: Browser, local_run: LocalRun
) -> None:
    path = f"/desk/cases/{complain(local_run).reference}"
    with signed_in(browser, local_run, path) as page:
        page.on("dialog", lambda dialog: dialog.accept())
        note(page).fill(WORDS)
        wait_until_kept(page, WORDS)
        page.reload()
        expect(page.get_by_label(NOTE)).to_have_value(WORDS)
        press(page, "Save internal note")
        assert WORDS in page.get_by_role("region", name="Since then").inner_text()
        expect(page.get_by_label(NOTE)).to_have_value("")
        assert drafts(page) == []


def test_words_in_another_form_are_kept_while_one_is_sent(browser: Browser, local_run: LocalRun) -> None:
    complaint = complain(local_run)
    Staff(local_run).does(complaint, "assign", {"to": "Deniz"})
    with signed_in(browser, local_run, f"/desk/cases/{complaint.reference}") as page:
        page.locator("#do-message > summary").click()
        page.get_by_label("Message to the complainant").fill(WORDS)
        note(page).fill("Saved at once.")
        press(page, "Save internal note")
        expect(page.get_by_label("Message to the complainant")).to_have_value(WORDS)
        expect(page.get_by_label("Message to the complainant")).to_be_visible()
        assert drafts(page) == [WORDS]


def test_leaving_with_unsaved_words_asks_and_saving_them_does_not(
    browser: Browser, local_run: LocalRun
) -> None:
    path = f"/desk/cases/{complain(local_run).reference}"
    asked: list[str] = []

    def stay(dialog: Dialog) -> None:
        asked.append(dialog.type)
        dialog.dismiss()

    with signed_in(browser, local_run, path) as page:
        page.on("dialog", stay)
        note(page).press_sequentially(WORDS)
        with page.expect_event("dialog"):
            page.get_by_role("link", name="Workload").click()
        assert asked == ["beforeunload"]
        assert page.url == f"{local_run.url}{path}"
        press(page, "Save internal note")
        page.get_by_role("link", name="Workload").click()
        page.wait_for_url(f"{local_run.url}/desk/workload")
        assert asked == ["beforeunload"]


def test_whoever_signs_out_leaves_no_words_behind(browser: Browser, local_run: LocalRun) -> None:
    with signed_in(browser, local_run, f"/desk/cases/{complain(local_run).reference}") as page:
        note(page).fill(WORDS)
        wait_until_kept(page, WORDS)
        unfold_own_menu(page)
        press(page, "Sign out")
        assert page.get_by_role("heading", level=1).inner_text() == "You are signed out"
        assert drafts(page) == []


def test_whoever_signs_out_on_another_page_leaves_no_words_behind_either(
    browser: Browser, local_run: LocalRun
) -> None:
    with signed_in(browser, local_run, f"/desk/cases/{complain(local_run).reference}", anew=True) as page:
        page.on("dialog", lambda dialog: dialog.accept())
        note(page).fill(WORDS)
        wait_until_kept(page, WORDS)
        page.goto(f"{local_run.url}/desk")
        assert drafts(page) == [WORDS]
        unfold_own_menu(page)
        press(page, "Sign out")
        assert drafts(page) == []
