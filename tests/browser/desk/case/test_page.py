"""The page of a case in a real browser: by keyboard alone, without scripts, by two people, and on paper."""

import re
from collections.abc import Callable
from functools import cache, partial
from typing import Any

import pytest
from playwright.sync_api import Browser, Locator, Page, Response, expect

from tests.browser.navigation import choose_by_arrows, enter, press
from tests.browser.page_checks import (
    is_too_wide,
    small_targets,
    violations,
    violations_in_each_scheme,
    weight,
    with_large_text,
)
from tests.browser.signing_in import signed_in
from tests.journeys.steps import FINDING, SCALES, Complaint, Staff, complain, settle
from tests.local_run import LocalRun

MOST_WEIGHT, MOST_IN_GERMAN = 15_000, 15 * 1024
PHONE = {"width": 390, "height": 844}
NARROW = {"width": 320, "height": 640}
STAGES = ("received", "assessed", "investigating", "responded", "closed")
WORDS = "Half-written: the depot remembers a wet pallet."


def at(complaint: Complaint) -> str:
    """Where the page of a case is."""
    return f"/desk/cases/{complaint.reference}"


def brought_to(run: LocalRun, stage: str) -> Complaint:
    """A complaint that has come to a stage."""
    complaint = complain(run, special_needs="Large print, please.")
    kim = Staff(run, "Kim", "reviewer")
    way: dict[str, list[tuple[str, object]]] = {
        "assessed": [("assign", {"to": "Kim"}), ("assess", SCALES), ("note", {"text": "Looked at."})],
        "investigating": [("find", FINDING), ("ask", {"text": "Which lamp?"})],
        "responded": [("resume", {"reason": "Clear by now."}), ("decide", DECISION), ("respond", {})],
        "closed": [("close", {"reason": "accepted"})],
    }
    for reached in STAGES[1 : STAGES.index(stage) + 1]:
        for verb, body in way[reached]:
            kim.does(complaint, verb, body)
            settle(run)
    return complaint


DECISION: dict[str, Any] = {
    "outcome": "upheld",
    "reasons": "You are right.",
    "remedies": [{"kind": "refund", "amount": "49.90", "currency": "EUR"}],
}


@pytest.fixture(scope="module")
def looked_at(local_run: LocalRun) -> Callable[[str], Complaint]:
    """A complaint that has come to a stage, and stays there: whoever only looks at its page has the same."""
    return cache(partial(brought_to, local_run))


@pytest.fixture(params=STAGES)
def looked_at_in_turn(request: pytest.FixtureRequest, looked_at: Callable[[str], Complaint]) -> Complaint:
    """One stage after the other."""
    return looked_at(request.param)


def test_axe_finds_nothing_at_any_stage(
    browser: Browser, local_run: LocalRun, looked_at_in_turn: Complaint
) -> None:
    with signed_in(browser, local_run, at(looked_at_in_turn)) as page:
        assert violations_in_each_scheme(page) == []
        unfold(page)
        assert violations_in_each_scheme(page) == []


def test_axe_finds_nothing_in_errors_questions_and_records(browser: Browser, local_run: LocalRun) -> None:
    complaint = brought_to(local_run, "assessed")
    with signed_in(browser, local_run, at(complaint), viewport=PHONE) as page:
        page.locator("#do-note > summary").click()
        press(page, "Save internal note")
        assert page.title().startswith("Error: Parcel arrived broken")
        assert (violations(page), small_targets(page), is_too_wide(page)) == ([], [], False)
        unfold(page)
        page.get_by_label("Message to the complainant").fill("We look into it.")
        press(page, "See the letter")
        assert (violations(page), small_targets(page), is_too_wide(page)) == ([], [], False)
        for below in ("/audit", "/letters"):
            page.goto(f"{local_run.url}{at(complaint)}{below}")
            assert (violations(page), small_targets(page), is_too_wide(page)) == ([], [], False)


def test_it_fits_a_narrow_screen_with_large_text(
    browser: Browser, local_run: LocalRun, looked_at: Callable[[str], Complaint]
) -> None:
    with signed_in(browser, local_run, at(looked_at("investigating")), viewport=NARROW) as page:
        unfold(page)
        assert not is_too_wide(page)
        with_large_text(page)
        page.reload()
        unfold(page)
        assert not is_too_wide(page)


def test_what_can_be_pressed_is_large_enough(
    browser: Browser, local_run: LocalRun, looked_at_in_turn: Complaint
) -> None:
    with signed_in(browser, local_run, at(looked_at_in_turn), viewport=PHONE) as page:
        unfold(page)
        assert small_targets(page) == []


