"""What somebody does on the page of a complaint: with and without scripts, by keyboard alone, with files."""

import json
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, Page, Request, Route, expect

from tests.attachments.samples import PNG, SVG
from tests.browser.kept_contexts import opened
from tests.browser.navigation import enter, follow
from tests.journeys.steps import complain
from tests.local_run import LocalRun
from tests.pages.page_client import OnThePage

MOST_TABS = 80
scripts = pytest.mark.parametrize("java_script_enabled", [True, False], ids=["scripts", "no-scripts"])


@pytest.fixture
def status_page(local_run: LocalRun) -> OnThePage:
    return OnThePage(local_run)


def address(status_page: OnThePage) -> str:
    """The link of the mail."""
    return f"{status_page.run.url}{status_page.path}?t={status_page.complaint['access']}"


def test_s22_the_token_leaves_the_address_bar_and_a_reload_goes_on(
    browser: Browser, status_page: OnThePage
) -> None:
    with opened(browser, address(status_page)) as page:
        expect(page).to_have_url(f"{status_page.run.url}{status_page.path}")
        page.reload()
        page.wait_for_url(f"**{status_page.path}")
        expect(page.get_by_role("heading", level=1)).to_have_text("Your complaint")
        assert status_page.complaint["access"] not in page.evaluate("() => document.title + location.href")
        follow(page, page.get_by_role("link", name="Türkçe"))
        expect(page.get_by_role("heading", level=1)).to_have_text("Şikâyetiniz")
        expect(page).to_have_url(f"{status_page.run.url}{status_page.path}?lang=tr")
        page.go_back()
        expect(page.get_by_role("heading", level=1)).to_have_text("Your complaint")
        expect(page).to_have_url(f"{status_page.run.url}{status_page.path}")


def test_s22_no_script_can_read_the_token_elsewhere_and_it_goes_with_the_browser(
    browser: Browser, status_page: OnThePage
) -> None:
    """Storages, history and what scripts see of cookies do not have it."""
    with opened(browser, address(status_page)) as page:
        kept = "[{...sessionStorage}, {...localStorage}, history.state, document.cookie]"
        stored = page.evaluate(f"() => JSON.stringify({kept})")
        assert status_page.complaint["access"] not in stored
        [cookie] = page.context.cookies(f"{status_page.run.url}{status_page.path}")
        assert (cookie["path"], cookie["httpOnly"], cookie["expires"]) == (status_page.path, True, -1)


def test_several_complaints_keep_apart_in_one_browser(browser: Browser, local_run: LocalRun) -> None:
    first, second = (OnThePage(local_run, subject=subject) for subject in ("Lamp", "Kettle"))
    with opened(browser, address(first), java_script_enabled=False) as page:
        page.goto(address(second))
        for each, subject in ((first, "Lamp"), (second, "Kettle")):
            page.goto(f"{local_run.url}{each.path}")
            expect(page.get_by_text(subject, exact=True).first).to_be_visible()


def test_s22_no_request_tells_the_token_to_anybody_else(browser: Browser, status_page: OnThePage) -> None:
    asked: list[Request] = []
    with opened(browser, own=True) as page:
        page.on("request", lambda request: asked.append(request))
        page.goto(address(status_page))
        follow(page, page.get_by_role("link", name="How we handle complaints"))
        referrers = [request.all_headers().get("referer", "") for request in asked]
    found = [request.url for request in asked if status_page.complaint["access"] in request.url]
    assert found == [address(status_page)]
    assert {urlsplit(request.url).netloc for request in asked} == {urlsplit(status_page.run.url).netloc}
    assert not [referrer for referrer in referrers if status_page.path in referrer]


def test_a_link_that_opens_nothing_any_more_ends_on_its_page(
    browser: Browser, status_page: OnThePage
) -> None:
    with opened(browser, f"{address(status_page)}x") as page:
        expect(page.get_by_role("heading", level=1)).to_have_text("This link does not open a complaint")
        expect(page).to_have_url(f"{status_page.run.url}{status_page.path}")
        page.reload()
        expect(page.get_by_role("heading", level=1)).to_have_text("This link does not open a complaint")


