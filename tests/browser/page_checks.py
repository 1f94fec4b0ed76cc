"""What a page is judged by: accessibility, width, weight, targets, and where it asks for things."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, Literal

import brotli
from axe_playwright_python import base
from playwright.sync_api import Page, Response, ViewportSize

_PHONE = ViewportSize(width=390, height=844)
_MEDIUM = {"fontSizes": {"standard": 16, "fixed": 13}}
_LARGE = {"fontSizes": {"standard": 32, "fixed": 26}}
_USUAL: dict[str, Any] = {
    "media": "screen",
    "color_scheme": "light",
    "forced_colors": "none",
    "reduced_motion": "no-preference",
}

_COLOURS_READ_ONCE = """(() => {
    const { Color } = axe.commons.color, read = Color.prototype.parseString, known = new Map();
    Color.prototype.parseString = function (text) {
        if (known.has(text)) [this.r, this.g, this.b, this.alpha] = known.get(text);
        else { read.call(this, text); known.set(text, [this.r, this.g, this.b, this.alpha]); }
        return this;
    };
})()"""
AXE_SCRIPT = f"{base.AXE_SCRIPT};{_COLOURS_READ_ONCE}"
"""axe-core, which takes a third of its time to read the same few colours anew for each element."""
_FOUND = """async () => (await axe.run({ resultTypes: ['violations'] })).violations
    .map(found => `${found.id}: ${found.nodes.map(node => node.target).join(', ')}`)"""
_FAINT = _FOUND.replace("resultTypes", "runOnly: ['color-contrast', 'link-in-text-block'], resultTypes")
_TOO_SMALL = """() => [...document.querySelectorAll('button, input, select, textarea, summary, a')]
    .filter(one => one.type !== 'hidden')
    .filter(one => one.checkVisibility() && !one.closest('p, li.text, dd, .skip, [aria-hidden]'))
    .map(one => one.closest('label') || one)
    .filter(one => { const inline = getComputedStyle(one).display === 'inline',
                     box = inline ? one.getClientRects()[0] : one.getBoundingClientRect();
                     return box.width < 44 || box.height < 44 })
    .map(one => one.outerHTML.slice(0, 120))"""
_SPACED = """spacing => {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(`* { letter-spacing: ${spacing} !important }`);
    document.adoptedStyleSheets = spacing ? [sheet] : [];
}"""
_STOP = """() => {
    const one = document.activeElement, look = getComputedStyle(one);
    if (one === document.body) return null;
    const place = [...document.querySelectorAll('*')].indexOf(one);
    const outline = look.outlineStyle === 'none' ? 0 : parseFloat(look.outlineWidth);
    return { place, what: one.outerHTML.slice(0, 120), outline, visible: one.checkVisibility() };
}"""
_TO_THE_START = """() => {
    document.body.tabIndex = -1; document.body.focus(); document.body.removeAttribute('tabindex');
}"""
_MOTION = """() => Math.max(...[...document.querySelectorAll('*')].map(one => {
    const look = getComputedStyle(one);
    return Math.max(parseFloat(look.transitionDuration), parseFloat(look.animationDuration));
}))"""


def violations(page: Page) -> list[str]:
    """What axe-core finds wrong on the page as it is now, each with the places where; [] is well."""
    return _with_axe(page, _FOUND)


def contrast_violations(page: Page) -> list[str]:
    """Where colours are too near to each other as the page is now: the rules that look at colours."""
    return _with_axe(page, _FAINT)


def _with_axe(page: Page, asked: str) -> list[str]:
    if not page.evaluate("() => 'axe' in window"):
        page.evaluate(AXE_SCRIPT)
    found: list[str] = page.evaluate(asked)
    return found


def usual(page: Page, **media: Any) -> Page:
    """A page that several tests look at and none changes, as it is usually shown but for these features."""
    page.emulate_media(**_USUAL | media)
    return page


def each_scheme(page: Page) -> Iterator[str]:
    """Shows the page in the dark, and then in the light, in which it is left."""
    schemes: tuple[Literal["dark"], Literal["light"]] = ("dark", "light")
    for scheme in schemes:
        page.emulate_media(color_scheme=scheme)
        yield scheme


def violations_in_each_scheme(page: Page) -> list[str]:
    """The `violations` in the light, and in the dark those of colours: style sheets change nothing else in it
    (tests/statics/test_dark_colours.py)."""
    look = {"dark": contrast_violations, "light": violations}
    return [f"{scheme}: {found}" for scheme in each_scheme(page) for found in look[scheme](page)]


def is_too_wide(page: Page) -> bool:
    """Whether the page scrolls sideways."""
    return bool(
        page.evaluate("() => document.documentElement.scrollWidth > document.documentElement.clientWidth")
    )


@contextmanager
def _letters_apart(page: Page, by: str) -> Iterator[None]:
    page.evaluate(_SPACED, by)
    yield
    page.evaluate(_SPACED, None)


def is_too_wide_in_a_wider_font(page: Page) -> bool:
    """Whether the page scrolls sideways in a font a seventh wider than ours, as Verdana is than Arial."""
    with _letters_apart(page, "0.08em"):
        return is_too_wide(page)


def small_targets_in_a_narrower_font(page: Page) -> list[str]:
    """The `small_targets` in a font a tenth narrower than ours: labels need fewer lines."""
    with _letters_apart(page, "-0.05em"):
        return small_targets(page)


def small_targets(page: Page) -> list[str]:
    """What can be pressed and is smaller than 44 by 44 CSS pixels, links within running text aside.

    A link that is a line of text is as high as its first line: whether there is a second, the font decides.
    A wide page is judged at the width of a phone: the desk is dense with a mouse only.
    """
    size = page.viewport_size
    if size and size["width"] > _PHONE["width"]:
        page.set_viewport_size(_PHONE)
    found: list[str] = page.evaluate(_TOO_SMALL)
    if size:
        page.set_viewport_size(size)
    return found


def with_large_text(page: Page) -> None:
    """The person's own setting of twice the usual size of text: only what is in `rem` grows."""
    page.context.new_cdp_session(page).send("Page.setFontSizes", _LARGE)