def to_examine(run: LocalRun) -> Complaint:
    """A complaint that whoever is signed in examines and decides in one form."""
    complaint = complain(run)
    Staff(run, "Kim", "reviewer").does(complaint, "assign", {"to": "Deniz"})
    return complaint


def to_approve(run: LocalRun) -> Complaint:
    """A decision that whoever is signed in reads with its letter, and approves."""
    complaint = complain(run)
    kim = Staff(run, "Kim", "reviewer")
    remedy = DECISION["remedies"][0] | {"amount": "890.00"}
    decision = DECISION | {"remedies": [remedy]}
    for verb, body in (
        ("assign", {"to": "Kim"}),
        ("assess", SCALES),
        ("find", FINDING),
        ("decide", decision),
    ):
        kim.does(complaint, verb, body)
    return complaint


@pytest.mark.parametrize("case", [partial(brought_to, stage="investigating"), to_examine, to_approve])
def test_it_weighs_little_and_says_nothing_to_the_console(
    browser: Browser, local_run: LocalRun, case: Callable[[LocalRun], Complaint]
) -> None:
    complaint = case(local_run)
    with signed_in(browser, local_run, at(complaint)) as page:
        came: list[Response] = []
        found: list[str] = []
        # What the page asked for before, such as who else is here, is none of the next one.
        page.goto("about:blank")
        page.on("console", lambda message: found.append(message.text))
        page.on("pageerror", lambda error: found.append(str(error)))
        page.on("response", lambda each: came.append(each) if each.request.method == "GET" else None)
        page.goto(f"{local_run.url}{at(complaint)}", wait_until="networkidle")
        assert all(each.url.startswith(local_run.url) for each in came)
        assert 0 < weight(came) <= MOST_WEIGHT
        assert [each.url for each in came if each.status >= 400] == []
        assert found == []
        assert [page.locator(once).count() for once in ("h1", "main", "title")] == [1, 1, 1]
        came.clear()
        page.goto(f"{local_run.url}{at(complaint)}?lang=de", wait_until="networkidle")
        assert 0 < weight(came) <= MOST_IN_GERMAN


def test_a_whole_case_is_worked_by_keyboard_alone_and_without_scripts(
    browser: Browser, local_run: LocalRun
) -> None:
    complaint = complain(local_run, category="access.language", subject="Nobody speaks Finnish")
    queue = "/desk?queue=unassigned&category=access.language&limit=100"
    with signed_in(browser, local_run, queue, name="Kim", java_script_enabled=False) as page:
        reach(page, "Nobody speaks Finnish", "link")
        enter(page)
        press_by_keyboard(page, "Take it")
        write(page, "What was found, unless it is out of scope", "Nobody was asked.")
        choose(page, "Cause of it", "Too few staff")
        reach(page, "Decide later", "radio")
        page.keyboard.press("ArrowDown")
        write(page, "Reasons, as the complainant reads them", "You are right.")
        press_by_keyboard(page, "See the letter")
        assert "This cannot be undone" in page.inner_text("main")
        press_by_keyboard(page, "Tell the complainant the decision")
        settle(local_run)
        page.reload()
        open_by_keyboard(page, "Other actions")
        reach(page, "Close the case", "link")
        enter(page)
        choose(page, "Why the case is closed", "the complainant accepts")
        press_by_keyboard(page, "Close the case")
        assert page.get_by_role("heading", level=1).inner_text() == "Close the case?"
        press_by_keyboard(page, "Close the case")
        assert "There is nothing left to do here." in page.inner_text("main")
    assert complaint.view()["stage"] == "closed"


def test_a_stale_page_keeps_the_typed_text(browser: Browser, local_run: LocalRun) -> None:
    complaint = brought_to(local_run, "assessed")
    with signed_in(browser, local_run, f"{at(complaint)}/forms/find", java_script_enabled=False) as one:
        one.get_by_label("What was found").fill(WORDS)
        one.get_by_label("Cause").select_option("training")
        with signed_in(browser, local_run, at(complaint), name="Robin", java_script_enabled=False) as other:
            other.locator("#do-note > summary").click()
            other.get_by_label("Note for colleagues").fill("Robin was here.")
            press(other, "Save internal note")
            assert "Robin was here." in other.inner_text("main")
        press(one, "Record a finding")
        assert "Somebody else changed this first." in one.inner_text("main")
        assert (
            "Robin was here." in one.get_by_role("region", name="What changed in the meantime").inner_text()
        )
        assert one.get_by_label("What was found").input_value() == WORDS
        press(one, "Record a finding")
        assert WORDS in one.get_by_role("region", name="Since then").inner_text()


