"""The form without JavaScript in a browser: each of its states, looked at as the people who need it do."""

from collections.abc import Iterator
from contextlib import contextmanager
from urllib.parse import urlsplit

import brotli
import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.kept_contexts import opened
from tests.browser.navigation import follow
from tests.browser.page_checks import (
    answers_to,
    colours,
    each_scheme,
    is_too_wide,
    longest_motion,
    small_targets,
    tab_stops,
    usual,
    violations,
    violations_in_each_scheme,
    visible,
    with_large_text,
)
from tests.journeys.settings.administration import Office
from tests.journeys.steps import address
from tests.local_run import LocalRun
from tests.pages.form_client import WAIT, Sender
from tests.pages.public.form.test_complain_form import settled

MOST_BYTES = 15 * 1024
NARROW = {"width": 320, "height": 640}


@pytest.fixture(scope="module", params=["empty", "errors", "success", "closed", "unknown", "choose"])
def state(request: pytest.FixtureRequest, local_run: LocalRun) -> Iterator[str]:
    """The name of a state and the path that leads to it."""
    paths = {"unknown": "/complain?site=nobody", "choose": "/complain", "closed": "/complain?site=demo-gb"}
    path = paths.get(request.param, "/complain?site=demo&lang=en")
    if request.param == "success":
        path = Sender(local_run).send().headers["Location"]
    with settled(local_run, is_open=request.param != "closed"):
        yield f"{request.param} {local_run.url}{path}"


def see(page: Page, state: str, language: str = "") -> Page:
    """Brings a page into a state; for that of errors, something wrong is sent."""
    name, _, where = state.partition(" ")
    page.goto(where + (f"{'&' if '?' in where else '?'}lang={language}" if language else ""))
    if name == "errors":
        page.locator("#email").fill("nobody")
        page.locator("#behalf_relation").evaluate("one => { one.value = 'son' }")
        follow(page, page.locator("main button"))
        expect(page.get_by_role("alert")).to_be_visible()
    return page


@pytest.fixture(scope="module")
def seen(browser: Browser, state: str) -> Iterator[Page]:
    """A page in this state; who changes more than how it is shown opens their own."""
    with opened(browser) as page:
        yield see(page, state)


def test_its_buttons_have_the_colours_of_the_site_and_the_policy_permits_them(
    browser: Browser, local_run: LocalRun
) -> None:
    found: list[str] = []
    with with_letterhead(local_run, {"accent": "#0f766e"}), opened(browser) as page:
        page.on("console", lambda message: found.append(message.text))
        page.goto(f"{local_run.url}/complain?site=demo")
        assert colours(page, "main button") == ("rgb(255, 255, 255)", "rgb(15, 118, 110)")
    assert found == []


@contextmanager
def with_letterhead(run: LocalRun, letterhead: dict[str, str]) -> Iterator[None]:
    """The site has these colours while the block lasts."""
    office = Office(run)
    before = office.setting("texts")["record"]["letterhead"]
    office.does("texts", "demo", {"letterhead": letterhead})
    yield
    office.does("texts", "demo", {"letterhead": before})


@pytest.mark.iso10002("4 accessibility: keyboard")
def test_axe_finds_nothing_in_any_state(seen: Page) -> None:
    assert violations_in_each_scheme(usual(seen)) == []


def test_axe_finds_nothing_with_everything_unfolded(browser: Browser, local_run: LocalRun) -> None:
    with opened(browser, f"{local_run.url}/complain?site=demo") as page:
        for summary in page.locator("summary").all():
            summary.click()
        assert violations(page) == []


def test_it_fits_a_narrow_screen_with_large_text(browser: Browser, state: str) -> None:
    with opened(browser, viewport=NARROW) as page:
        with_large_text(page)
        assert not is_too_wide(see(page, state))


def test_text_doubles_with_the_person_s_own_size(browser: Browser, local_run: LocalRun) -> None:
    sizes = []
    for prepare in (lambda _: None, with_large_text):
        with opened(browser) as page:
            prepare(page)
            page.goto(f"{local_run.url}/complain?site=demo")
            label = page.locator("label[for=description]")
            sizes.append(float(label.evaluate("one => parseFloat(getComputedStyle(one).fontSize)")))
    assert sizes[1] == 2 * sizes[0]


def test_targets_are_large_enough(seen: Page) -> None:
    assert small_targets(usual(seen)) == []


def test_every_tab_stop_is_seen_and_the_first_leads_past_the_head(browser: Browser, state: str) -> None:
    with opened(browser) as page:
        see(page, state)
        for scheme in each_scheme(page):
            stops = tab_stops(page)
            assert 'class="skip"' in stops[0]["what"]
            assert [stop for stop in stops if stop["outline"] < 2 or not stop["visible"]] == [], scheme
            assert not any("website" in stop["what"] for stop in stops)


