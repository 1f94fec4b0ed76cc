"""Who else is at a case, in a real browser: a hint in its own room, which moves nothing."""

from playwright.sync_api import Browser, expect

from tests.browser.signing_in import signed_in
from tests.journeys.steps import Staff, complain
from tests.local_run import LocalRun


def test_two_people_at_one_case_see_each_other_and_who_writes(browser: Browser, local_run: LocalRun) -> None:
    complaint = complain(local_run)
    path = f"/desk/cases/{complaint.reference}"
    asked = {"writing": True}
    robin = Staff(local_run, "Robin", "reviewer")
    with signed_in(browser, local_run, path) as page:
        here = page.locator("#here")
        expect(here).to_be_empty()
        assert robin.call("POST", f"/complaints/{complaint.reference}/presence", asked).json["others"] == [
            {"member": "Deniz", "writing": False}
        ]
        with page.expect_response(lambda answer: answer.url.endswith("/presence")):
            page.locator("#do-note > summary").click()
            page.locator("#do-note textarea").first.press_sequentially("Hm")
        expect(here).to_have_text("Robin is writing")
        again = robin.call("POST", f"/complaints/{complaint.reference}/presence", {}).json["others"]
        assert again == [{"member": "Deniz", "writing": True}]


def test_its_line_has_its_room_from_the_start_and_is_not_there_without_scripts(
    browser: Browser, local_run: LocalRun
) -> None:
    path = f"/desk/cases/{complain(local_run).reference}"
    with signed_in(browser, local_run, path) as page:
        before, heading = page.locator("#here").bounding_box(), page.locator("h1").bounding_box()
        page.locator("#here").evaluate("each => each.textContent = 'Maximiliane von Hohenstein is writing'")
        assert page.locator("#here").bounding_box() == before
        assert page.locator("h1").bounding_box() == heading
    with signed_in(browser, local_run, path, java_script_enabled=False) as page:
        expect(page.locator("#here")).to_be_hidden()
