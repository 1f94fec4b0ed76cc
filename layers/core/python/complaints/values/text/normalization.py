"""Unicode normalization at a cost that grows with the text, not with its square (UAX #15).

`unicodedata.normalize` sorts each run of combining marks by insertion, so that 256 KB of one run hold a
processor for the better part of a minute. This module keeps runs to thirty marks: the text is first put
into the Stream-Safe Text Format (UAX #15, 13), which breaks a longer run by an invisible joiner and loses
nothing.

Texts that people take for one and the same: compatibility caseless matching (Unicode, 3.13, D146).
"""

import re
import unicodedata
from functools import lru_cache
from typing import Literal, NamedTuple

LONGEST_RUN = 30
"""Marks in a row: more stand in no language (UAX #15, 13)."""

MOST_COMPOSED = 4
"""Code points that become one in NFC at most: so many times its limit a text may have before."""

JOINER = "\u034f"
"""COMBINING GRAPHEME JOINER."""

# No mark is ASCII, and a code point that is nothing but marks is two at most.
_MAY_BE_LONG = re.compile(f"[\u0080-\U0010ffff]{{{LONGEST_RUN // 2},}}")


MARKS_TAKEN_APART = frozenset("\u0f73\u0f75\u0f81\uff9e\uff9f")
"""Code points that are no marks themselves, and nothing but marks once decomposed."""


class _Marks(NamedTuple):
    """What one code point adds to a run: the marks that it begins with and ends with once decomposed, and
    whether it is nothing else."""

    first: int
    last: int
    only: bool


def nfc(text: str) -> str:
    """The text as it is stored and compared."""
    return _normalized("NFC", text)


def nfkc(text: str) -> str:
    """The text without differences of width and style alone: what looks alike is alike."""
    return _normalized("NFKC", text)


def nfkd(text: str) -> str:
    """As `nfkc`, with letters and their marks apart."""
    return _normalized("NFKD", text)


def stream_safe(text: str) -> str:
    """The text in the Stream-Safe Text Format (UAX #15, D4).

    >>> ascii(stream_safe("e" + "\u0301" * 31)).count("u034f")
    1
    """
    return _MAY_BE_LONG.sub(lambda found: _broken(found[0]), text)


def _normalized(form: Literal["NFC", "NFKC", "NFKD"], text: str) -> str:
    return text if text.isascii() else unicodedata.normalize(form, stream_safe(text))


def _broken(text: str) -> str:
    """The text with its long runs broken; one without marks is as it was, and costs next to nothing."""
    signs = set(text)
    if signs.isdisjoint(MARKS_TAKEN_APART) and not any(map(unicodedata.combining, signs)):
        return text
    parts: list[str] = []
    run = 0
    for sign in text:
        marks = _marks(sign)
        if run + marks.first > LONGEST_RUN:
            parts.append(JOINER)
            run = 0
        parts.append(sign)
        run = run + marks.last if marks.only else marks.last
    return "".join(parts)


@lru_cache(maxsize=4_096)
def _marks(sign: str) -> _Marks:
    is_mark = [unicodedata.combining(part) != 0 for part in unicodedata.normalize("NFKD", sign)]
    if all(is_mark):
        return _Marks(len(is_mark), len(is_mark), only=True)
    return _Marks(is_mark.index(False), is_mark[::-1].index(False), only=False)


_DEFAULT_IGNORABLE = re.compile(
    "[\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u202a-\u202e\u2060-\u206f\u3164"
    "\ufe00-\ufe0f\ufeff\uffa0\ufff0-\ufff8\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e0fff]"
)
"""Invisible code points (Default_Ignorable_Code_Point of DerivedCoreProperties.txt)."""


def match_key(text: str) -> str:
    """What texts have in common that a person takes for the same: capitals, widths, white space and invisible
    code points count for nothing.

    >>> match_key("DE\u200bNIZ  Kaya ") == match_key("Deniz Kaya")
    True
    """
    seen = _DEFAULT_IGNORABLE.sub("", nfkc(text).casefold())
    return " ".join(nfkc(seen).split())
