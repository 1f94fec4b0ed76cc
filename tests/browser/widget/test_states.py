"""What the widget shows in each of its states."""

import json
from typing import Any

import pytest
from playwright.sync_api import Browser, Route, expect

from tests.browser.page_checks import violations_in_each_scheme
from tests.browser.widget.embedding import Held, Shop, markup, tag, visiting
from tests.browser.widget.host_page import Hosts
from tests.local_run import LocalRun

OWN_BUTTON = '<button id="own" data-complaint-open>Not happy?</button>'
FORM = "**/v1/form?*"


def changed(**fields: Any) -> Any:
    """Answers a call as the server does, but for these fields."""

    def answer(route: Route) -> None:
        got = route.fetch()
        route.fulfill(response=got, json=got.json() | fields)

    return answer


def test_escape_and_close_give_the_focus_back_and_it_opens_again(
    browser: Browser, local_run: LocalRun, websites: Hosts
) -> None:
    with visiting(browser, websites, markup(tag(local_run.url), body=OWN_BUTTON)) as shop:
        shop.open()
        shop.page.keyboard.press("Escape")
        expect(shop.dialog).to_be_hidden()
        shop.has_focus("Make a complaint")
        shop.page.locator("#own").click()
        expect(shop.dialog.locator("#email")).to_be_focused()
        shop.dialog.get_by_role("button", name="Close").click()
        shop.has_focus("own")
        shop.open()


@pytest.mark.iso10002("4 visibility: form")
def test_it_leads_to_the_whole_form_to_that_for_somebody_else_and_to_the_procedure(
    shop: Shop, local_run: LocalRun
) -> None:
    shop.open()
    page = f"{local_run.url}/complain?site=demo&lang=en"
    for name, address in (
        ("Open the form as a page", page),
        ("How we handle complaints", f"{local_run.url}/procedure?site=demo&lang=en"),
        ("Complain for somebody else", f"{page}#behalf_name"),
    ):
        expect(shop.dialog.get_by_role("link", name=name)).to_have_attribute("href", address)
    with shop.page.expect_popup() as other:
        shop.dialog.get_by_role("link", name="Complain for somebody else").click()
    expect(other.value.locator("#behalf_name")).to_be_visible()


def test_tab_never_reaches_the_page_behind(browser: Browser, local_run: LocalRun, websites: Hosts) -> None:
    with visiting(browser, websites, markup(tag(local_run.url), body=OWN_BUTTON)) as shop:
        shop.open()
        reached = set()
        for _ in range(25):
            shop.page.keyboard.press("Tab")
            reached.add(shop.page.evaluate("document.activeElement.localName"))
        assert reached <= {"answerable-widget", "body"}


def test_focus_leaves_a_closed_widget(browser: Browser, local_run: LocalRun, websites: Hosts) -> None:
    html = markup(tag(local_run.url, 'data-site="demo" data-launcher="none"'), body=OWN_BUTTON)
    with visiting(browser, websites, html) as shop:
        shop.page.locator("#own").click()
        expect(shop.dialog.locator("#email")).to_be_focused()
        shop.page.keyboard.press("Escape")
        expect(shop.dialog).to_be_hidden()
        for key in ("Shift+Tab", "Tab", "Tab", "Shift+Tab"):
            shop.page.keyboard.press(key)
            assert shop.page.evaluate("document.activeElement.localName") != "answerable-widget"


def test_the_dialog_opens_before_the_form_is_there(
    browser: Browser, local_run: LocalRun, websites: Hosts
) -> None:
    with visiting(browser, websites, markup("")) as shop:
        held = Held(shop.page)
        shop.page.route(FORM, held.add)
        shop.page.goto(websites.serve(markup(tag(local_run.url), body=OWN_BUTTON)))
        shop.page.locator("#own").click()
        expect(shop.dialog.get_by_role("heading", name="Make a complaint")).to_be_visible()
        expect(shop.dialog.get_by_role("button", name="Close")).to_be_visible()
        expect(shop.dialog.get_by_role("status")).to_have_text("Loading…")
        held.first().continue_()
        expect(shop.dialog.locator("#email")).to_be_focused()
        assert "Loading…" not in shop.dialog.inner_text()


@pytest.mark.parametrize("failure", ["lost", "broken"])
def test_without_an_answer_it_leads_to_the_form_as_a_page(
    browser: Browser, local_run: LocalRun, websites: Hosts, failure: str
) -> None:
    with visiting(browser, websites, markup("")) as shop:
        fails = {"lost": lambda route: route.abort(), "broken": lambda route: route.fulfill(status=503)}
        shop.page.route(FORM, fails[failure])
        shop.page.goto(websites.serve(markup(tag(local_run.url))))
        shop.launcher.click()
        expect(shop.dialog.get_by_text("The form could not be loaded.")).to_be_visible()
        expect(shop.dialog.get_by_role("link")).to_have_count(2)
        addresses = [link.get_attribute("href") or "" for link in shop.dialog.get_by_role("link").all()]
        assert [address.partition("?")[0] for address in addresses] == [
            f"{local_run.url}/complain",
            f"{local_run.url}/procedure",
        ]
        shop.page.unroute(FORM)
        shop.dialog.get_by_role("button", name="Try again").click()
        expect(shop.dialog.locator("#email")).to_be_focused()


