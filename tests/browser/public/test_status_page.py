"""The page of a complaint in each of its states, as a browser shows it."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.kept_contexts import opened
from tests.browser.navigation import press
from tests.browser.page_checks import (
    answers_to,
    colours,
    each_scheme,
    is_too_wide,
    longest_motion,
    small_targets,
    usual,
    violations,
    violations_in_each_scheme,
    visible,
    weight,
    with_large_text,
)
from tests.local_run import LocalRun
from tests.pages.page_client import OnThePage

MOST_BYTES = 15 * 1024


def address(status_page: OnThePage, **query: str) -> str:
    """The link of the mail, with whatever else it asks for."""
    more = "".join(f"&{name}={value}" for name, value in query.items())
    return f"{status_page.run.url}{status_page.path}?t={status_page.complaint['access']}{more}"


def fresh(run: LocalRun) -> OnThePage:
    return OnThePage(run)


def asked(run: LocalRun) -> OnThePage:
    status_page = OnThePage(run)
    status_page.does("ask", {"text": "Which lamp?"})
    return status_page


def answered(run: LocalRun) -> OnThePage:
    status_page = OnThePage(run)
    status_page.decide("not_upheld")
    return status_page


def referred(run: LocalRun) -> OnThePage:
    status_page = answered(run)
    status_page.refuse()
    status_page.decide("not_upheld", "Robin")
    status_page.refuse()
    return status_page


def withdrawn(run: LocalRun) -> OnThePage:
    status_page = OnThePage(run)
    status_page.send(status_page.hidden("withdraw", status_page.open(ask="withdraw")) | {"text": ""})
    return status_page


STATES = {"fresh": fresh, "asked": asked, "answered": answered, "referred": referred, "withdrawn": withdrawn}


@pytest.fixture(scope="module", params=STATES)
def status_page(request: pytest.FixtureRequest, local_run: LocalRun) -> OnThePage:
    """A complaint in each of its states."""
    return STATES[request.param](local_run)


@pytest.fixture(scope="module")
def seen(browser: Browser, status_page: OnThePage) -> Iterator[Page]:
    """The page of that complaint; who changes more than how it is shown opens their own."""
    with opened(browser, address(status_page)) as page:
        yield page


def test_axe_finds_nothing_in_any_state(seen: Page) -> None:
    assert violations_in_each_scheme(usual(seen)) == []


@pytest.mark.parametrize("language", ["en", "ar", "de"])
def test_it_fits_a_narrow_screen_with_large_text(
    browser: Browser, status_page: OnThePage, language: str
) -> None:
    with opened(browser, viewport={"width": 320, "height": 640}) as page:
        with_large_text(page)
        page.goto(address(status_page, lang=language))
        assert not is_too_wide(page)
        assert page.locator("html").get_attribute("dir") == ("rtl" if language == "ar" else "ltr")


def test_each_promise_and_what_is_said_of_it_stand_beside_each_other(seen: Page) -> None:
    page = usual(seen)
    terms = page.locator("main dt").evaluate_all("all => all.map(one => one.offsetLeft)")
    found = page.locator("main dd").evaluate_all("all => all.map(one => one.offsetLeft)")
    assert len(set(terms)) == 1
    assert min(found) > max(terms)


def test_targets_are_large_enough(browser: Browser, status_page: OnThePage) -> None:
    with opened(browser, address(status_page), viewport={"width": 390, "height": 844}) as page:
        page.locator("summary").first.click()
        assert small_targets(page) == []


def test_each_page_and_its_files_are_light(browser: Browser, status_page: OnThePage) -> None:
    with opened(browser, own=True) as page:
        responses = answers_to(page)
        complaints: list[str] = []
        page.on(
            "console", lambda expected: complaints.append(expected.text) if expected.type == "error" else None
        )
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.goto(address(status_page))
        assert complaints == []
        assert weight([response for response in responses if response.ok]) <= MOST_BYTES
        assert {response.url.startswith(status_page.run.url) for response in responses} == {True}


def test_it_prints_without_controls_and_dark_on_white(seen: Page) -> None:
    page = usual(seen, media="print")
    assert visible(page, "button, textarea, input, nav, .skip") == 0
    for scheme in each_scheme(page):
        assert colours(page, "body") == ("rgb(0, 0, 0)", "rgb(255, 255, 255)"), scheme
    assert page.get_by_text("It came in pieces.").is_visible()
    assert page.locator("ol.steps").is_visible()


def test_in_forced_colours_what_carries_meaning_stays(seen: Page) -> None:
    """The present step is said in a word, and what is grouped by a ground has a border too."""
    page = usual(seen, forced_colors="active")
    assert page.locator("[aria-current=step] strong").inner_text() in ("Now", "done")
    bordered = page.locator(".steps li, .message, .decision, button:visible, textarea:visible")
    widths = bordered.evaluate_all(
        "all => all.map(one => parseFloat(getComputedStyle(one).borderInlineStartWidth))"
    )
    assert min(widths) >= 1
    assert violations(page) == []


def test_nothing_moves_for_who_wants_no_motion(seen: Page) -> None:
    assert longest_motion(usual(seen, reduced_motion="reduce")) <= 0.05


def test_axe_finds_nothing_while_somebody_does_something(browser: Browser, local_run: LocalRun) -> None:
    """A message taken, a wrong one, a file that is there, and the question before withdrawing."""
    status_page = answered(local_run)
    with opened(browser, address(status_page, done="add")) as page:
        assert violations_in_each_scheme(page) == []
        page.locator("#files").set_input_files({"name": "a.png", "mimeType": "image/png", "buffer": b"x"})
        expect(page.locator(".uploads").get_by_role("status")).not_to_be_empty()
        assert violations_in_each_scheme(page) == []
        press(page, "Send message")
        expect(page.get_by_role("alert")).to_be_visible()
        assert violations_in_each_scheme(page) == []
    with opened(browser, address(fresh(local_run), ask="withdraw")) as page:
        assert violations_in_each_scheme(page) == []


def test_axe_finds_nothing_where_the_survey_asks(browser: Browser, moving_run: LocalRun) -> None:
    status_page = OnThePage(moving_run)
    status_page.decide()
    status_page.send(status_page.hidden("answer"))
    moving_run.call("POST", "/_local/clock", {"advance": "P14D"})
    with opened(browser, address(status_page), viewport={"width": 390, "height": 844}) as page:
        expect(page.get_by_role("group", name="It was easy to complain.")).to_be_visible()
        assert violations_in_each_scheme(page) == []
        page.locator("summary").click()
        assert small_targets(page) == []
