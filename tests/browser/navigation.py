"""How somebody gets on in a real browser: to the next page before anything of it is read, and along lists."""

from playwright.sync_api import Locator, Page

_CHOSEN = "() => document.activeElement.selectedOptions[0]?.text ?? ''"
MOST_OPTIONS = 200


def follow(page: Page, way: Locator) -> None:
    """Clicks what leads to another page, and waits until all of that page is there."""
    with page.expect_navigation():
        way.click()


def press(page: Page, button: str) -> None:
    """Presses the button that leads to another page, and waits as `follow` does."""
    follow(page, page.get_by_role("button", name=button))


def enter(page: Page) -> None:
    """Presses the Enter key on what leads to another page, and waits as `follow` does."""
    with page.expect_navigation():
        page.keyboard.press("Enter")


def choose_by_arrows(page: Page, start: str) -> None:
    """Chooses the option that begins so, in the list that has the focus.

    Letters would find it as well, but only if each comes within a second of the one before.
    """
    for _ in range(MOST_OPTIONS):
        if page.evaluate(_CHOSEN).startswith(start):
            return
        page.keyboard.press("ArrowDown")
    raise AssertionError(f"no option begins with {start!r}")
