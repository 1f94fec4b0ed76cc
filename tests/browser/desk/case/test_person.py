"""The cases of a person, and who else is at a case, in a real browser: legible, and nothing moves."""

from datetime import timedelta

from playwright.sync_api import Browser, expect

from tests.browser.page_checks import (
    answers_to,
    is_too_wide,
    small_targets,
    violations_in_each_scheme,
    weight,
)
from tests.browser.signing_in import signed_in
from tests.journeys.steps import Staff, clock, complain
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


def test_the_cases_of_a_person_are_legible_for_everybody_and_light(
    browser: Browser, local_run: LocalRun
) -> None:
    complaint, phone = complain(local_run), {"width": 320, "height": 844}
    asked = {
        "plan": "By mail.",
        "limit": "in_writing",
        "reason": "Forty calls.",
        "review_on": str(clock(local_run).date() + timedelta(days=90)),
    }
    Staff(local_run, "Robin", "reviewer").does(complaint, "plan_contact", asked)
    with signed_in(browser, local_run, "/desk", viewport=phone) as page:
        answers = answers_to(page)
        page.goto(f"{local_run.url}/desk/cases/{complaint.reference}/person")
        assert weight(answers) <= 15 * 1024
        assert (violations_in_each_scheme(page), small_targets(page), is_too_wide(page)) == ([], [], False)
        page.goto(f"{local_run.url}/desk/cases/{complaint.reference}/person?lang=ar")
        assert not is_too_wide(page)


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


def test_erasing_a_person_is_legible_for_everybody_and_light(browser: Browser, local_run: LocalRun) -> None:
    complaint, phone = complain(local_run), {"width": 320, "height": 844}
    complaint.say("withdrawal", {"reason": "It is all right."})
    with signed_in(browser, local_run, "/desk", name="Paula", role="privacy", viewport=phone) as page:
        answers = answers_to(page)
        page.goto(f"{local_run.url}/desk/cases/{complaint.reference}/person")
        assert weight(answers) <= 15 * 1024
        assert (violations_in_each_scheme(page), small_targets(page), is_too_wide(page)) == ([], [], False)
        expect(page.get_by_role("heading", name="Erase the data of this person")).to_be_visible()
