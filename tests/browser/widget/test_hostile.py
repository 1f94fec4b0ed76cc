"""A page may be hostile or careless: the widget stays itself, and leaves the page alone."""

from typing import Any

import pytest
from playwright.sync_api import Browser, expect

from tests.browser.widget.embedding import Shop, markup, tag, visiting
from tests.browser.widget.host_page import Hosts
from tests.local_run import LocalRun

UNSET = "<style>*, *::before { all: unset !important }</style>"
HUGE = (
    "<style>html { font-size: 60px } * { font-size: 60px !important; letter-spacing: 1em !important }</style>"
)
PATCHED = """
    Array.prototype.toJSON = () => 'patched';
    Array.prototype.extra = () => {};
    const before = window.fetch;
    window.fetch = function (address, ...more) {
        if (!address.startsWith('http')) throw new TypeError('Only addresses are wrapped.');
        return before.call(this, address, ...more);
    };
"""
LOOKS = """() => [...document.querySelector('answerable-widget').shadowRoot.querySelectorAll('*')]
  .map(one => {
    const { width, height } = one.getBoundingClientRect();
    const style = getComputedStyle(one);
    const said = ['color', 'backgroundColor', 'fontSize', 'fontFamily', 'letterSpacing', 'position'];
    return [one.tagName, Math.round(width), Math.round(height), ...said.map(name => style[name])] })"""
ATTACKS = """() => {
    const root = document.querySelector('answerable-widget').shadowRoot;
    const form = root.querySelector('form'), button = root.querySelector('form > button');
    root.querySelector('#email').value = 'ada@example.org';
    root.querySelector('#description').value = 'Words that nobody meant to send.';
    root.querySelector('#consent').checked = true;
    button.click();
    form.requestSubmit();
    form.requestSubmit(button);
    button.dispatchEvent(new MouseEvent('click', { bubbles: true, cancelable: true, composed: true }));
    form.dispatchEvent(new SubmitEvent('submit', { submitter: button, cancelable: true, bubbles: true }));
    root.querySelector('#email').dispatchEvent(new KeyboardEvent('keydown', { key: 'Enter', bubbles: true }));
}"""
OUTSIDE = """() => JSON.stringify([{...localStorage}, {...sessionStorage}, document.cookie, window.name,
    history.state, location.href, document.documentElement.outerHTML, window.told])"""
PAGE_STYLES = """() => ['body', 'main', 'h1', 'a'].map(name => {
    const style = getComputedStyle(document.querySelector(name));
    return [...style].filter(one => !one.startsWith('--')).map(one => style[one]).join() })"""
GLOBALS = "() => Object.keys(window)"


def looks(browser: Browser, websites: Hosts, run: LocalRun, head: str = "") -> Any:
    """How the launcher and the open form look on a page with this head."""
    with visiting(browser, websites, markup(tag(run.url), head=head)) as shop:
        shop.open()
        return shop.page.evaluate(LOOKS)


@pytest.mark.parametrize("head", [UNSET, HUGE], ids=["unset", "huge"])
def test_a_page_s_styles_do_not_reach_it(
    browser: Browser, local_run: LocalRun, websites: Hosts, head: str
) -> None:
    assert looks(browser, websites, local_run, head) == looks(browser, websites, local_run)


def test_a_page_that_changes_the_language_s_own_parts_does_not_break_it(
    browser: Browser, local_run: LocalRun, websites: Hosts
) -> None:
    html = markup(tag(local_run.url), head=UNSET)
    with visiting(browser, websites, html, script=PATCHED) as shop:
        assert shop.complain()
        assert shop.errors == []


def test_embedded_twice_there_is_one_launcher(browser: Browser, local_run: LocalRun, websites: Hosts) -> None:
    twice = tag(local_run.url) + tag(local_run.url)
    with visiting(browser, websites, markup(twice, head=tag(local_run.url))) as shop:
        expect(shop.launcher).to_have_count(1)
        shop.page.wait_for_load_state("networkidle")
        expect(shop.launcher).to_have_count(1)
        shop.open()


def test_s71_nothing_is_sent_without_the_person_s_own_press(
    browser: Browser, local_run: LocalRun, websites: Hosts
) -> None:
    with visiting(browser, websites, markup(tag(local_run.url), head=UNSET)) as shop:
        shop.open()
        shop.page.evaluate(ATTACKS)
        shop.page.evaluate("Answerable.close(); Answerable.open()")
        expect(shop.dialog.locator("#email")).to_have_value("ada@example.org")
        shop.page.wait_for_load_state("networkidle")
        assert shop.sent() == []
        shop.send()
        assert shop.reference()
        assert len(shop.sent()) == 1


def test_s71_within_a_frame_it_stays_within_the_frame(shop: Shop, websites: Hosts) -> None:
    framed = shop.page.url
    shop.page.goto(websites.serve(f'<iframe src="{framed}" width="900" height="700"></iframe>'))
    inside = shop.page.frame_locator("iframe")
    inside.locator("answerable-widget [data-complaint-open]").click()
    expect(inside.locator("answerable-widget #email")).to_be_focused()
    assert shop.page.locator("dialog").count() == 0
    assert shop.sent() == []


def test_s71_no_token_is_left_where_the_page_keeps_things(
    browser: Browser, local_run: LocalRun, websites: Hosts
) -> None:
    listens = "addEventListener('answerable:sent', ({ detail }) => window.told = detail, true)"
    with visiting(browser, websites, markup(tag(local_run.url)), script=listens) as shop:
        shop.open()
        shop.fill()
        with shop.page.expect_response("**/v1/complaints?*") as answered:
            shop.send()
        reference = shop.reference()
        outside = shop.page.evaluate(OUTSIDE)
        assert reference in outside
        assert answered.value.json()["access"] not in outside


def test_the_widget_leaves_the_host_alone(browser: Browser, local_run: LocalRun, websites: Hosts) -> None:
    head = "<style>:root { --answerable-z-index: 7 }</style>"
    with visiting(browser, websites, markup("", head=head)) as bare:
        styles, names = bare.page.evaluate(PAGE_STYLES), bare.page.evaluate(GLOBALS)
    with visiting(browser, websites, markup(tag(local_run.url), head=head)) as shop:
        shop.open()
        shop.page.keyboard.press("Escape")
        assert shop.page.evaluate(PAGE_STYLES) == styles
        assert set(shop.page.evaluate(GLOBALS)) - set(names) == {"Answerable"}
        assert shop.page.evaluate("[document.styleSheets.length, document.adoptedStyleSheets.length]") == [
            1,
            0,
        ]
        assert shop.launcher.evaluate("one => getComputedStyle(one).zIndex") == "7"
        assert shop.page.evaluate("document.documentElement.outerHTML").count("answerable-widget") == 2


def test_a_dialog_of_the_page_lies_above_the_launcher(
    browser: Browser, local_run: LocalRun, websites: Hosts
) -> None:
    body = "<style>dialog { inset: 0; inline-size: auto; block-size: auto; max-block-size: none }</style>"
    with visiting(browser, websites, markup(tag(local_run.url), body=f"{body}<dialog>Ours</dialog>")) as shop:
        expect(shop.launcher).to_be_visible()
        shop.page.evaluate("document.querySelector('main dialog').showModal()")
        box = shop.launcher.bounding_box()
        assert box
        middle = [box["x"] + box["width"] / 2, box["y"] + box["height"] / 2]
        on_top = shop.page.evaluate("([x, y]) => document.elementFromPoint(x, y).textContent", middle)
        assert on_top == "Ours"
