"""Acknowledgement and decision as mail programs show them, in three languages, by day and in the dark."""

from itertools import product
from pathlib import Path
from typing import Literal

from playwright.sync_api import Browser

from complaints.letter import LetterKind
from infrastructure.pictures.chromium import opened, take_picture
from infrastructure.pictures.example_mail import shown

KINDS = {LetterKind.ACKNOWLEDGEMENT: "acknowledgement", LetterKind.RESOLUTION: "decision"}
SCHEMES: tuple[Literal["light", "dark"], ...] = ("light", "dark")
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
