"""The browser: the machine's Chromium, or the one that was brought, driven by Playwright."""

import os
import shutil
from base64 import b64decode
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, Page, sync_playwright

from infrastructure.screenshots.browser import BROUGHT

# For each invisible window, the browser would draw the lists of its address bar as pages of their own:
# half of what opening one costs.
_OF_ITS_WINDOW = ("PreloadTopChromeWebUI", "WebUIOmniboxAimPopup", "WebUIOmniboxPopup")
# What Playwright switches off: a browser that is told twice takes the last word.
_BY_PLAYWRIGHT = (
    "AvoidUnnecessaryBeforeUnloadCheckSync", "DestroyProfileOnBrowserClose", "HttpsUpgrades",
    "HttpsFirstBalancedModeAutoEnable", "LensOverlay", "MediaRouter", "PaintHolding",
    "ThirdPartyStoragePartitioning", "AvoidCorsURLLoaderRestartOnRedirect", "OptimizationHints",
    "NetworkTimeServiceQuerying", "AimEnabled", "PreconnectToSearch",
)  # fmt: skip
# Root, as which containers run tests, cannot use the sandbox; a small /dev/shm ends the browser.
_ARGUMENTS = (
    "--no-sandbox",
    "--disable-dev-shm-usage",
    "--disable-gpu",
    # A page begins in the process of those that its context shows already: to start one costs as much as to
    # load a page. Pages of different sites, and of different contexts, have processes of their own still.
    "--renderer-process-limit=1",
    f"--disable-features={','.join((*_BY_PLAYWRIGHT, *_OF_ITS_WINDOW))}",
)

_NAMES = ("chromium-headless-shell", "chromium")

PHONE = {"width": 390, "height": 844}
DESKTOP = {"width": 1280, "height": 900}

HEAVIEST, QUALITY = 120_000, 80
"""Bytes that a picture of the documentation may have: it stays in the repository for good. As PNG it has
twice as many, and looks the same."""
TALLEST = 2_000
"""Pixels after which a long page is cut off in a picture."""


def program() -> str | None:
    """Where the browser is: `CHROMIUM` names it, it is found by its name, or it was brought.

    The same browser without windows comes first: it opens a page for half the cost of an invisible window.
    """
    found = (shutil.which(name) for name in (*_NAMES, BROUGHT))
    return os.environ.get("CHROMIUM") or next(filter(None, found), None)


@contextmanager
def chromium(path: str, *switches: str) -> Iterator[Browser]:
    """A running browser, with more switches of its command line."""
    with sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=path, args=[*_ARGUMENTS, *switches])
        yield browser
        browser.close()


@contextmanager
def opened(browser: Browser, address: str | None = None, **options: Any) -> Iterator[Page]:
    """A page of a context of its own, at `address`; `options` are those of `Browser.new_context`."""
    with browser.new_context(**options) as context:
        page = context.new_page()
        if address is not None:
            page.goto(address)
        yield page


def take_picture(page: Page, file: Path, *, whole: bool = True) -> None:
    """The page as a small WebP, down to `TALLEST`, or only what the window shows.

    Raises `ValueError` for one that is too heavy.
    """
    if whole:
        height = min(page.evaluate("() => document.documentElement.scrollHeight"), TALLEST)
        page.set_viewport_size({"width": page.evaluate("() => innerWidth"), "height": height})
    session = page.context.new_cdp_session(page)
    taken = session.send("Page.captureScreenshot", {"format": "webp", "quality": QUALITY})
    content = b64decode(taken["data"])
    if len(content) > HEAVIEST:
        raise ValueError(f"{file} has {len(content)} bytes, more than {HEAVIEST}")
    file.write_bytes(content)
