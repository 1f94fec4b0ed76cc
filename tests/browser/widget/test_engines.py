"""One journey in the other two engines: open by keyboard, send, read the reference, close, focus back."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.browser.widget import other_browsers
from tests.browser.widget.embedding import markup, tag
from tests.browser.widget.host_page import Hosts
from tests.browser.widget.other_browsers import ENTER, ESCAPE, TAB, Remote
from tests.local_run import LocalRun

ROOT = "document.querySelector('answerable-widget')?.shadowRoot"
FOCUSED = f"({ROOT}?.activeElement)"


@pytest.fixture(params=["firefox", "webkit"])
def remote(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Remote]:
    """Each engine that is installed here."""
    if request.param == "firefox":
        if not other_browsers.has_firefox():
            pytest.skip("no firefox-esr here: apt-get install firefox-esr")
        with other_browsers.firefox(tmp_path) as running:
            yield running
    else:
        if not other_browsers.has_webkit():
            pytest.skip("no WebKit here: apt-get install webkitgtk-webdriver xvfb xauth")
        with other_browsers.webkit() as running:
            yield running


def tab_to(remote: Remote, id: str) -> None:
    """Goes on by the Tab key until the element with this id has the focus."""
    for _ in range(20):
        if remote.run(f"{FOCUSED}?.id") == id:
            return
        remote.press(TAB)
    pytest.fail(f"{id} is not reached by the keyboard")


def test_a_complaint_is_made_by_keyboard_in_every_engine(
    remote: Remote, local_run: LocalRun, websites: Hosts
) -> None:
    remote.go(websites.serve(markup(tag(local_run.url))))
    remote.until(f"{ROOT}?.querySelector('button')")
    for _ in range(5):
        if remote.run(f"!!{FOCUSED}"):
            break
        remote.press(TAB)
    remote.press(ENTER)
    remote.until(f"{FOCUSED}?.id === 'email'")
    remote.press("ada@example.org")
    tab_to(remote, "description")
    remote.press("The lamp arrived in four pieces.")
    tab_to(remote, "consent")
    remote.press(" ", TAB, ENTER)
    remote.until(f"{ROOT}.querySelector('.reference bdi')")
    assert re.fullmatch(
        r"C-\w{5}-\w{5}-\w", remote.run(f"{ROOT}.querySelector('.reference bdi').textContent")
    )
    assert remote.run(f"{FOCUSED}?.id") == "heading"
    remote.press(ESCAPE)
    remote.until(f"!{ROOT}.querySelector('dialog').open")
    assert remote.run(f"{FOCUSED}?.textContent") == "Make a complaint"
