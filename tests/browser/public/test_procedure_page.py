"""The published procedure in a browser, and the page on which a lost link is asked for."""

from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.kept_contexts import opened
from tests.browser.navigation import follow
from tests.browser.page_checks import (
    each_scheme,
    is_too_wide,
    small_targets,
    violations,
    violations_in_each_scheme,
    weight,
    with_large_text,
)
from tests.local_run import LocalRun

MOST_BYTES = 15 * 1024
PATHS = {
    "procedure": "/procedure?site=demo",
    "in-some-cases": "/procedure?site=demo-tr",
    "choose": "/procedure?",
    "link": "/status?",
    "asked": "/status?done=asked",
    "lost": "/status/C-7K3M9-QX2HT-7?",
}


@pytest.fixture(scope="module", params=PATHS.values(), ids=list(PATHS))
def path(request: pytest.FixtureRequest) -> str:
    """One page after the other."""
    return str(request.param)


@pytest.fixture(scope="module")
def seen(browser: Browser, local_run: LocalRun, path: str) -> Iterator[Page]:
    """The page, as tests look at it and none changes it."""
    with opened(browser, f"{local_run.url}{path}") as page:
        yield page


def test_axe_finds_nothing(seen: Page) -> None:
    assert violations_in_each_scheme(seen) == []


def test_axe_finds_nothing_where_something_is_wrong(browser: Browser, local_run: LocalRun) -> None:
    with opened(browser, f"{local_run.url}/status") as page:
        page.get_by_label("Reference").fill("C-1")
        page.get_by_label("Email address").fill("ada@example.org")
        follow(page, page.get_by_role("button"))
        expect(page.get_by_role("alert")).to_contain_text("Check the reference.")
        assert page.title().startswith("Error: ")
        assert violations_in_each_scheme(page) == []


@pytest.mark.parametrize("language", ["en", "ar"])
def test_it_fits_a_narrow_screen_with_large_text(
    browser: Browser, local_run: LocalRun, path: str, language: str
) -> None:
    with opened(browser, viewport={"width": 320, "height": 640}) as page:
        with_large_text(page)
        page.goto(f"{local_run.url}{path}&lang={language}")
        assert not is_too_wide(page)


def test_targets_are_large_enough(seen: Page) -> None:
    assert small_targets(seen) == []


def test_each_page_is_light_and_asks_no_other_host(browser: Browser, local_run: LocalRun, path: str) -> None:
    responses: list[Any] = []
    complaints: list[str] = []
    with opened(browser, own=True) as page:
        page.on("response", lambda response: responses.append(response))
        page.on(
            "console", lambda expected: complaints.append(expected.text) if expected.type == "error" else None
        )
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.goto(f"{local_run.url}{path}")
        # What a browser says of a page that is not there is the one that is meant.
        assert len(complaints) == (path == PATHS["lost"])
        assert {response.url.startswith(local_run.url) for response in responses} == {True}
        assert weight([one for one in responses if "favicon" not in one.url]) <= MOST_BYTES


def test_the_table_is_reached_and_named_without_a_pointer(browser: Browser, local_run: LocalRun) -> None:
    with opened(browser, f"{local_run.url}/procedure?site=demo&lang=en") as page:
        table = page.get_by_role("region", name="What happens when")
        table.focus()
        expect(table).to_be_focused()
        expect(table.get_by_role("rowheader").first).to_have_text("Acknowledgement")


def test_it_prints_dark_on_white_with_the_addresses_of_links(browser: Browser, local_run: LocalRun) -> None:
    with opened(browser, f"{local_run.url}/procedure?site=demo&lang=en") as page:
        page.emulate_media(media="print")
        for control in page.locator("button, input, nav, .skip, .action").all():
            assert not control.is_visible()
        look = "one => { const look = getComputedStyle(one); return [look.color, look.backgroundColor] }"
        for scheme in each_scheme(page):
            assert page.locator("body").evaluate(look) == ["rgb(0, 0, 0)", "rgb(255, 255, 255)"], scheme
        after = "one => getComputedStyle(one, '::after').content"
        assert "ombudsman.example" in page.locator("dl a").evaluate(after)


def test_in_forced_colours_the_rows_stay_apart(browser: Browser, local_run: LocalRun) -> None:
    with opened(browser, f"{local_run.url}/procedure?site=demo", forced_colors="active") as page:
        widths = page.locator("td").evaluate_all(
            "all => all.map(one => parseFloat(getComputedStyle(one).borderBlockEndWidth))"
        )
        assert min(widths) >= 1
        assert violations(page) == []