def walk_to(page: Page, selector: str) -> None:
    """Tabs on until the focus is there."""
    for _ in range(MOST_TABS):
        if page.evaluate("selector => document.activeElement.matches(selector)", selector):
            return
        page.keyboard.press("Tab")
    raise AssertionError(f"{selector} is not reached")


@scripts
def test_by_keyboard_alone_somebody_writes_more_and_refuses_the_decision(
    browser: Browser, status_page: OnThePage, java_script_enabled: bool
) -> None:
    status_page.decide("not_upheld")
    with opened(browser, address(status_page), java_script_enabled=java_script_enabled) as page:
        page.keyboard.press("Tab")
        assert page.evaluate("() => document.activeElement.className") == "skip"
        walk_to(page, "#text")
        page.keyboard.press("Tab")
        enter(page)
        expect(page.get_by_role("alert")).to_be_visible()
        walk_to(page, "[href='#text']")
        page.keyboard.press("Enter")
        walk_to(page, "#text")
        page.keyboard.type("The lid is broken too.")
        page.keyboard.press("Tab")
        enter(page)
        expect(page.get_by_role("status").first).to_have_text("We have your message.")
        expect(page.get_by_role("status").first).to_be_focused()
        walk_to(page, "#refusal")
        page.keyboard.type("I want cups.")
        page.keyboard.press("Tab")
        enter(page)
        expect(page.get_by_role("status").first).to_contain_text("you do not accept our response")
        expect(page.locator("[aria-current=step]")).to_contain_text("Looked at again")


def test_every_stop_shows_where_the_focus_is(browser: Browser, status_page: OnThePage) -> None:
    status_page.decide("not_upheld")
    with opened(browser, address(status_page)) as page:
        stops = 0
        for _ in range(MOST_TABS):
            page.keyboard.press("Tab")
            style = page.evaluate(
                "() => { const one = document.activeElement; if (one === document.body) return null;"
                " const look = getComputedStyle(one); return [look.outlineStyle, look.outlineWidth] }"
            )
            if style is None:
                break
            stops += 1
            assert style == ["solid", "3px"]
        assert stops > 10


def test_what_was_done_is_said_once(browser: Browser, status_page: OnThePage) -> None:
    with opened(browser, address(status_page)) as page:
        page.locator("#text").fill("The lid too.")
        page.get_by_role("button", name="Send message").click()
        expect(page.locator(".done[role]")).to_have_text("We have your message.")
        expect(page).to_have_url(f"{status_page.run.url}{status_page.path}?lang=en")
        page.reload()
        expect(page.get_by_text("The lid too.")).to_be_visible()
        expect(page.locator(".done[role]")).to_have_count(0)


@scripts
def test_withdrawing_asks_once_more_and_says_what_it_means(
    browser: Browser, status_page: OnThePage, java_script_enabled: bool
) -> None:
    with opened(browser, address(status_page), java_script_enabled=java_script_enabled) as page:
        follow(page, page.get_by_role("link", name="Withdraw my complaint"))
        expect(page.get_by_role("heading", level=1)).to_have_text("Withdraw your complaint?")
        page.get_by_role("button", name="Withdraw complaint").click()
        expect(page.get_by_role("status")).to_have_text("You have withdrawn your complaint.")


@scripts
def test_everything_about_me_is_a_file(
    browser: Browser, status_page: OnThePage, java_script_enabled: bool
) -> None:
    with opened(browser, address(status_page), java_script_enabled=java_script_enabled) as page:
        with page.expect_download() as download:
            page.get_by_role("button", name="Download everything").click()
        assert download.value.suggested_filename == f"{status_page.complaint['reference']}.json"
        data = json.loads(Path(download.value.path()).read_bytes())
        assert data["complaint"]["description"] == "It came in pieces."
        can_print = page.get_by_role("button", name="Print this page")
        expect(can_print).to_have_count(1 if java_script_enabled else 0)


