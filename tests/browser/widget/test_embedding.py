"""The widget in other people's pages: it works under every policy, costs little, and leaves no trace."""

import re

import brotli
import pytest
from playwright.sync_api import Browser, Page, expect

from infrastructure.statics.widget import widget_files
from infrastructure.statics.write import TEMPLATES
from tests.browser.widget.embedding import NONCE, POLICIES, Shop, markup, tag, visiting
from tests.browser.widget.host_page import Hosts
from tests.local_run import LocalRun

LOADER_BYTES, ALL_BYTES, REQUESTS = 1_024, 6_144, 2
TRACES = "[document.cookie, localStorage.length, sessionStorage.length]"


def type_it(page: Page, *keys: str) -> None:
    """Goes from field to field by the keyboard alone; what is no key is text."""
    for key in keys:
        if key in ("Tab", "Enter", "Space", "Shift+Tab"):
            page.keyboard.press(key)
        else:
            page.keyboard.insert_text(key)


@pytest.mark.parametrize("policy", POLICIES)
def test_a_complaint_is_made_by_keyboard_alone_under_every_policy(
    browser: Browser, local_run: LocalRun, websites: Hosts, policy: str
) -> None:
    nonce = NONCE if policy == "strict" else ""
    html, found = markup(tag(local_run.url, nonce=nonce)), POLICIES[policy].format(api=local_run.url)
    with visiting(browser, websites, html, policy=found) as shop:
        expect(shop.launcher).to_be_visible()
        type_it(shop.page, "Tab", "Tab")
        shop.has_focus("Make a complaint")
        type_it(shop.page, "Enter")
        expect(shop.dialog.locator("#email")).to_be_focused()
        type_it(shop.page, "ada@example.org", "Tab", "Tab", "The lamp arrived in four pieces.")
        while shop.focused != "consent":
            type_it(shop.page, "Tab")
        type_it(shop.page, "Space", "Tab", "Enter")
        assert re.fullmatch(r"C-\w{5}-\w{5}-\w", shop.reference())
        expect(shop.dialog.get_by_role("heading", name="We have your complaint")).to_be_focused()
        assert (shop.violations, shop.console, shop.errors) == ([], [], [])


def test_it_weighs_less_than_a_picture_of_its_button() -> None:
    sizes = {
        name: len(brotli.compress(content, quality=11)) for name, content in widget_files(TEMPLATES).items()
    }
    loader = sizes.pop("widget.js")
    assert loader <= LOADER_BYTES
    assert {name: size for name, size in sizes.items() if loader + size > ALL_BYTES} == {}


def test_little_is_asked_for_before_it_is_opened(shop: Shop, local_run: LocalRun) -> None:
    expect(shop.launcher).to_be_visible()
    shop.page.wait_for_load_state("networkidle")
    assert len([asked for asked in shop.requests if asked.url.startswith(local_run.url)]) <= REQUESTS


def test_a_site_may_host_the_files_itself(browser: Browser, local_run: LocalRun, websites: Hosts) -> None:
    own = f"{websites.host('own', widget_files(TEMPLATES))}"
    line = tag(own, f'data-site="demo" data-api="{local_run.url}/"')
    with visiting(browser, websites, markup(line), policy=f"script-src {websites.origin}") as shop:
        assert shop.complain()
        assert not [asked for asked in shop.requests if asked.url.startswith(f"{local_run.url}/widget")]


def test_in_the_head_of_a_page_it_waits_for_the_body(
    browser: Browser, local_run: LocalRun, websites: Hosts
) -> None:
    line = tag(local_run.url).replace(" async", "")
    with visiting(browser, websites, markup("", head=line)) as shop:
        shop.open()
        assert shop.errors == []


CHANGES = {
    "replaced": "document.body.replaceWith(next)",
    "emptied": "document.body.replaceChildren(...next.childNodes)",
    "swapped": "document.documentElement.replaceChild(next, document.body)",
}
"""How programs that change a page without a load (Turbo, pjax, Swup, htmx) put the next one in its place."""
_NEXT = """line => { const next = document.createElement("body");
    const script = document.createElement("script");
    Object.assign(script, { src: line, async: true }).dataset.site = "demo";
    const own = document.createElement("button");
    Object.assign(own, { id: "next", textContent: "Not happy?" }).dataset.complaintOpen = "";
    next.append(own, script);
    return new Promise((loaded) => { script.onload = loaded; %s }) }"""


@pytest.mark.parametrize("way", CHANGES)
def test_its_button_is_there_once_after_a_page_changed_without_a_load(
    browser: Browser, local_run: LocalRun, websites: Hosts, way: str
) -> None:
    policy = POLICIES["hosts"].format(api=local_run.url)
    heard = "addEventListener('answerable:open', () => { window.opened = (window.opened ?? 0) + 1 }, true)"
    with visiting(browser, websites, markup(tag(local_run.url)), policy=policy, script=heard) as shop:
        shop.open()
        shop.page.keyboard.press("Escape")
        shop.page.evaluate(_NEXT % CHANGES[way], f"{local_run.url}/widget.js")
        assert shop.page.locator("answerable-widget").count() == 1
        shop.page.locator("#next").click()
        expect(shop.dialog.locator("#email")).to_be_focused()
        shop.page.keyboard.press("Escape")
        shop.page.evaluate("Answerable.open()")
        shop.page.keyboard.press("Escape")
        assert shop.complain()
        assert shop.page.evaluate("window.opened") == 4
        assert (shop.violations, shop.errors) == ([], [])


def test_it_works_under_a_path_prefix(browser: Browser, local_run: LocalRun, websites: Hosts) -> None:
    with visiting(browser, websites, markup(tag(f"{local_run.url}/api"))) as shop:
        assert shop.complain()
        ours = [asked.url for asked in shop.requests if asked.url.startswith(local_run.url)]
        assert [url for url in ours if not url.startswith(f"{local_run.url}/api/")] == []


def test_a_part_that_does_not_come_leads_to_the_form_as_a_page(shop: Shop, local_run: LocalRun) -> None:
    shop.page.route("**/widget/*.js", lambda route: route.abort())
    with shop.page.expect_popup() as opened:
        shop.launcher.click()
    expect(opened.value).to_have_url(re.compile(f"^{re.escape(local_run.url)}/complain\\?site=demo"))


def test_s73_nothing_is_asked_of_another_host_and_nothing_is_left(
    shop: Shop, local_run: LocalRun, websites: Hosts
) -> None:
    shop.complain()
    assert shop.hosts() == {
        f"localhost:{websites.origin.rpartition(':')[2]}",
        f"127.0.0.1:{local_run.port}",
    }
    assert shop.page.evaluate(TRACES) == ["", 0, 0]
    assert shop.page.context.cookies() == []
