"""Keys of the desk: one letter each, off while somebody types, listed under "?"."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from tests.browser.navigation import follow, press
from tests.browser.page_checks import small_targets, violations_in_each_scheme
from tests.browser.signing_in import signed_in, unfold_own_menu
from tests.journeys.steps import Complaint, complain
from tests.local_run import LocalRun


@pytest.fixture(scope="module")
def complaints(local_run: LocalRun) -> list[Complaint]:
    return [complain(local_run) for _ in range(2)]


@pytest.fixture
def page(browser: Browser, local_run: LocalRun, complaints: list[Complaint]) -> Iterator[Page]:
    with signed_in(browser, local_run) as page:
        yield page


def focused(page: Page) -> str:
    text: str = page.evaluate("() => document.activeElement.href || document.activeElement.id")
    return "".join(re.findall("C-[0-9A-Z-]+", text)) or text


def references(page: Page) -> list[str]:
    """The references of the rows, in their order."""
    links = page.locator("tbody th a")
    return [re.findall("C-[0-9A-Z-]+", str(link.get_attribute("href")))[0] for link in links.all()]


def inside(page: Page, verb: str) -> Locator:
    """The field of a command that has the focus."""
    return page.locator(f"form[action$='/commands/{verb}']").locator("textarea:focus, select:focus")


def choose(page: Page, typed: str, choice: str) -> None:
    """Chooses one of the first things that the palette finds."""
    page.keyboard.press("Control+k")
    page.keyboard.type(typed)
    page.get_by_role("listbox").get_by_role("option", name=choice).click()


def test_j_and_k_go_from_case_to_case_and_no_further(page: Page) -> None:
    first, second = references(page)[:2]
    seen = []
    for key in ("j", "j", "k", "k"):
        page.keyboard.press(key)
        seen.append(focused(page))
    assert seen == [first, second, first, first]


def test_enter_opens_the_case_also_from_its_checkbox(page: Page) -> None:
    first = references(page)[0]
    page.locator("tbody input").first.focus()
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile(f"/desk/cases/{first}\\?queue=open"))
    page.keyboard.press("u")
    expect(page).to_have_url(re.compile(r"/desk\?queue=open$"))


def test_x_chooses_the_case_and_lets_go_of_it(page: Page) -> None:
    box = page.locator("tbody input").first
    page.keyboard.press("j")
    page.keyboard.press("x")
    expect(box).to_be_checked()
    page.keyboard.press("x")
    expect(box).not_to_be_checked()


def test_g_goes_to_the_lists(page: Page) -> None:
    page.keyboard.press("g")
    page.keyboard.press("m")
    page.wait_for_url(re.compile(r"/desk\?queue=mine$"))
    page.keyboard.press("g")
    page.keyboard.press("o")
    expect(page).to_have_url(re.compile("/desk$"))


def test_a_slash_goes_into_the_search_of_the_page(page: Page) -> None:
    page.keyboard.press("/")
    expect(page.locator("#find")).to_be_focused()
    page.keyboard.type("j/lamp")
    expect(page.locator("#find")).to_have_value("j/lamp")
    expect(page).to_have_url(re.compile("/desk$"))


@pytest.mark.parametrize(("key", "verb"), [("n", "note"), ("m", "message"), ("a", "assign")])
def test_on_a_case_a_key_opens_the_command_and_goes_into_it(
    page: Page, complaints: list[Complaint], key: str, verb: str
) -> None:
    page.goto(page.url.replace("/desk", f"/desk/cases/{complaints[0].reference}"))
    page.keyboard.press(key)
    expect(inside(page, verb)).to_have_count(1)


def test_none_fires_while_somebody_types(page: Page, complaints: list[Complaint]) -> None:
    page.goto(page.url.replace("/desk", f"/desk/cases/{complaints[0].reference}"))
    page.keyboard.press("n")
    expect(inside(page, "note")).to_have_count(1)
    page.keyboard.type("jkxgougmnma?/")
    assert page.evaluate("() => document.activeElement.value") == "jkxgougmnma?/"
    assert "/desk/cases/" in page.url
    expect(page.locator("dialog")).to_be_hidden()


@pytest.mark.parametrize("modifier", ["Control", "Alt", "Meta"])
def test_no_key_takes_one_of_the_browser(page: Page, modifier: str) -> None:
    page.evaluate(
        "() => document.addEventListener('keydown', event => window.taken = event.defaultPrevented)"
    )
    page.keyboard.press(f"{modifier}+x")
    assert page.evaluate("() => window.taken") is False


def test_a_question_mark_lists_them_and_escape_goes_back(page: Page) -> None:
    page.keyboard.press("?")
    dialog = page.get_by_role("dialog", name="Keyboard shortcuts")
    expect(dialog).to_be_visible()
    assert dialog.locator("dt").count() == 19
    assert violations_in_each_scheme(page) == []
    assert small_targets(page) == []
    page.keyboard.press("Escape")
    expect(dialog).to_be_hidden()


def test_without_scripts_they_are_a_page_that_finds_a_case(
    browser: Browser, local_run: LocalRun, complaints: list[Complaint]
) -> None:
    with signed_in(browser, local_run, java_script_enabled=False) as page:
        unfold_own_menu(page)
        follow(page, page.get_by_role("link", name="Keyboard shortcuts"))
        assert page.locator("dt").count() == 19
        page.get_by_label("Go to a page, a command or a case").fill(complaints[0].reference)
        press(page, "Find")
        expect(page).to_have_url(re.compile(f"/desk/cases/{complaints[0].reference}$"))


def test_the_palette_goes_to_a_page_by_its_name_and_to_a_case_by_a_part_of_its_reference(
    page: Page, complaints: list[Complaint]
) -> None:
    page.get_by_role("searchbox").first.focus()
    page.keyboard.press("Control+k")
    field = page.get_by_role("combobox", name="Go to a page, a command or a case")
    expect(field).to_be_focused()
    page.keyboard.type("worklo")
    palette = page.get_by_role("listbox")
    expect(palette.get_by_role("option", selected=True)).to_have_text("Workload")
    assert violations_in_each_scheme(page) == []
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile("/desk/workload$"))
    page.keyboard.press("Control+k")
    page.keyboard.type(complaints[0].reference[4:10])  # before it is open
    expect(palette.get_by_role("option", selected=True)).to_contain_text(complaints[0].reference)
    expect(palette.get_by_role("option")).to_have_count(2)
    page.keyboard.press("ArrowUp")
    expect(palette.get_by_role("option", selected=True)).to_contain_text("Search all cases for:")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile(f"/desk/cases/{complaints[0].reference}"))


def test_the_palette_has_commands_before_cases_and_one_escape_closes_it(
    page: Page, complaints: list[Complaint]
) -> None:
    page.goto(page.url.partition("/desk")[0] + f"/desk/cases/{complaints[0].reference}")
    page.keyboard.press("Control+k")
    page.keyboard.type("task")
    options = page.get_by_role("listbox").get_by_role("option")
    expect(options.first).to_have_text("Give a task")  # not the page of tasks
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog")).to_have_count(0)


@pytest.mark.usefixtures("complaints")
def test_the_palette_takes_the_next_case(page: Page) -> None:
    page.goto(page.url.partition("?")[0] + "?queue=unassigned")
    choose(page, "take", "Take the next case")
    expect(page).to_have_url(re.compile("/desk/cases/C-"))


def test_the_palette_takes_a_case_and_goes_into_its_internal_note(page: Page, local_run: LocalRun) -> None:
    page.goto(f"{local_run.url}/desk/cases/{complain(local_run).reference}")
    choose(page, "take", "Take it")
    expect(page.get_by_text("The case is assigned.")).to_be_visible()
    choose(page, "note", "Write an internal note")
    expect(inside(page, "note")).to_have_count(1)
    choose(page, "note", "Write an internal note")
    expect(inside(page, "note")).to_have_count(1)  # it stays unfolded


@pytest.mark.usefixtures("complaints")
def test_t_takes_the_next_case_that_nobody_has(page: Page) -> None:
    page.goto(page.url.partition("?")[0] + "?queue=unassigned")
    page.keyboard.press("t")
    expect(page).to_have_url(re.compile("/desk/cases/C-"))


@pytest.mark.usefixtures("complaints")
def test_they_can_be_switched_off_and_stay_off(browser: Browser, local_run: LocalRun) -> None:
    with signed_in(browser, local_run, own=True) as page:
        unfold_own_menu(page)
        page.get_by_role("link", name="Keyboard shortcuts").click()
        page.get_by_label("One-letter keys are on").uncheck()
        page.get_by_role("dialog").get_by_role("button", name="Close").click()
        page.reload()
        page.keyboard.press("j")
        assert focused(page) not in references(page)
        page.keyboard.press("?")
        expect(page.get_by_role("dialog")).to_be_visible()
        expect(page.get_by_label("One-letter keys are on")).not_to_be_checked()


def test_they_serve_and_can_be_switched_off_also_where_the_browser_keeps_nothing(page: Page) -> None:
    forbidden = "{ get() { throw new DOMException('', 'SecurityError'); } }"
    page.add_init_script(f"Object.defineProperty(window, 'localStorage', {forbidden})")
    page.reload()
    page.keyboard.press("?")
    page.get_by_role("dialog").get_by_role("checkbox").uncheck()
    page.keyboard.press("Escape")
    page.keyboard.press("/")
    expect(page.locator("#find")).not_to_be_focused()