def test_an_error_leads_to_its_field(browser: Browser, local_run: LocalRun) -> None:
    complaint = brought_to(local_run, "assessed")
    with signed_in(browser, local_run, f"{at(complaint)}/forms/find") as page:
        press(page, "Record a finding")
        expect(page.locator(".errors")).to_be_focused()
        page.get_by_role("link", name="What was found: Enter a value.").click()
        expect(page).to_have_url(re.compile("#find-finding$"))


def test_the_first_stop_skips_to_the_case_and_each_stop_shows(
    browser: Browser, local_run: LocalRun, looked_at: Callable[[str], Complaint]
) -> None:
    with signed_in(browser, local_run, at(looked_at("assessed"))) as page:
        stops = page.locator("a, button, select, textarea, summary, input:not([type=hidden])").count()
        assert stops > 20
        page.keyboard.press("Tab")
        assert page.evaluate("() => document.activeElement.className") == "skip"
        for _ in range(30):
            assert (
                page.evaluate("() => parseFloat(getComputedStyle(document.activeElement).outlineWidth)") >= 3
            )
            page.keyboard.press("Tab")


def test_a_case_in_arabic_is_read_from_the_right(
    browser: Browser, local_run: LocalRun, looked_at: Callable[[str], Complaint]
) -> None:
    path = f"{at(looked_at('investigating'))}?lang=ar"
    with signed_in(browser, local_run, path, viewport=NARROW) as page:
        assert page.evaluate("() => getComputedStyle(document.querySelector('main')).direction") == "rtl"
        assert (violations(page), is_too_wide(page)) == ([], False)


def test_on_paper_there_are_facts_and_no_controls(
    browser: Browser, local_run: LocalRun, looked_at: Callable[[str], Complaint]
) -> None:
    with signed_in(browser, local_run, at(looked_at("assessed")), color_scheme="dark") as page:
        page.emulate_media(media="print", color_scheme="dark")
        for gone in ("button", "textarea", "select", "nav", ".menu"):
            assert page.locator(f"{gone}:visible").count() == 0, gone
        reckoning = page.locator(".why li").first
        assert reckoning.bounding_box() is not None
        assert "Internal, the complainant gets this only" in page.inner_text("main")
        colours = page.evaluate(
            "() => { const s = getComputedStyle(document.body); return [s.color, s.backgroundColor] }"
        )
        assert colours == ["rgb(0, 0, 0)", "rgb(255, 255, 255)"]


def test_what_is_internal_is_told_by_a_word_and_a_border_in_forced_colours(
    browser: Browser, local_run: LocalRun, looked_at: Callable[[str], Complaint]
) -> None:
    with signed_in(browser, local_run, at(looked_at("assessed")), forced_colors="active") as page:
        note = page.locator("li.note").first
        assert "Internal, the complainant gets this only" in note.inner_text()
        assert note.evaluate("one => getComputedStyle(one).borderTopStyle") == "dashed"
        assert violations(page) == []


def unfold(page: Page) -> None:
    """Opens all that is folded."""
    page.evaluate("() => document.querySelectorAll('details').forEach(one => { one.open = true })")


def reach(page: Page, label: str, role: str) -> None:
    """Goes on by Tab until something has the focus; it must come before the page ends."""
    tab_to(page, page.get_by_role(role, name=label, exact=True).first)  # type: ignore[arg-type]


def tab_to(page: Page, stop: Locator) -> None:
    """Goes on by Tab until this has the focus: looked for once, since no stop on the way changes the page."""
    found = stop.element_handle()
    for _ in range(200):
        page.keyboard.press("Tab")
        if found.evaluate("one => one === document.activeElement"):
            return
    raise AssertionError(f"no way by Tab to {stop}")


def choose(page: Page, label: str, start: str) -> None:
    """Chooses the option that begins so."""
    reach(page, label, "combobox")
    choose_by_arrows(page, start)


def write(page: Page, label: str, text: str) -> None:
    reach(page, label, "textbox")
    page.keyboard.type(text)


def press_by_keyboard(page: Page, label: str) -> None:
    """Presses a button, and waits for the page that comes."""
    reach(page, label, "button")
    enter(page)


def open_by_keyboard(page: Page, label: str) -> None:
    """Unfolds the form of a command."""
    tab_to(page, page.locator("summary", has_text=label))
    page.keyboard.press("Enter")
