"""The queues of the desk in a real browser: in each state, by keyboard, narrow, without scripts."""

import re
from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, Response, expect

from tests.browser.navigation import choose_by_arrows, enter, follow, press
from tests.browser.page_checks import (
    is_too_wide,
    small_targets,
    tab_stops,
    violations,
    violations_in_each_scheme,
    weight,
    with_large_text,
)
from tests.browser.signing_in import signed_in, unfold_own_menu
from tests.journeys.steps import Complaint, Staff, complain, form, submit
from tests.local_run import LocalRun

PHONE = {"width": 390, "height": 844}
NARROW = {"width": 320, "height": 640}
MOST_WEIGHT = 12_000
QUIET_SITE = "demo-au"
"""Its queue has one page, however many complaints others made in the run."""
WORDS = ("late", "broken", "green", "wooden", "heavy", "second", "unwanted")

COVERED = """() => [...document.querySelectorAll("tr .end button")].filter((button) => {
  const words = document.createRange();
  words.selectNodeContents(button.closest("tr").querySelector("th a"));
  const at = button.getBoundingClientRect();
  return [...words.getClientRects()].some((line) =>
    line.right > at.left && line.left < at.right && line.bottom > at.top && line.top < at.bottom);
}).map((button) => button.textContent)"""
"""Buttons of rows that stand upon the words of the subject."""

STATES = {
    "a queue": "/desk?limit=100",
    "a queue with all chosen": "/desk?choose=all",
    "an empty queue": "/desk?queue=awaiting_complainant&site=demo-au",
    "filters that nothing matches": "/desk?level=3&category=delivery.damaged&site=demo",
    "after giving cases": "/desk?assigned=1&to=Robin&left=C-ZZZZZ-ZZZZZ-A.stale",
    "a further page": "/desk?limit=1",
    "approvals": "/desk/approvals",
    "views": "/desk/views",
    "a view that was just saved": "/desk?queue=overdue&saved=1",
    "workload": "/desk/workload",
    "refused": "/desk?queue=no-such",
}


@pytest.fixture(scope="module", params=STATES.values(), ids=list(STATES))
def path(request: pytest.FixtureRequest) -> str:
    """The address of a page in one state after the other."""
    return str(request.param)


@pytest.fixture(scope="module", autouse=True)
def views(local_run: LocalRun) -> Iterator[None]:
    """Two views of who looks at the pages, one with a long name."""
    deniz, names = Staff(local_run), ("Overdue", "Ü" * 60)
    items = [{"name": name, "query": "queue=overdue"} for name in names]
    for text in (items, []):
        version = deniz.call("GET", "/views").headers["ETag"]
        assert deniz.call("PUT", "/views", {"items": text}, If_Match=version).status == 200
        if text:
            yield


@pytest.fixture(scope="module", autouse=True)
def complaints(local_run: LocalRun) -> list[Complaint]:
    """Two ordinary ones, one from right to left with a long word, and one that waits for approval."""
    waiting = complain(local_run, subject="A deep cut")
    Staff(local_run, role="agent").decides(waiting, severity=3)
    long = complain(local_run, subject="Ü" * 180, special_needs="Large print, please.")
    arabic = complain(local_run, subject="وصل المصباح مكسورًا", language="ar")
    return [waiting, long, arabic, complain(local_run)]


def at(browser: Browser, run: LocalRun, path: str, **options: Any) -> Iterator[Page]:
    with signed_in(browser, run, **options) as page:
        page.goto(f"{run.url}{path}")
        yield page


@pytest.fixture(scope="module")
def seen(browser: Browser, local_run: LocalRun, path: str) -> Iterator[Page]:
    """The page in this state, as tests look at it and none changes it."""
    with signed_in(browser, local_run) as page:
        page.goto(f"{local_run.url}{path}")
        yield page


def test_axe_finds_nothing(seen: Page) -> None:
    assert violations_in_each_scheme(seen) == []
    assert seen.locator("h1").count() == seen.locator("main").count() == 1


def test_it_fits_a_narrow_screen_with_large_text(browser: Browser, local_run: LocalRun, path: str) -> None:
    for page in at(browser, local_run, path, viewport=NARROW):
        with_large_text(page)
        page.reload()
        page.evaluate("() => document.querySelectorAll('.number').forEach(each => each.textContent = '143+')")
        assert not is_too_wide(page)


