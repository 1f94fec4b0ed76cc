"""What must be true of a site's letterhead and of its own paragraphs before they hold.

A paragraph is tried on an example of its letter, with what that letter can fill in.
"""

from collections.abc import Iterator, Mapping
from datetime import datetime
from math import floor

from complaints.case.correspondence.letter import LetterKind
from complaints.case.correspondence.letterhead import LONGEST, Letterhead
from complaints.delivery.colour_contrast import DARK, SURFACE, TEXT, WHITE, contrast, nearest
from complaints.letters.content.custom_paragraphs import Unbalanced, UnknownPlaceholder, filled, values_of
from complaints.letters.content.examples import KINDS, example
from complaints.settings.validation import unsupported_languages
from complaints.site.site import SiteRecord
from complaints.values.errors import Wrong


def wrong_letterhead(letterhead: Letterhead, site: SiteRecord) -> Iterator[Wrong]:
    """Checks that colours have enough contrast in both modes, and that texts are in the site's
    languages."""
    needed = ((letterhead.accent_text, TEXT), (WHITE, SURFACE), (DARK, SURFACE))
    better = nearest(
        letterhead.accent, lambda colour: all(contrast(colour, other) >= least for other, least in needed)
    )
    yield from _too_alike("accent_text", letterhead.accent_text, letterhead.accent, TEXT, better)
    for ground in (WHITE, DARK):
        yield from _too_alike("accent", letterhead.accent, ground, SURFACE, better)
    for field in ("sender", "signature"):
        yield from unsupported_languages(f"letterhead/{field}", getattr(letterhead, field), site)


def wrong_letters(
    letters: Mapping[str, Mapping[str, str]], key: str, site: SiteRecord, now: datetime
) -> Iterator[Wrong]:
    """Paragraphs are of letters to complainants, in the site's languages, and fill in what is known there."""
    for kind, texts in letters.items():
        if kind not in KINDS:
            yield Wrong(f"/letters/{kind}", "unknown-value")
            continue
        yield from unsupported_languages(f"letters/{kind}", texts, site)
        for tag, text in texts.items():
            letter = example(LetterKind(kind), key, tag, now)
            values = values_of(letter, name=site.name, site=site.name)
            known = {name: str(value) for name, value in values.items()}
            yield from _unfillable(f"/letters/{kind}/{tag}", text, known)


def _too_alike(field: str, one: str, other: str, needed: float, better: str | None) -> Iterator[Wrong]:
    """With the accent that is near and passes, if there is one."""
    found = floor(contrast(one, other) * 100) / 100
    if found < needed:
        suggested = f" → {better}" if better else ""
        limit = f"{one}, {other}; {found:.2f} < {needed:.1f}{suggested}"
        yield Wrong(f"/letterhead/{field}", "low-contrast", limit)


def _unfillable(pointer: str, text: str, known: Mapping[str, str]) -> Iterator[Wrong]:
    if not text.strip():
        yield Wrong(pointer, "missing")
    if len(text) > LONGEST:
        yield Wrong(pointer, "too-long", LONGEST)
    try:
        filled(text, known)
    except Unbalanced:
        yield Wrong(pointer, "unbalanced-brace")
    except UnknownPlaceholder:
        yield Wrong(pointer, "unknown-placeholder", ", ".join(f"{{{name}}}" for name in known))
