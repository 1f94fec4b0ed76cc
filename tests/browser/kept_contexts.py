"""Contexts of a browser that go on from test to test: to begin one costs as much as to load a page.

A page of a kept context begins in the process that showed those of earlier tests. It has no cookies but those
that it is given, nothing in its session storage and in the cache of the browser, and nobody listens to it.
What else belongs to a context would stay: whoever writes into the local storage, sets the clock of pages, or
measures what a page costs, takes a context of their `own`.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from playwright.sync_api import Browser, BrowserContext, Page, ViewportSize

from infrastructure.screenshots import chromium

USUAL = ViewportSize(width=1280, height=720)
_OF_A_PAGE = ("color_scheme", "forced_colors", "reduced_motion")
_free: dict[tuple[object, ...], list[BrowserContext]] = {}


@contextmanager
def opened(
    browser: Browser, address: str | None = None, *, own: bool = False, **options: Any
) -> Iterator[Page]:
    """A page at `address`, alone in its context; `options` are those of `Browser.new_context`."""
    if own:
        with chromium.opened(browser, address, **options) as page:
            yield page
        return
    viewport = options.pop("viewport", USUAL)
    media = {name: options.pop(name) for name in _OF_A_PAGE if name in options}
    with _lent(browser, **options) as context:
        page = context.new_page()
        page.set_viewport_size(viewport)
        if media:
            page.emulate_media(**media)
        if address is not None:
            page.goto(address)
        yield page


@contextmanager
def _lent(browser: Browser, storage_state: Any = None, **options: Any) -> Iterator[BrowserContext]:
    """A context with these cookies, which is kept unless something went wrong.

    Its first page, which shows nothing, holds the process for those that come.
    """
    key = (browser, *sorted(options.items()))
    kept = _free.setdefault(key, [])
    context = kept.pop() if kept else browser.new_context(**options)
    try:
        if not context.pages:
            context.new_page()
        if storage_state:
            context.add_cookies(storage_state["cookies"])
        yield context
        for page in context.pages[1:]:
            page.close()
        context.clear_cookies()
        session = context.new_cdp_session(context.pages[0])
        session.send("Network.clearBrowserCache")
        session.detach()
    except BaseException:
        context.close()
        raise
    kept.append(context)
