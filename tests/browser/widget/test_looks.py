"""How the widget looks and speaks, to people who see, hear, read or move differently."""

import pytest
from playwright.sync_api import Browser, Route, expect

from tests.browser.widget.embedding import Shop, markup, tag, visiting
from tests.browser.widget.host_page import Hosts
from tests.local_run import LocalRun

HEADINGS = {
    "en": "Make a complaint",
    "tr": "Şikâyette bulunun",
    "de": "Beschwerde einreichen",
    "fr": "Déposer une réclamation",
    "es": "Presentar una reclamación",
    "ar": "تقديم شكوى",
}
SMALL = """() => [...document.querySelector('answerable-widget').shadowRoot
        .querySelectorAll('button, input, select, textarea, summary, a')]
    .filter(one => one.checkVisibility() && !one.closest('[aria-hidden]'))
    .filter(one => { const box = one.getBoundingClientRect(); return box.width < 44 || box.height < 44 })
    .map(one => one.outerHTML)"""
WIDE = """() => {
    const dialog = document.querySelector('answerable-widget').shadowRoot.querySelector('dialog');
    return [dialog.scrollWidth > dialog.clientWidth, dialog.getBoundingClientRect().right > innerWidth,
            document.documentElement.scrollWidth > innerWidth] }"""
MOVING = """() => [document.querySelector('answerable-widget').shadowRoot, document]
    .flatMap(root => root.getAnimations().map(one => one.effect.getComputedTiming().duration))
    .filter(duration => duration > 50)"""
SHIFTS = """window.shifts = [];
    new PerformanceObserver(list => shifts.push(...list.getEntries().map(one => one.value)))
        .observe({ type: 'layout-shift', buffered: true })"""
WORK = ("ScriptDuration", "LayoutDuration", "RecalcStyleDuration")
LONG_TASK = 0.05
"""Seconds from which browsers call a task long (W3C, Long Tasks)."""
EDGES = """() => [...document.querySelector('answerable-widget').shadowRoot
        .querySelectorAll('dialog, button, input, textarea, select, div.wrong')]
    .filter(one => one.type !== 'checkbox' && one.name !== 'website')
    .filter(one => one.checkVisibility())
    .filter(one => parseFloat(getComputedStyle(one).borderTopWidth) < 1)
    .map(one => one.outerHTML)"""


@pytest.mark.parametrize("language", HEADINGS)
def test_it_speaks_the_language_of_the_page(
    browser: Browser, local_run: LocalRun, websites: Hosts, language: str
) -> None:
    with visiting(browser, websites, markup(tag(local_run.url), lang=language)) as shop:
        expect(shop.launcher).to_have_text(HEADINGS[language])
        shop.open()
        expect(shop.dialog.get_by_role("heading", name=HEADINGS[language])).to_be_visible()
        direction = shop.dialog.evaluate("one => getComputedStyle(one).direction")
        assert direction == ("rtl" if language == "ar" else "ltr")


def test_the_line_s_own_language_comes_before_that_of_the_page(
    browser: Browser, local_run: LocalRun, websites: Hosts
) -> None:
    line = tag(local_run.url, 'data-site="demo" data-lang="tr"')
    with visiting(browser, websites, markup(line, lang="de")) as shop:
        expect(shop.launcher).to_have_text(HEADINGS["tr"])


@pytest.mark.parametrize("spoken", ["pl", "des"], ids=["Polish", "Desano, which is not German"])
def test_a_page_in_a_language_that_is_not_spoken_follows_the_browser(
    browser: Browser, local_run: LocalRun, websites: Hosts, spoken: str
) -> None:
    with visiting(browser, websites, markup(tag(local_run.url), lang=spoken), locale="fr-FR") as shop:
        expect(shop.launcher).to_have_text(HEADINGS["fr"])


def test_who_speaks_none_of_our_languages_is_left_to_the_site_s_own(
    browser: Browser, local_run: LocalRun, websites: Hosts
) -> None:
    """The server takes its own language for a tag that it does not speak; no other was asked for."""
    with visiting(browser, websites, markup(tag(local_run.url), lang="fil"), locale="pl-PL") as shop:
        with shop.page.expect_request("**/v1/form?*") as asked:
            shop.page.reload()
        assert not asked.value.url.endswith(tuple(f"lang={language}" for language in HEADINGS))
        expect(shop.launcher).to_have_text(HEADINGS["en"])


def test_the_form_lists_every_language_that_it_speaks(local_run: LocalRun) -> None:
    assert set(local_run.call("GET", "/v1/form?site=demo").json["languages"]) == set(HEADINGS)