def choose(page: Page, name: str, content: bytes) -> None:
    """Chooses a file, as it is called and said to be."""
    page.locator("#files").set_input_files({"name": name, "mimeType": "image/png", "buffer": content})


def test_a_file_is_sent_with_its_progress_in_words_and_is_there_then(
    browser: Browser, status_page: OnThePage
) -> None:
    with opened(browser, address(status_page)) as page:
        choose(page, "Kırık lamba.png", PNG)
        row = page.locator(".uploads li")
        expect(row.get_by_role("status")).to_have_text("We have this file.")
        expect(row.locator("bdi")).to_have_text("Kırık lamba.png")
        expect(row.get_by_role("progressbar")).to_be_hidden()
        page.reload()
        expect(page.get_by_role("link", name="Kırık lamba.png")).to_be_visible()


def test_a_file_that_is_refused_says_why(browser: Browser, status_page: OnThePage) -> None:
    with opened(browser, address(status_page)) as page:
        choose(page, "drawing.png", SVG)
        expect(page.locator(".uploads li")).to_contain_text("We could not keep this file. The file is not")


def test_a_file_that_is_lost_on_the_way_can_be_tried_again(browser: Browser, status_page: OnThePage) -> None:
    lost: list[str] = []

    def lose_one(route: Route) -> None:
        if lost:
            route.continue_()
        else:
            lost.append(route.request.url)
            route.abort()

    with opened(browser, address(status_page)) as page:
        page.route("**/_local/files/**", lose_one)
        choose(page, "lamp.png", PNG)
        again = page.get_by_role("button", name="Try again")
        again.click()
        expect(page.locator(".uploads").get_by_role("status")).to_have_text("We have this file.")


def test_without_scripts_files_come_by_mail(browser: Browser, status_page: OnThePage) -> None:
    with opened(browser, address(status_page), java_script_enabled=False) as page:
        expect(page.get_by_text("answer our email and attach them")).to_be_visible()
        expect(page.locator("#files")).to_be_hidden()


@scripts
def test_a_lost_link_is_asked_for_from_the_page_that_says_so(
    browser: Browser, local_run: LocalRun, java_script_enabled: bool
) -> None:
    complaint = complain(local_run)
    start = f"{local_run.url}/status/{complaint.reference}"
    with opened(browser, start, java_script_enabled=java_script_enabled) as page:
        follow(page, page.get_by_role("link", name="Ask for a new link"))
        page.get_by_label("Reference").fill(complaint.reference)
        page.get_by_label("Email address").fill(complaint.email)
        page.get_by_role("button", name="Send the link").click()
        expect(page.get_by_role("status")).to_contain_text("its link is on its way")
    assert any("Here is your link again" in mail["text"] for mail in complaint.letters())


def test_words_that_could_not_be_sent_are_there_again_and_go_once_they_were(
    browser: Browser, status_page: OnThePage
) -> None:
    with opened(browser, address(status_page)) as page:
        page.locator("#text").fill("The lamp is blue.")
        page.route(f"**{status_page.path}?lang=*", lambda route: _out_of_order(route))
        page.get_by_role("button", name="Send message").click()
        expect(page.get_by_role("heading", level=1)).to_have_text("Later")
        page.unroute_all()
        page.go_back()
        expect(page.locator("#text")).to_have_value("The lamp is blue.")
        page.get_by_role("button", name="Send message").click()
        expect(page.get_by_role("status")).to_be_visible()
        page.wait_for_function("sessionStorage.length === 0")


def _out_of_order(route: Route) -> None:
    if route.request.method == "POST":
        route.fulfill(status=503, content_type="text/html", body="<h1>Later</h1>")
    else:
        route.continue_()
