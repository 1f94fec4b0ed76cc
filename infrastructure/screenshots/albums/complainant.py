"""What a complainant sees: the widget in a shop, the form as a page, the page of the complaint."""

from collections.abc import Callable, Sequence
from datetime import timedelta
from functools import partial
from pathlib import Path
from typing import NamedTuple

from playwright.sync_api import Browser, Locator, Page, expect

from infrastructure.screenshots.albums.stories import LONGEST, ComplaintTexts, complaints, texts_in
from infrastructure.screenshots.gallery import Section
from infrastructure.screenshots.local_run import TODAY, Stage, stage
from infrastructure.screenshots.page_states import LANGUAGES, Scene, View

TITLE = "Who complains"
WORDS = "Nobody needs an account. On a telephone and on a desk, from the left and from the right."

TYPING = timedelta(seconds=5)
"""The form on a page takes nothing from who sends it faster than a person types."""

PHONES = tuple(View(language, "phone") for language in LANGUAGES)
USUAL = (*PHONES, View("en", "desktop"))
WITH_DARK = (*USUAL, View("en", "phone", "dark"))


class Cast(NamedTuple):
    """The run, and what was complained of in it: by stage, then by language."""

    stage: Stage
    complaints: dict[str, dict[str, dict[str, str]]]


def take(browser: Browser, folder: Path) -> None:
    """All scenes, in one run."""
    with stage(TODAY - LONGEST) as run:
        cast = Cast(run, complaints(run))
        for scene in SCENES:
            scene.take(browser, folder, cast)


def _shop(page: Page, cast: Cast, language: str) -> None:
    page.goto(f"{cast.stage.shop}?lang={language}")
    expect(_launcher(page)).to_be_visible()


def _open(page: Page, cast: Cast, language: str) -> None:
    _shop(page, cast, language)
    _launcher(page).click()
    expect(_dialog(page).locator("#email")).to_be_focused()


def _widget_errors(page: Page, cast: Cast, language: str) -> None:
    _open(page, cast, language)
    _dialog(page).locator("form > button").click()
    expect(_dialog(page).locator("div.wrong")).to_be_visible()


def _widget_offline(page: Page, cast: Cast, language: str) -> None:
    _open(page, cast, language)
    _fill(_dialog(page), texts_in(language))
    page.context.set_offline(True)
    _dialog(page).locator("form > button").click()
    found = _dialog(page).locator("form > p[aria-hidden]").last
    expect(found).not_to_be_empty(timeout=20_000)
    found.scroll_into_view_if_needed()


def _widget_success(page: Page, cast: Cast, language: str) -> None:
    _open(page, cast, language)
    _fill(_dialog(page), texts_in(language))
    _dialog(page).locator("form > button").click()
    expect(_dialog(page).locator(".reference bdi")).to_be_visible(timeout=20_000)


def _form(page: Page, cast: Cast, language: str) -> None:
    _at("/complain?site=demo&")(page, cast, language)


def _form_errors(page: Page, cast: Cast, language: str) -> None:
    _form(page, cast, language)
    page.locator("#email").fill("ada")
    page.locator("main form button").click()
    expect(page.get_by_role("alert")).to_be_visible()


def _form_sent(page: Page, cast: Cast, language: str) -> None:
    _form(page, cast, language)
    _fill(page.locator("main"), texts_in(language))
    cast.stage.wait(TYPING)
    page.locator("main form button").click()
    page.wait_for_url("**/complain/done?**")


def _status(at: str, **query: str) -> Callable[[Page, Cast, str], None]:
    """Opens the page of the complaint at a stage by the link of its mail."""

    def see(page: Page, cast: Cast, language: str) -> None:
        page.goto(cast.stage.status(cast.complaints[at][language], lang=language, **query))

    return see


def _at(path: str) -> Callable[[Page, Cast, str], None]:
    """Opens a page of the product; `path` ends where the language is asked for."""

    def see(page: Page, cast: Cast, language: str) -> None:
        page.goto(f"{cast.stage.url}{path}lang={language}")

    return see


def _launcher(page: Page) -> Locator:
    return page.locator("answerable-widget [data-complaint-open]")


def _dialog(page: Page) -> Locator:
    return page.locator("answerable-widget dialog")


def _fill(form: Locator, words: ComplaintTexts) -> None:
    form.locator("#email").fill(words.email)
    form.locator("#description").fill(words.description)
    form.locator("#consent").check()


WIDGET = partial(Scene[Cast], views=USUAL, whole=False)
PAGE = partial(Scene[Cast], views=USUAL)
SCENES: tuple[Scene[Cast], ...] = (
    PAGE("home", "Where an installation begins: whom to complain to, and what else there is", see=_at("/?")),
    WIDGET("shop", "A shop that embeds the form by one line", see=_shop),
    WIDGET("widget-open", "The form in a dialog before the shop", see=_open, views=WITH_DARK),
    WIDGET("widget-errors", "The dialog says what is missing, above and beside", see=_widget_errors),
    WIDGET("widget-offline", "Sent without a network: it is kept until there is one", see=_widget_offline),
    WIDGET(
        "widget-success",
        "The complaint is there: its reference, its dates",
        see=_widget_success,
        views=WITH_DARK,
    ),
    PAGE("complain-empty", "The same form as a page, which needs no script", see=_form),
    PAGE("complain-errors", "The page says what is wrong and keeps what was typed", see=_form_errors),
    PAGE("complain-sent", "The complaint is there, on a page to print", see=_form_sent, views=WITH_DARK),
    PAGE("status-received", "The page of a complaint that was just received", see=_status("received")),
    PAGE("status-waiting", "The same when a question waits for an answer", see=_status("waiting")),
    PAGE("status-answered", "The same with the decision", see=_status("answered"), views=WITH_DARK),
    PAGE("status-closed", "The same when it is closed", see=_status("closed")),
    PAGE(
        "status-withdraw",
        "Who wants to withdraw is told first what it means",
        see=_status("received", ask="withdraw"),
    ),
    PAGE("status-lost", "The link was lost: a new one comes by mail", see=_at("/status?")),
    PAGE("procedure-published", "The published procedure of a site", see=_at("/procedure?site=demo&")),
    PAGE("failure-unknown", "No such form: what to do instead", see=_at("/complain?site=nobody&")),
)
SECTIONS: Sequence[Section] = [scene.section() for scene in SCENES]
