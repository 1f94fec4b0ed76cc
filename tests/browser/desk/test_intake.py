"""Taking a complaint down, in a real browser."""

from playwright.sync_api import Browser

from tests.browser.navigation import press
from tests.browser.page_checks import is_too_wide, small_targets, violations_in_each_scheme, with_large_text
from tests.browser.signing_in import signed_in
from tests.local_run import LocalRun

PHONE = {"width": 390, "height": 844}
NARROW = {"width": 320, "height": 640}
INTAKE = "/desk/intake"


def test_the_form_is_for_everybody_also_when_it_is_wrong(browser: Browser, local_run: LocalRun) -> None:
    with signed_in(browser, local_run, INTAKE, viewport=PHONE) as page:
        assert (violations_in_each_scheme(page), small_targets(page), is_too_wide(page)) == ([], [], False)
        press(page, "Save complaint")
        assert page.title().startswith("Error: Record a complaint")
        assert (violations_in_each_scheme(page), small_targets(page), is_too_wide(page)) == ([], [], False)


def test_it_fits_a_narrow_screen_with_large_text(browser: Browser, local_run: LocalRun) -> None:
    with signed_in(browser, local_run, INTAKE, viewport=NARROW) as page:
        with_large_text(page)
        page.reload()
        assert not is_too_wide(page)


def test_a_complaint_is_taken_down_without_scripts(browser: Browser, local_run: LocalRun) -> None:
    with signed_in(browser, local_run, INTAKE, java_script_enabled=False) as page:
        page.get_by_label("How the person told us").select_option("in_person")
        page.get_by_label("When it was received").fill("2026-01-05T10:00")
        page.get_by_label("Address").fill("1 Fair Street")
        page.get_by_label("What went wrong").fill("The lamp came in pieces.")
        page.get_by_label("Has the person been told about the privacy notice?").select_option("yes")
        press(page, "Save complaint")
        assert page.get_by_role("heading", level=1).inner_text().startswith("Case C-")
        assert "The lamp came in pieces." in page.inner_text("main")
