"""One browser for each process of the tests; a laptop that gets none skips, a build without one fails."""

import os
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, expect

from infrastructure.screenshots.browser import HOW
from infrastructure.screenshots.chromium import chromium, program
from tests.browser.widget.embedding import Shop, markup, tag, visiting
from tests.browser.widget.host_page import Hosts, hosts
from tests.local_run import LocalRun

PATIENCE = 60_000
"""Milliseconds after which what is waited for does not come."""
UNOPTIMISED = "--js-flags=--no-opt --no-maglev"
"""No page lives long enough to gain by it that its scripts are compiled a second and a third time."""


# No test is about time: what comes late on a busy machine is waited for.
expect.set_options(timeout=PATIENCE)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Chromium."""
    found = program()
    if found is None:
        assert not os.environ.get("CI"), "a build must have a browser: make test brings one"
        pytest.skip(f"no browser here: {HOW}")
    with chromium(found, UNOPTIMISED) as running, pytest.MonkeyPatch.context() as patch:
        patch.setattr(running, "new_context", patient(running.new_context))
        yield running


def patient(new_context: Callable[..., BrowserContext]) -> Callable[..., BrowserContext]:
    """Makes contexts that wait as long for a page or an element as `expect` does."""

    def made(**options: Any) -> BrowserContext:
        context = new_context(**options)
        context.set_default_timeout(PATIENCE)
        return context

    return made


@pytest.fixture(scope="session")
def websites() -> Iterator[Hosts]:
    """A web server of other people's pages."""
    with hosts() as found:
        yield found


@pytest.fixture
def shop(browser: Browser, local_run: LocalRun, websites: Hosts) -> Iterator[Shop]:
    """Somebody on a page that embeds the widget by its line, and does no more."""
    with visiting(browser, websites, markup(tag(local_run.url))) as visited:
        yield visited
