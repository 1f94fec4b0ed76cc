"""How a member of staff comes to the desk in a real browser: by the provider's page."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from playwright.sync_api import Browser, Page

from infrastructure.screenshots.chromium import opened
from tests.local_run import LocalRun


@contextmanager
def signed_in(
    browser: Browser,
    run: LocalRun,
    path: str = "/desk",
    *,
    name: str = "Deniz",
    role: str = "reviewer",
    **options: Any,
) -> Iterator[Page]:
    """A page of the desk for somebody who is signed in; `options` are those of `Browser.new_context`."""
    with opened(browser, f"{run.url}{path}", **options) as page:
        page.get_by_label("Name").fill(name)
        page.get_by_label("Role").select_option(role)
        page.get_by_role("button", name="Sign in").click()
        page.wait_for_url(f"{run.url}{path}")
        yield page
