"""Reports in a real browser: legible to everybody, drawn with words, light to load, and good on paper."""

import re
from datetime import timedelta

from playwright.sync_api import Browser, expect

from complaints.adapters.config.shipped_data import return_named
from tests.browser.navigation import follow
from tests.browser.page_checks import (
    answers_to,
    is_too_wide,
    small_targets,
    violations_in_each_scheme,
    weight,
    with_large_text,
)
from tests.browser.signing_in import signed_in
from tests.journeys.steps import clock, complain, local_date, settle
from tests.local_run import LocalRun

MOST_BYTES = 15 * 1024


def test_reports_are_legible_for_everybody_and_light(browser: Browser, local_run: LocalRun) -> None:
    complain(local_run).say("withdrawal", {"reason": "It was found."})
    settle(local_run)
    today = clock(local_run).date()
    period = f"from={today - timedelta(days=2)}&to={today + timedelta(days=2)}"
    phone = {"width": 320, "height": 844}
    with signed_in(browser, local_run, "/desk", viewport=phone) as page:
        answers = answers_to(page)
        page.goto(f"{local_run.url}/desk/reports?{period}")
        assert weight(answers) <= MOST_BYTES
        charts = page.get_by_role("img")
        assert charts.count() == page.locator("main svg").count() > 2
        page.get_by_text("How this is counted: Received").click()
        expect(page.get_by_text("withdrawn ones too")).to_be_visible()
        assert (violations_in_each_scheme(page), small_targets(page), is_too_wide(page)) == ([], [], False)
        page.goto(f"{local_run.url}/desk/reports?{period}&lang=ar")
        bars = page.locator("main svg").first.locator("rect")
        edge = "one => one.getBoundingClientRect().right"
        assert abs(bars.first.evaluate(edge) - page.locator("main svg").first.evaluate(edge)) < 3
        with_large_text(page)
        page.reload()
        assert not is_too_wide(page)
        page.emulate_media(media="print")
        assert not page.get_by_role("button").first.is_visible()
        assert page.locator("main svg").first.is_visible()
        assert [page.locator(each).first.is_visible() for each in ("select", ".links a")] == [False, False]
        rail = page.locator(".rail").first
        assert rail.evaluate("one => getComputedStyle(one).fill") == "rgb(221, 221, 221)"


def test_groups_and_the_cases_behind_a_number_are_legible_for_everybody(
    browser: Browser, local_run: LocalRun
) -> None:
    mine = complain(local_run, category="access.language")
    settle(local_run)
    first = local_date(local_run).replace(day=1)
    last = (first + timedelta(days=31)).replace(day=1) - timedelta(days=1)
    phone = {"width": 320, "height": 844}
    with signed_in(browser, local_run, "/desk", role="quality", name="Kim", viewport=phone) as page:
        answers = answers_to(page)
        page.goto(f"{local_run.url}/desk/reports?site=demo&from={first}&to={last}&by=category")
        assert weight(answers) <= MOST_BYTES
        assert (violations_in_each_scheme(page), small_targets(page), is_too_wide(page)) == ([], [], False)
        links = page.locator("main td a[href*='figure=received'][href*='group=access.language']")
        follow(page, links.first)
        expect(page.get_by_role("link", name=mine.reference)).to_be_visible()
        assert (violations_in_each_scheme(page), small_targets(page), is_too_wide(page)) == ([], [], False)


def test_the_home_is_legible_for_everybody_and_light(browser: Browser, local_run: LocalRun) -> None:
    complain(local_run)
    settle(local_run)
    phone = {"width": 320, "height": 844}
    with signed_in(browser, local_run, "/desk", viewport=phone) as page:
        answers = answers_to(page)
        page.goto(f"{local_run.url}/desk/home?site=demo")
        assert weight(answers) <= MOST_BYTES
        for summary in page.get_by_text("The numbers").all():
            summary.click()
        assert (violations_in_each_scheme(page), small_targets(page), is_too_wide(page)) == ([], [], False)
        page.goto(f"{local_run.url}/desk/home?lang=ar")
        chart = page.locator("main svg.columns")
        edge = "one => one.getBoundingClientRect().right"
        assert abs(chart.locator("text").first.evaluate(edge) - chart.evaluate(edge)) < 3
        with_large_text(page)
        page.reload()
        assert not is_too_wide(page)
        page.set_viewport_size({"width": 1440, "height": 900})
        follow(page, page.get_by_role("link", name=re.compile("غير مسندة")).first)
        expect(page).to_have_url(re.compile("queue=unassigned"))


def test_a_return_is_legible_for_everybody(browser: Browser, local_run: LocalRun) -> None:
    complain(local_run)
    settle(local_run)
    period = return_named("uk-fca-complaints").period_of(clock(local_run).date())
    query = f"site=demo&from={period.first}&to={period.last}"
    path = f"/desk/reports/returns/uk-fca-complaints/figures?{query}"
    phone = {"width": 320, "height": 844}
    with signed_in(browser, local_run, "/desk", role="quality", name="Kim", viewport=phone) as page:
        page.goto(f"{local_run.url}{path}")
        page.locator("tr", has_text="opened").locator("summary").first.click()
        # Others complain in the same run, and a page names the first cases of each number only.
        expect(page.locator("main details[open] a[href*='/desk/cases/']").first).to_be_visible()
        assert (violations_in_each_scheme(page), small_targets(page), is_too_wide(page)) == ([], [], False)