@pytest.mark.parametrize("language", ["en", "ar"])
def test_it_fits_a_narrow_screen(
    browser: Browser, local_run: LocalRun, websites: Hosts, language: str
) -> None:
    html = markup(tag(local_run.url), lang=language)
    with visiting(browser, websites, html, viewport={"width": 320, "height": 640}) as shop:
        shop.open()
        assert shop.page.evaluate(WIDE) == [False, False, False]
        shop.send()
        assert shop.page.evaluate(WIDE) == [False, False, False]
        shop.fill()
        shop.send()
        shop.reference()
        assert shop.page.evaluate(WIDE) == [False, False, False]


def test_targets_are_large_enough(browser: Browser, local_run: LocalRun, websites: Hosts) -> None:
    with visiting(
        browser, websites, markup(tag(local_run.url)), viewport={"width": 390, "height": 844}
    ) as shop:
        shop.open()
        shop.dialog.locator("details").first.evaluate("one => { one.open = true }")
        shop.send()
        assert shop.page.evaluate(SMALL) == []


def test_nothing_lies_over_the_form_while_there_is_nothing_to_say(shop: Shop) -> None:
    """What is said while it is sent stands over the form, wherever that is scrolled to."""
    shop.open()
    expect(shop.status).to_be_hidden()


def test_nothing_moves(browser: Browser, local_run: LocalRun, websites: Hosts) -> None:
    with visiting(browser, websites, markup(tag(local_run.url)), reduced_motion="reduce") as shop:
        shop.open()
        shop.send()
        assert shop.page.evaluate(MOVING) == []


def test_forced_colours_keep_every_edge_and_mark(
    browser: Browser, local_run: LocalRun, websites: Hosts
) -> None:
    with visiting(browser, websites, markup(tag(local_run.url)), forced_colors="active") as shop:
        shop.open()
        shop.send()
        assert shop.page.evaluate(EDGES) == []
        wrong = shop.dialog.locator("[aria-invalid=true]").first
        assert wrong.evaluate("one => getComputedStyle(one).borderTopWidth") == "3px"


def test_a_site_chooses_colours_by_custom_properties(
    browser: Browser, local_run: LocalRun, websites: Hosts
) -> None:
    chosen = "--answerable-accent: rgb(120, 0, 80); --answerable-on-accent: white"
    head = f"<style>answerable-widget {{ {chosen} }}</style>"
    with visiting(browser, websites, markup(tag(local_run.url), head=head)) as shop:
        assert shop.launcher.evaluate("one => getComputedStyle(one).backgroundColor") == "rgb(120, 0, 80)"


def test_a_website_that_chooses_none_gets_the_colours_of_its_site(
    browser: Browser, local_run: LocalRun, websites: Hosts
) -> None:
    def coloured(route: Route) -> None:
        """The form as a site with colours of its own gives it."""
        form = route.fetch()
        route.fulfill(response=form, json=form.json() | {"style": "--accent:#0f766e;--on:#ffffff"})

    ground = "one => getComputedStyle(one).backgroundColor"
    own = "<style>:root { --answerable-accent: rgb(120, 0, 80) }</style>"
    for head, colour in (("", "rgb(15, 118, 110)"), (own, "rgb(120, 0, 80)")):
        with visiting(browser, websites, markup("")) as shop:
            shop.page.route("**/v1/form?*", coloured)
            shop.page.goto(websites.serve(markup(tag(local_run.url), head=head)))
            expect(shop.launcher).to_be_visible()
            assert shop.launcher.evaluate(ground) == colour


def test_embedding_moves_nothing_and_holds_nothing_up(
    browser: Browser, local_run: LocalRun, websites: Hosts
) -> None:
    """All that is done for it together is shorter than one long task, in time of the processor: that of a
    clock is longer on a busy machine."""
    with visiting(browser, websites, markup(""), script=SHIFTS, own=True) as shop:
        session = shop.page.context.new_cdp_session(shop.page)
        session.send("Performance.enable", {"timeDomain": "threadTicks"})
        shop.page.goto(websites.serve(markup(tag(local_run.url))))
        expect(shop.launcher).to_be_visible()
        shop.page.wait_for_load_state("networkidle")
        assert shop.page.evaluate("shifts") == []
        spent = {each["name"]: each["value"] for each in session.send("Performance.getMetrics")["metrics"]}
        assert 0 < sum(spent[name] for name in WORK) < LONG_TASK
