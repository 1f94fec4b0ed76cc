"""Every letter in every language as its reader sees it: small, whole, readable, and asking nobody."""

import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, Page, Request

from complaints.case.correspondence.letter import MAILS
from complaints.delivery.colour_contrast import DARK, TEXT, WHITE, contrast
from infrastructure.screenshots.chromium import opened
from infrastructure.screenshots.example_mail import CATALOGUES, Shown, every_letter
from infrastructure.screenshots.letters import write
from infrastructure.screenshots.pack_letters import every_pack_letter
from tests.browser.page_checks import is_too_wide, violations_in_each_scheme, with_large_text
from tests.html import Reading

NARROW = {"width": 320, "height": 700}
LARGEST, TARGET = 20_000, 44
CANVAS = "html { background: Canvas }"
"""What a browser paints anyway: axe takes a page without a ground of its own for white, in the dark too."""
COLOURS_OF_LINKS = """() => {
    const hex = (value) => {
        const [red, green, blue, alpha] = value.match(/[\\d.]+/g).map(Number);
        const parts = [red, green, blue].map(one => one.toString(16).padStart(2, '0'));
        return alpha === 0 ? '' : `#${parts.join('')}`;
    };
    const of = (one, what) => hex(getComputedStyle(one)[what]);
    return [...document.querySelectorAll('a')]
        .map(one => [of(one, 'color'), of(one.parentElement, 'color'), of(one, 'backgroundColor')]);
}"""
"""Of each link its colour, that of the words around it, and its own ground, empty where it has none."""
NAMES = [(kind, language) for kind in MAILS for language in CATALOGUES.languages]
each_letter = pytest.mark.parametrize(
    "letter", NAMES, indirect=True, ids=[f"{kind}-{language}" for kind, language in NAMES]
)


class Window:
    """A narrow window of one browser, and what it asked the network for since a letter is shown in it."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.asked: list[str] = []
        page.on("request", self._note)

    def _note(self, request: Request) -> None:
        self.asked.append(request.url)

    def show(self, letter: Shown) -> Page:
        self.asked.clear()
        head, end, body = letter.rendered.html.partition("</head>")
        assert end
        self.page.set_content(f"{head}<style>{CANVAS}</style>{end}{body}")
        return self.page


@pytest.fixture(scope="module")
def letters() -> Sequence[Shown]:
    """All of them: rendered here, since whoever only collects the tests needs none."""
    return list(every_letter())


@pytest.fixture(scope="module")
def letter(letters: Sequence[Shown], request: pytest.FixtureRequest) -> Shown:
    """The one of this kind and language."""
    return letters[NAMES.index(request.param)]


@pytest.fixture(scope="module")
def window(browser: Browser) -> Iterator[Window]:
    """For `seen` alone, which it must go on to show while there are tests of the same letter."""
    with opened(browser, viewport=NARROW) as page:
        yield Window(page)


@pytest.fixture(scope="module")
def seen(window: Window, letter: Shown) -> Window:
    """The window with the letter in it: the tests of one look at it and change nothing."""
    window.show(letter)
    return window


def test_there_is_every_letter_in_every_language(letters: Sequence[Shown]) -> None:
    assert [(letter.kind, letter.language) for letter in letters] == NAMES
    assert all(letter.rendered.language == letter.language for letter in letters)


@each_letter
def test_a_letter_is_accessible_and_fits(seen: Window) -> None:
    page = seen.page
    assert violations_in_each_scheme(page) == []
    assert not is_too_wide(page)
    heights = page.locator("main p a").evaluate_all(
        "all => all.map(one => one.getBoundingClientRect().height)"
    )
    assert min(heights, default=TARGET) >= TARGET


@pytest.mark.parametrize(("scheme", "ground"), [("light", WHITE), ("dark", DARK)])
def test_each_link_stands_out_on_what_mail_programs_lay_behind_it(
    browser: Browser, letters: Sequence[Shown], scheme: str, ground: str
) -> None:
    """Where a link has no colour of its own, a program that darkens the ground leaves it a dark blue."""
    with opened(browser, viewport=NARROW, color_scheme=scheme) as page:
        window = Window(page)
        pages = (window.show(letter) for letter in letters if letter.language == "en")
        links = [link for page in pages for link in page.evaluate(COLOURS_OF_LINKS)]
    assert min(contrast(link, own or ground) for link, _, own in links) >= TEXT
    assert all(own or link == around for link, around, own in links)


@each_letter
def test_a_letter_is_small_and_asks_nobody_for_anything(seen: Window, letter: Shown) -> None:
    assert seen.page.title() == seen.page.locator("h1").inner_text()
    assert seen.asked == []
    assert len(letter.rendered.html.encode()) <= LARGEST


@each_letter
def test_both_parts_of_a_letter_say_the_same_and_link_to_whole_addresses(letter: Shown) -> None:
    page, text = Reading(letter.rendered.html), letter.rendered.text
    addresses = re.findall(r"https?://\S+", text)
    assert set(page.links) == set(addresses)
    assert all(urlsplit(address).scheme == "https" and urlsplit(address).netloc for address in addresses)
    words = [
        set(re.findall(r"\w+", re.sub(r"https?://\S+|--------", "", part))) for part in (text, page.words)
    ]
    assert words[0] == words[1]


def test_a_letter_fits_with_text_of_twice_the_size(browser: Browser, letters: Sequence[Shown]) -> None:
    with opened(browser, viewport=NARROW) as page:
        with_large_text(page)
        window = Window(page)
        for letter in letters:
            assert not is_too_wide(window.show(letter)), (letter.kind, letter.language)


def test_one_page_shows_all_letters(browser: Browser, letters: Sequence[Shown], tmp_path: Path) -> None:
    number = len(letters) + len(list(every_pack_letter()))
    assert write(tmp_path) == number
    with opened(browser, (tmp_path / "index.html").as_uri(), viewport=NARROW) as page:
        assert not is_too_wide(page)
        assert page.locator("article").count() == page.locator("pre").count() == number
        for letter in (letters[0], letters[-1]):
            page.goto((tmp_path / letter.language / f"{letter.kind}.html").as_uri())
            assert page.title() in letter.rendered.text