def test_targets_are_large_enough(seen: Page) -> None:
    assert small_targets(seen) == []


def test_the_navigation_is_beside_the_page_on_a_wide_screen_and_behind_a_button_on_a_narrow_one(
    browser: Browser, local_run: LocalRun
) -> None:
    for page in at(browser, local_run, "/desk", viewport=PHONE, java_script_enabled=False):
        places = page.get_by_role("navigation", name="Main menu")
        expect(places).to_be_hidden()
        page.get_by_role("button", name="Menu", exact=True).click()
        assert small_targets(page) == []
        expect(places.get_by_role("link", name=re.compile("^Open"))).to_have_attribute("aria-current", "page")
        places.get_by_role("link", name="Workload").click()
        expect(page).to_have_url(re.compile("/desk/workload$"))
        expect(places).to_be_hidden()
    for page in at(browser, local_run, "/desk"):
        expect(page.get_by_role("button", name="Menu", exact=True)).to_be_hidden()
        side, main = (page.locator(f"{part}").bounding_box() for part in ("#places", "main"))
        assert side
        assert main
        assert side["x"] + side["width"] <= main["x"]
        unfold_own_menu(page)
        expect(page.get_by_role("link", name="Türkçe")).to_be_visible()


def test_a_row_is_one_line_on_a_wide_screen_and_a_few_on_a_narrow_one(
    browser: Browser, local_run: LocalRun
) -> None:
    for page in at(browser, local_run, "/desk"):
        heights = page.evaluate(
            "() => [...document.querySelectorAll('tr:has(td)')].map(row => row.offsetHeight)"
        )
        assert 44 <= min(heights) <= max(heights) <= 48
        assert page.get_by_role("table").count() == 1
        assert page.locator("tbody th[scope=row]").count() == len(heights)
    for page in at(browser, local_run, "/desk", viewport=PHONE):
        row = page.locator("tr:has(td)").first
        assert row.evaluate("row => getComputedStyle(row).display") == "flex"
        page.set_viewport_size({"width": 320, "height": 640})
        page.goto(f"{local_run.url}/desk?lang=de")
        assert page.locator("tr .end button").count() > 0
        assert page.evaluate(COVERED) == []


def test_what_is_due_has_a_shape_and_a_word_and_who_reads_it_aloud_hears_the_word(
    browser: Browser, local_run: LocalRun
) -> None:
    for page in at(browser, local_run, "/desk"):
        shape = page.locator(".due").first.evaluate("due => getComputedStyle(due, '::before').content")
        assert re.fullmatch(r'"[○◆▲]\u00a0" / ""', shape)


def test_enter_on_a_checkbox_takes_no_case_without_scripts(browser: Browser, local_run: LocalRun) -> None:
    for page in at(browser, local_run, "/desk?queue=unassigned", java_script_enabled=False):
        page.locator("[name=case]").first.focus()
        page.keyboard.press("Enter")
        expect(page.get_by_role("alert")).to_contain_text("Select at least one case.")


def test_a_page_of_fifty_cases_is_light(browser: Browser, local_run: LocalRun) -> None:
    for number in range(50):
        subject = f"The {WORDS[number % 7]} {WORDS[number % 5]} came {WORDS[number % 3]} ({number})"
        assert submit(local_run, form(subject=subject)).status == 201
    responses: list[Response] = []
    for page in at(browser, local_run, "/desk?site=demo"):
        page.on("response", lambda response: responses.append(response))
        page.reload()
        page.wait_for_load_state("networkidle")
        assert page.locator("tr:has(td)").count() == 50
        assert {response.url.startswith(local_run.url) for response in responses} == {True}
        assert weight(responses) <= MOST_WEIGHT


def test_nothing_is_said_in_the_console_and_nothing_breaks_the_policy(
    browser: Browser, local_run: LocalRun
) -> None:
    found: list[str] = []
    for page in at(browser, local_run, "/desk"):
        page.on("console", lambda message: found.append(message.text))
        page.reload()
        page.wait_for_load_state("networkidle")
    assert found == []


