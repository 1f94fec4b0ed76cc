"""Free words of the survey in a real browser: looked at and cleared by whoever reads them."""

import uuid
from datetime import timedelta

from playwright.sync_api import Browser, expect

from tests.browser.navigation import follow
from tests.browser.page_checks import is_too_wide, small_targets, violations_in_each_scheme
from tests.browser.signing_in import signed_in
from tests.journeys.complainant.test_survey import ANSWERS, LONG, answer, closed
from tests.journeys.steps import clock, go_to
from tests.local_run import LocalRun


def test_words_are_cleared_on_a_phone_and_said_to_be_wrong_beside_them(
    browser: Browser, moving_run: LocalRun
) -> None:
    word = uuid.uuid4().hex[:8]
    complaints = [closed(moving_run) for _ in range(5)]
    go_to(moving_run, clock(moving_run) + LONG)
    first = clock(moving_run).date().replace(day=1)
    for complaint in complaints:
        assert answer(complaint, ANSWERS | {"text": f"Mr {word} was kind."}).status == 200
    go_to(moving_run, clock(moving_run) + timedelta(days=31))
    where = f"/desk/survey-texts?site=demo&from={first}&to={first + timedelta(days=70)}"
    phone = {"width": 320, "height": 844}
    with signed_in(browser, moving_run, "/desk", name="Quinn", role="quality", viewport=phone) as page:
        page.goto(f"{moving_run.url}{where}")
        assert (violations_in_each_scheme(page), small_targets(page), is_too_wide(page)) == ([], [], False)
        form = page.locator("form.box").filter(has_text=word).first
        form.get_by_label("What may be read").fill("She was kind.")
        follow(page, form.get_by_role("button", name="Let colleagues read it"))
        expect(page.locator("textarea[aria-invalid]")).to_have_value("She was kind.")
        assert violations_in_each_scheme(page) == []
        page.locator("textarea[aria-invalid]").fill("[…] was kind.")
        refused = page.locator("form.box").filter(has=page.locator("textarea[aria-invalid]"))
        follow(page, refused.get_by_role("button", name="Let colleagues read it"))
        expect(page.locator("p.said").filter(has_text="[…] was kind.").first).to_be_visible()
        page.goto(f"{moving_run.url}{where}&lang=ar")
        assert not is_too_wide(page)
