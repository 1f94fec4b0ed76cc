"""The frame of the desk around its pages: for people who see, read or point differently; nothing moves."""

from playwright.sync_api import Browser

from tests.browser.signing_in import signed_in
from tests.local_run import LocalRun


def test_more_contrast_leaves_no_soft_words_and_no_faint_lines(browser: Browser, local_run: LocalRun) -> None:
    token = "name => getComputedStyle(document.documentElement).getPropertyValue(name).trim()"
    with signed_in(browser, local_run, contrast="more") as page:
        soft, line = (page.evaluate(token, name) for name in ("--soft", "--line"))
        assert (soft, line) == tuple(page.evaluate(token, name) for name in ("--ink", "--edge"))
    with signed_in(browser, local_run) as page:
        assert page.evaluate(token, "--soft") != page.evaluate(token, "--ink")