def test_the_page_and_its_files_are_light_and_its_own(browser: Browser, state: str) -> None:
    with opened(browser, own=True) as page:
        responses = answers_to(page)
        found: list[str] = []
        page.on("console", lambda message: found.append(message.text))
        see(page, state)
        files = {each.url for each in responses if each.request.resource_type != "document"}
        sizes = [len(brotli.compress(page.request.get(url).body())) for url in files]
        assert len(brotli.compress(page.content().encode())) + sum(sizes) <= MOST_BYTES
        assert {urlsplit(each.url).netloc for each in responses} == {urlsplit(page.url).netloc}
        assert page.context.cookies() == []
        assert [text for text in found if "status of" not in text] == []


def test_arabic_is_read_from_right_to_left(browser: Browser, local_run: LocalRun) -> None:
    with settled(local_run, languages=["en", "ar"]), opened(browser, viewport=NARROW, locale="ar") as page:
        with_large_text(page)
        page.goto(f"{local_run.url}/complain?site=demo-gb&lang=ar")
        assert page.locator("main").evaluate("one => getComputedStyle(one).direction") == "rtl"
        assert not is_too_wide(page)
        assert violations(page) == []


def test_in_forced_colours_what_carries_meaning_stays(seen: Page) -> None:
    page = usual(seen, forced_colors="active")
    framed = page.locator("main [enterkeyhint], main textarea:visible, main button, .errors")
    widths = framed.evaluate_all("all => all.map(one => parseFloat(getComputedStyle(one).borderTopWidth))")
    assert min(widths, default=1) >= 1
    assert violations(page) == []


def test_nothing_moves_for_who_wants_no_motion(seen: Page) -> None:
    assert longest_motion(usual(seen, reduced_motion="reduce")) <= 0.05


def test_it_prints_without_controls_and_dark_on_white(seen: Page) -> None:
    page = usual(seen, media="print")
    assert visible(page, "button, input, textarea, select, nav, .skip") == 0
    for scheme in each_scheme(page):
        assert colours(page, "body") == ("rgb(0, 0, 0)", "rgb(255, 255, 255)"), scheme


def test_the_printed_success_holds_reference_promises_and_address(
    browser: Browser, local_run: LocalRun
) -> None:
    sender = Sender(local_run)
    sender.follow(sent := sender.send())
    opening = f"&t={sender.cookie.partition('=')[2]}"
    with opened(browser, local_run.url + sent.headers["Location"] + opening) as page:
        page.emulate_media(media="print")
        expect(page.locator(".reference")).to_be_visible()
        expect(page.locator("main time")).to_have_count(2)
        expect(page.get_by_text(f"{local_run.url}/status/C-")).to_be_visible()


@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without scripts"])
@pytest.mark.iso10002("4 accessibility: keyboard")
def test_it_is_filled_in_and_sent_by_keyboard_alone(
    browser: Browser, moving_run: LocalRun, scripts: bool
) -> None:
    with opened(browser, f"{moving_run.url}/complain?site=demo&lang=en", java_script_enabled=scripts) as page:
        to(page, "#email")
        page.keyboard.type("nobody")
        to(page, "main button")
        page.keyboard.press("Enter")
        page.wait_for_url("**/complain?**")
        expect(page).to_have_title("Error: Make a complaint – Demo Shop")
        expect(page.locator(".errors")).to_be_focused()
        page.keyboard.press("Tab")
        page.keyboard.press("Enter")
        expect(page.locator("#email")).to_be_focused()
        page.keyboard.press("Control+A")
        page.keyboard.type(address())
        to(page, "#description")
        page.keyboard.type("The lamp came in pieces.")
        to(page, "#consent")
        page.keyboard.press("Space")
        assert moving_run.call("POST", "/_local/clock", WAIT).status == 200
        to(page, "main button")
        page.keyboard.press("Enter")
        page.wait_for_url("**/status/C-*?**")
        expect(page.get_by_role("heading", level=1)).to_have_text("We have your complaint")
        reference = page.locator(".reference").inner_text()
        page.reload()
        expect(page.locator(".reference")).to_have_text(reference)


@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "none"])
def test_words_that_were_not_taken_are_there_for_who_goes_back(
    browser: Browser, local_run: LocalRun, scripts: bool
) -> None:
    words = "too many words " * 20_000
    where = f"{local_run.url}/complain?site=demo&lang=en"
    with opened(browser, where, java_script_enabled=scripts) as page:
        page.locator("#description").fill(words)
        page.get_by_role("button", name="Send complaint").click()
        expect(page.get_by_text("What you typed is still in the form")).to_be_visible()
        page.go_back()
        expect(page.locator("#description")).to_have_value(words)


def to(page: Page, selector: str) -> None:
    """Goes on by Tab until something has the focus."""
    for _ in range(60):
        page.keyboard.press("Tab")
        if page.locator(selector).evaluate("one => one === document.activeElement"):
            return
    raise AssertionError(f"Tab does not lead to {selector}")