@contextmanager
def large_text(page: Page) -> Iterator[None]:
    """A page that is there gets text as `with_large_text`, and the usual one again."""
    session = page.context.new_cdp_session(page)
    session.send("Page.setFontSizes", _LARGE)
    yield
    session.send("Page.setFontSizes", _MEDIUM)
    session.detach()


def answers_to(page: Page) -> list[Response]:
    """The answers that come to a page from now on, in their order. What it still loads comes before: nobody
    can read an answer any more that the next page leaves behind."""
    if page.url != "about:blank":
        page.wait_for_load_state("networkidle")
    answers: list[Response] = []
    page.on("response", lambda answer: answers.append(answer))
    return answers


def weight(responses: list[Response]) -> int:
    """What these answers weigh together, in bytes of brotli."""
    return sum(len(brotli.compress(response.body(), quality=11)) for response in responses)


def tab_stops(page: Page, most: int = 100) -> list[dict[str, Any]]:
    """Where Tab leads from the start of a page: what each stop is, and how wide its outline is then."""
    page.evaluate(_TO_THE_START)
    stops: list[dict[str, Any]] = []
    for _ in range(most):
        page.keyboard.press("Tab")
        stop = page.evaluate(_STOP)
        if stop is None or stop in stops:
            return stops
        stops.append(stop)
    raise AssertionError(f"more than {most} stops")


def longest_motion(page: Page) -> float:
    """The longest transition or animation of a page, in seconds."""
    return float(page.evaluate(_MOTION))


def visible(page: Page, selector: str) -> int:
    """How many of these are seen, as Playwright's `is_visible` means it: asked of all of them at once."""
    return page.locator(selector).locator("visible=true").count()


def colours(page: Page, selector: str) -> tuple[str, str]:
    """The colours of text and ground."""
    text, ground = page.locator(selector).first.evaluate(
        "one => { const look = getComputedStyle(one); return [look.color, look.backgroundColor] }"
    )
    return text, ground