def test_what_failed_with_the_page_is_asked_for_again_when_it_opens(
    browser: Browser, local_run: LocalRun, websites: Hosts
) -> None:
    with visiting(browser, websites, markup("")) as shop:
        shop.page.route(FORM, lambda route: route.fulfill(status=503))
        shop.page.goto(websites.serve(markup(tag(local_run.url))))
        expect(shop.launcher).to_be_visible()
        shop.page.unroute(FORM)
        shop.open()


def test_a_closed_form_has_no_launcher_and_names_other_ways(
    browser: Browser, local_run: LocalRun, websites: Hosts
) -> None:
    with visiting(browser, websites, markup("")) as shop:
        shop.page.route(FORM, changed(open=False))
        with shop.page.expect_console_message() as found:
            shop.page.goto(websites.serve(markup(tag(local_run.url), body=OWN_BUTTON)))
        assert found.value.type == "info"
        expect(shop.launcher).to_have_count(0)
        shop.page.locator("#own").click()
        expect(shop.dialog.get_by_text("This form is closed.")).to_be_visible()
        expect(shop.dialog.get_by_text("P.O. Box 1, Istanbul")).to_be_visible()
        expect(shop.dialog.get_by_role("link", name="How we handle complaints")).to_be_visible()


def test_an_unknown_site_makes_no_noise(browser: Browser, local_run: LocalRun, websites: Hosts) -> None:
    with visiting(browser, websites, markup("")) as shop:
        with shop.page.expect_console_message(lambda expected: "Failed to load" not in expected.text):
            shop.page.goto(websites.serve(markup(tag(local_run.url, 'data-site="nowhere"'))))
        expect(shop.launcher).to_have_count(0)
        ours = [text for text in shop.console if "Failed to load resource" not in text]
        assert ours == ["info: Answerable: no form for nowhere"]
        assert shop.errors == []


def test_axe_finds_nothing_in_any_state(browser: Browser, local_run: LocalRun, websites: Hosts) -> None:
    body = OWN_BUTTON
    with visiting(browser, websites, markup(tag(local_run.url), body=body)) as shop:
        shop.open()
        assert violations_in_each_scheme(shop.page) == []
        shop.send()
        expect(shop.dialog.get_by_role("alert")).to_be_visible()
        assert violations_in_each_scheme(shop.page) == []
        shop.fill()
        shop.page.context.set_offline(True)
        shop.send()
        expect(shop.status).to_contain_text("You are offline")
        assert violations_in_each_scheme(shop.page) == []
        shop.page.context.set_offline(False)
        shop.reference()
        assert violations_in_each_scheme(shop.page) == []
        for answer in (changed(open=False), lambda route: route.abort()):
            shop.page.unroute_all()
            shop.page.route(FORM, answer)
            shop.page.reload()
            shop.page.locator("#own").click()
            expect(shop.dialog.get_by_role("link").first).to_be_visible()
            assert violations_in_each_scheme(shop.page) == []


def test_a_page_may_fill_in_what_is_still_empty(shop: Shop) -> None:
    shop.open()
    shop.dialog.locator("#subject").fill("My own words")
    shop.page.keyboard.press("Escape")
    shop.page.evaluate("Answerable.prefill({ subject: 'Order 4711', name: 'Ada' })")
    shop.open()
    expect(shop.dialog.locator("#subject")).to_have_value("My own words")
    expect(shop.dialog.locator("#name")).to_have_value("Ada")


def test_a_page_may_call_and_listen(browser: Browser, local_run: LocalRun, websites: Hosts) -> None:
    script = """window.heard = [];
        for (const name of ['open', 'close', 'sent'])
            addEventListener(`answerable:${name}`, event => heard.push([name, event.detail]), true)"""
    line = tag(local_run.url, 'data-site="demo" data-launcher="none"')
    with visiting(browser, websites, markup(line), script=script) as shop:
        shop.page.wait_for_function("window.Answerable")
        shop.page.evaluate("Answerable.prefill({ subject: 'Order 4711', consent: 'on' }); Answerable.open()")
        expect(shop.dialog.locator("#subject")).to_have_value("Order 4711")
        expect(shop.dialog.locator("#consent")).not_to_be_checked()
        expect(shop.launcher).to_have_count(0)
        shop.fill()
        shop.send()
        reference = shop.reference()
        shop.page.evaluate("Answerable.close()")
        shop.page.wait_for_function("heard.length === 3")
        heard = shop.page.evaluate("JSON.stringify(heard)")
        assert json.loads(heard) == [["open", None], ["sent", {"reference": reference}], ["close", None]]
