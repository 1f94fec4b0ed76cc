"""How a member of staff comes to the desk in a real browser: by the provider's page."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from playwright.sync_api import Browser, Page, StorageState

from tests.browser.kept_contexts import opened
from tests.browser.navigation import press
from tests.local_run import LocalRun

_sessions: dict[tuple[str, str, str], StorageState] = {}
"""The cookies of who signed in, by the run, the name and the role."""


@contextmanager
def signed_in(
    browser: Browser,
    run: LocalRun,
    path: str = "/desk",
    *,
    name: str = "Deniz",
    role: str = "reviewer",
    anew: bool = False,
    **options: Any,
) -> Iterator[Page]:
    """A page of the desk for somebody who is signed in; `options` are those of `opened`.

    Who signed in before goes on with that session, unless it is over or the person signs in `anew`.
    """
    who = (run.url, name, role)
    stored = None if anew else _sessions.get(who)
    with opened(browser, f"{run.url}{path}", storage_state=stored, **options) as page:
        if page.url != f"{run.url}{path}":
            page.get_by_label("Name").fill(name)
            page.get_by_label("Role").select_option(role)
            page.get_by_role("button", name="Sign in").click()
            page.wait_for_url(f"{run.url}{path}")
            _sessions[who] = StorageState(cookies=page.context.storage_state()["cookies"], origins=[])
        yield page


def unfold_own_menu(page: Page) -> None:
    """Opens what the frame has under one's own name: languages, keyboard shortcuts, signing out."""
    page.locator("#places summary").click()


def sign_out(page: Page) -> None:
    """Signs out by the frame, whose menu is open on a narrow screen."""
    unfold_own_menu(page)
    press(page, "Sign out")
