"""Acknowledgement and decision as mail programs show them, in three languages, by day and in the dark."""

from collections.abc import Sequence
from itertools import product
from pathlib import Path
from typing import Literal

from playwright.sync_api import Browser

from complaints.case.correspondence.letter import LetterKind
from infrastructure.screenshots.chromium import opened, take_picture
from infrastructure.screenshots.example_mail import shown
from infrastructure.screenshots.gallery import Section, Shown
from infrastructure.screenshots.pack_letters import PACKS, every_pack_letter

TITLE = "Letters"
WORDS = (
    "A letter is text and HTML with the same facts. It asks no server for anything, fits a narrow screen, "
    "and follows the\ncolours of its reader's program."
)

KINDS = {LetterKind.ACKNOWLEDGEMENT: "acknowledgement", LetterKind.RESOLUTION: "decision"}
SCHEMES: dict[Literal["light", "dark"], str] = {"light": "by day", "dark": "in the dark"}
LANGUAGES = {"en": "in English", "tr": "in Turkish", "ar": "in Arabic, from right to left"}
WINDOW = {"width": 480, "height": 800}
REASONS = {
    "en": "The courier left the parcel in the rain, although somebody was at home. That was our fault.",
    "tr": "Evde biri olmasına rağmen kurye paketi yağmurda dışarıda bıraktı. Bu bizim hatamızdı.",
    "ar": "ترك مندوب التوصيل الطرد في الخارج تحت المطر رغم وجود شخص في المنزل. كان ذلك خطأنا.",
}
"""What staff wrote for the decision, by language."""


def take(browser: Browser, folder: Path) -> None:
    """Each letter as `<kind>-<language>-<scheme>.webp`."""
    for (kind, name), language, scheme in product(KINDS.items(), REASONS, SCHEMES):
        letter = shown(kind, language, text=REASONS[language])
        with opened(browser, viewport=WINDOW, color_scheme=scheme) as page:
            page.set_content(letter.rendered.html)
            take_picture(page, folder / f"{name}-{language}-{scheme}.webp")
    for each in every_pack_letter():
        with opened(browser, viewport=WINDOW, color_scheme="light") as page:
            page.set_content(each.rendered.html)
            take_picture(page, folder / f"{each.pack}-{each.kind}.webp")


def _section(name: str, words: str, seen: str) -> Section:
    """A kind: a row for each language, in light and in dark mode; `seen` is in each picture."""
    rows = [
        [
            Shown(f"{name}-{language}-{scheme}", f"{name.title()} {spoken}, {when}: {seen}")
            for scheme, when in SCHEMES.items()
        ]
        for language, spoken in LANGUAGES.items()
    ]
    return Section(name.title(), words, list(SCHEMES.values()), rows)


OF_LAWS = {
    LetterKind.ACKNOWLEDGEMENT: "the acknowledgement: it has arrived, and by when an answer comes",
    LetterKind.HOLDING: "the holding letter: why there is no answer yet, when one is expected, where to go",
    LetterKind.SETTLEMENT: "the letter of an early settlement: it is resolved, and where to go all the same",
    LetterKind.RESOLUTION: "the response: decision, reasons, what is done, and where to go until when",
}
"""The letters that laws ask for, and what each shows."""


SECTIONS: Sequence[Section] = (
    _section(
        "acknowledgement",
        "It is sent at once. It repeats nothing that was typed: anybody may have typed the address that it "
        "goes to.",
        "the complaint has arrived, with its reference, the date by which an answer comes, and what happens "
        "next",
    ),
    _section(
        "decision",
        "It says what was decided and why, what will be done, and where somebody else looks at it who "
        "disagrees.",
        "the complaint is upheld, with the reasons, what will be done, and how to agree or disagree",
    ),
    Section(
        "Letters that laws ask for",
        "What the rules of financial services ask each letter to say, in their exact words where they "
        "prescribe some.\nThe holding letter leaves before the deadline.",
        list(PACKS.values()),
        [
            [Shown(f"{pack}-{kind}", f"{called}, {what}") for pack, called in PACKS.items()]
            for kind, what in OF_LAWS.items()
        ],
    ),
)