def test_cases_are_given_by_keyboard_alone_and_without_scripts(
    browser: Browser, local_run: LocalRun, complaints: list[Complaint]
) -> None:
    complaint = complain(local_run, site=QUIET_SITE)
    for page in at(browser, local_run, f"/desk?site={QUIET_SITE}", java_script_enabled=False):
        page.keyboard.press("Tab")
        assert focused(page) == "Skip to main content"
        tab_to(page, f"Select {complaint.reference}")
        page.keyboard.press("Space")
        tab_to(page, "Assign the selected cases to")
        choose_by_arrows(page, "Robin")
        tab_to(page, "Assign")
        enter(page)
        expect(page).to_have_url(re.compile("assigned=1"))
        expect(page.get_by_role("status")).to_contain_text("1 case was assigned.")
        row = page.locator("tr", has=page.locator(f"[href*='{complaint.reference}']"))
        expect(row.get_by_role("img", name="Robin")).to_be_visible()


def test_several_cases_are_written_to_without_scripts(browser: Browser, local_run: LocalRun) -> None:
    complaint = complain(local_run, site=QUIET_SITE)
    for page in at(browser, local_run, f"/desk?site={QUIET_SITE}", java_script_enabled=False):
        page.locator(f"[name=case][value^='{complaint.reference}']").check()
        press(page, "Write to all")
        page.get_by_label("Message to each complainant").fill("We are looking for the lorry.")
        press(page, "See the letter")
        press(page, "Write to several complainants")
        expect(page.get_by_role("status")).to_contain_text("Done for 1 case.")
        expect(page.get_by_role("progressbar")).to_have_attribute("value", "1")
        follow(page, page.get_by_role("link", name="Back to the queue"))
        expect(page).to_have_url(re.compile(f"site={QUIET_SITE}"))
    for page in at(browser, local_run, f"/desk?site={QUIET_SITE}"):
        for button in ("Classify", "Close"):
            page.locator("[name=case]").first.check()
            press(page, button)
            assert violations_in_each_scheme(page) == []
            follow(page, page.get_by_role("link", name="Back to the queue"))


def test_a_filter_is_an_address(browser: Browser, local_run: LocalRun) -> None:
    for page in at(browser, local_run, "/desk", java_script_enabled=False):
        page.get_by_role("button", name="Filters and columns").click()
        page.get_by_role("combobox", name="Level").select_option("1")
        press(page, "Show these")
        assert "level=1" in page.url
        assert page.locator("#filter-level").input_value() == "1"
        follow(page, page.get_by_role("link", name="Level: 1").first)
        assert "level" not in page.url


def test_every_stop_of_the_keyboard_is_seen(browser: Browser, local_run: LocalRun) -> None:
    for page in at(browser, local_run, "/desk?limit=1"):
        stops = tab_stops(page)
        assert 'class="skip"' in stops[0]["what"]
        assert [stop for stop in stops if stop["outline"] < 3 or not stop["visible"]] == []


def test_on_paper_there_are_rows_and_no_controls(browser: Browser, local_run: LocalRun) -> None:
    for page in at(browser, local_run, "/desk"):
        page.emulate_media(media="print", color_scheme="dark")
        assert page.locator("tbody tr").first.is_visible()
        controls = page.locator("button, input, select, nav, summary")
        assert controls.locator("visible=true").all() == []
        assert page.evaluate("() => getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"


def test_right_to_left_it_is_the_same_page(browser: Browser, local_run: LocalRun) -> None:
    for page in at(browser, local_run, "/desk?lang=ar", viewport=PHONE):
        assert page.locator("html").get_attribute("dir") == "rtl"
        assert violations(page) == []
        assert not is_too_wide(page)


def test_without_colours_what_is_late_has_a_word_and_a_shape(browser: Browser, local_run: LocalRun) -> None:
    for page in at(browser, local_run, "/desk", forced_colors="active"):
        assert violations(page) == []
        border = "row => getComputedStyle(row).borderBottomStyle"
        assert page.locator("tbody td").first.evaluate(border) == "solid"


def focused(page: Page) -> str:
    """The name of what has the focus, as far as the page says it."""
    name: str = page.evaluate(
        "() => { const one = document.activeElement; if (one === document.body) return '';"
        " return one.getAttribute('aria-label') || one.labels?.[0]?.innerText || one.innerText || one.name }"
    )
    return name.strip()


def tab_to(page: Page, name: str) -> None:
    """Goes on by the keyboard until what has this name has the focus."""
    for _ in range(1_000):
        page.keyboard.press("Tab")
        if focused(page) == name:
            return
    raise AssertionError(f"the keyboard never came to {name!r}")
