"""An empty installation is set up in a browser, by clicks alone, until it has its first complaint."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page

from complaints.adapters.i18n.catalogues import Catalogues
from infrastructure.local.seed import FIRST_ADMINISTRATOR
from infrastructure.screenshots.chromium import opened
from infrastructure.statics.write import TEMPLATES
from tests.browser.navigation import follow, press
from tests.browser.page_checks import violations
from tests.local_run import LocalRun, running

Say = Callable[..., str]
PHONE = {"width": 390, "height": 844}
DESK = {"width": 1440, "height": 900}
PERSON = "ada@example.org"
COUNTING = """(() => {
  const add = (name, more) => sessionStorage.setItem(name, Number(sessionStorage.getItem(name) ?? 0) + more);
  const isWritten = (field) => field.matches("textarea, input:not([type=radio], [type=checkbox])");
  add("pages", 1);
  addEventListener("click", () => add("clicks", 1), true);
  addEventListener("input", ({ target }) => {
    add("fields", 1);
    if (isWritten(target)) add("keys", target.value.length);
  }, true);
})()"""
"""Counts in a page what somebody does: nothing is timed."""
KEY, POINT, THINK, READ = 0.5, 1.1, 1.35, 10
"""Seconds of an unpractised typist by the keystroke-level model (Card, Moran and Newell, 1980): for a key, to
point and press, to think before each of both; and to look over a page."""
TEN_MINUTES = 600


@pytest.fixture
def empty(tmp_path: Path) -> Iterator[LocalRun]:
    """An installation as it is after a deployment: nobody is a member, and no site is there."""
    with running(tmp_path / "data", environment={"EMPTY": "1"}) as run:
        yield run


def seconds(page: Page) -> float:
    """How long a person would need for what was done in this tab."""
    names = ("pages", "clicks", "fields", "keys")
    done = {name: float(page.evaluate("(name) => sessionStorage.getItem(name) ?? 0", name)) for name in names}
    acts = done["clicks"] + done["fields"]
    return KEY * done["keys"] + (POINT + THINK) * acts + READ * done["pages"]


def sign_in(page: Page, name: str, role: str) -> None:
    """By the provider's page, which speaks English."""
    page.get_by_label("Name").fill(name)
    page.get_by_label("Role").select_option(role)
    press(page, "Sign in")


def add_site(page: Page, say: Say, language: str) -> None:
    follow(page, page.get_by_role("link", name=say("site_setup.first")))
    typed = {
        "id": "shop",
        "name": "Corner Shop",
        "zone": "Europe/Istanbul",
        "team": "care@corner.example",
        "manager": "head@corner.example",
        "reason": "The shop opens.",
    }
    for name, value in typed.items():
        page.locator(f"main [name={name}]").fill(value)
    page.locator("main [name=language]").select_option(language)
    page.locator(f"main [name=languages][value={language}]").check()
    page.locator("main [name=holidays]").select_option("TR")
    press(page, say("office.add.site"))
    assert say("office.done.add") in page.inner_text("main")


def complain(page: Page, run: LocalRun, say: Say) -> None:
    """Sends the complaint that the last step of the checklist asks for."""
    test = page.locator("details", has_text=say("site_setup.step.test"))
    test.locator("summary").click()
    assert 'data-site="shop"' in test.inner_text()
    follow(page, test.get_by_role("link", name=say("site_setup.go.test")))
    page.locator("[name=name]").fill("Ada Yılmaz")
    page.locator("[name=email]").fill(PERSON)
    page.locator("[name=category]").select_option("delivery.damaged")
    page.locator("[name=subject]").fill("A broken lamp")
    page.locator("[name=description]").fill("The lamp arrived in four pieces.")
    page.locator("[name=consent]").check()
    # A person takes a while.
    assert run.call("POST", "/_local/clock", {"advance": "PT3M"}).status == 200
    with page.expect_navigation():
        page.locator("main form button[type=submit], main form button:not([type])").last.click()


def answer(page: Page, say: Say) -> None:
    """Takes the first case of the queue, decides it and sends the answer."""
    with page.expect_navigation():
        page.locator("button[name=next]").first.click()
    page.locator("[name=finding]").fill("Packed without padding.")
    page.locator("select[name=root_cause]").select_option("procedure_not_followed")
    page.locator("input[name=outcome][value=upheld]").check()
    page.locator("[name=reasons]").fill("We did not pack it well.")
    press(page, say("case.answer.see"))
    press(page, say("case.send.next"))


@pytest.mark.parametrize(("language", "size"), [("en", DESK), ("tr", PHONE)], ids=["en-desk", "tr-phone"])
def test_an_empty_installation_is_set_up_by_clicks_until_its_first_complaint_is_answered(
    browser: Browser, empty: LocalRun, language: str, size: Any
) -> None:
    catalogues = Catalogues(TEMPLATES / "locale")

    def say(msgid: str, **values: object) -> str:
        return catalogues.text(language, msgid, **values)

    with opened(browser, f"{empty.url}/desk?lang={language}", viewport=size, locale=language) as page:
        page.add_init_script(COUNTING)
        sign_in(page, FIRST_ADMINISTRATOR, "admin")
        assert page.url == f"{empty.url}/desk/setup"
        assert page.get_by_role("heading", level=1).inner_text() == say("site_setup.title")
        assert violations(page) == []
        add_site(page, say, language)
        page.goto(f"{empty.url}/desk/setup")
        assert say("site_setup.progress", name="Corner Shop", done=0, steps=8) in page.inner_text("main")
        assert violations(page) == []
        complain(page, empty, say)
        [letter] = empty.mails(PERSON)
        assert "Corner Shop" in letter["from"] + letter["subject"] + letter["text"]
        page.goto(f"{empty.url}/desk/setup")
        assert say("site_setup.progress", name="Corner Shop", done=1, steps=8) in page.inner_text("main")
        pace = seconds(page)
    with opened(browser, f"{empty.url}/desk?lang={language}", viewport=size, locale=language) as page:
        page.add_init_script(COUNTING)
        sign_in(page, FIRST_ADMINISTRATOR, "agent")
        answer(page, say)
        pace += seconds(page)
    assert pace < TEN_MINUTES
    subjects = [mail["subject"] for mail in empty.mails(PERSON)]
    assert len(subjects) == 2, subjects
    assert "We did not pack it well." in empty.mails(PERSON)[-1]["text"]


def test_nobody_else_gets_in_before_or_after_the_first_administrator(
    browser: Browser, empty: LocalRun
) -> None:
    for name in ("Mallory", FIRST_ADMINISTRATOR, "Mallory"):
        with opened(browser, f"{empty.url}/desk") as page:
            sign_in(page, name, "admin")
            assert ("First steps" in page.inner_text("main")) == (name == FIRST_ADMINISTRATOR)
