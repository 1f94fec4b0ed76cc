"""Search words: the words of a text as search compares them, in all their spellings.

- Letters lose their case and their marks; ı and İ are i, and ae, oe and ue are ä, ö and ü (a, o, u).
- Arabic letters that are written in several ways are one, and the article is no part of a word.
- Scripts without spaces (Chinese, Japanese, Thai) give runs, which are compared by pairs of letters.
- Digits that belong together are one number, however they are grouped: `0532 123 45 67`.
"""

import re
import unicodedata
from collections.abc import Iterator
from typing import NamedTuple

from complaints.values.text.normalization import nfkd

SHORTEST, LONGEST = 2, 40
"""Letters that a word must have, and of which the rest is left out. A run without spaces may have one."""

LONGEST_CODE = 24
"""Letters and digits of a code at most: longer ones are addresses of pages, and the like."""

LONG_NUMBER = 7
"""Digits that are one number although something stands between them: no telephone number has fewer."""

SUBSCRIBER = 7
"""Digits at the end of a telephone number in which all its spellings agree: the codes before them differ."""

_UNSPACED = (
    "\u0e01-\u0e4e\u0e81-\u0edf\u1000-\u109f\u1780-\u17dd\u3005-\u3007\u3041-\u309f\u30a1-\u30ff"
    "\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
)
"""Thai, Lao, Burmese, Khmer; kana and Han."""

_LETTER = rf"(?:(?![{_UNSPACED}])[^\W_])"
# What may be followed by something else is bounded: else a row of pluses costs the square of its length.
_TOKEN = re.compile(
    rf"(?P<address>[^\s@<>()\[\],;:\"]{{1,64}}@[\w.-]{{4,190}}\w)"
    rf"|(?P<number>\+{{0,2}}\(?\d(?:(?: ?/ ?|[.+]|\)?[ -]?\(?)\d){{{LONG_NUMBER - 1},30}}(?!{_LETTER}))"
    rf"|(?P<run>[{_UNSPACED}]+)"
    rf"|(?P<words>{_LETTER}+(?:[-./#]{_LETTER}+)*)"
)
_SPACED_CODE = re.compile(rf"(?<!\w)([^\W\d_]{{2,3}}) (\d{{4,{LONG_NUMBER}}})(?!\w)")
_ONE_LETTER = str.maketrans("ıøæœłđðþٱىکگی", "ioaolddtايككي", "ـ")
_UMLAUT = re.compile("([aou])e")
_ARTICLE = re.compile(r"^[وف]?(?:[بك]?ال|لل)(?=\w{3})")
_ENDING = re.compile(r"(?<=\w{3})[هة]$")
_NOT_COMPARED = frozenset(("Mn", "Mc", "Me", "Cf"))
"""Marks, and signs that are not seen: soft hyphens, joiners, directions."""


class Number(NamedTuple):
    """A number of many digits; `is_telephone`: it begins as telephone numbers do."""

    digits: str
    is_telephone: bool

    @property
    def subscriber(self) -> str:
        """Its last digits: what the telephone numbers that it may be have in common."""
        return self.digits[-SUBSCRIBER:]


class Address(NamedTuple):
    """A mail address."""

    text: str


class Run(NamedTuple):
    """Letters of a script that has no spaces between words."""

    letters: str

    @property
    def pairs(self) -> tuple[str, ...]:
        """All its pairs of letters; the letter itself where there is one."""
        return tuple(map("".join, zip(self.letters, self.letters[1:], strict=False))) or (self.letters,)


class Word(NamedTuple):
    """A word between spaces: letters, digits or both."""

    letters: str

    @property
    def has_digit(self) -> bool:
        return any(letter.isdigit() for letter in self.letters)


class Code(NamedTuple):
    """Letters and digits that are one name, without what stood between them; `is_sure`: not only a space.

    `AC-4711`, `AC/4711` and `AC 4711` are the code `ac4711`, and their words besides.
    """

    letters: str
    is_sure: bool = True


Token = Number | Address | Run | Word | Code


def tokens(text: str) -> tuple[Token, ...]:
    """What a text is compared by, in its order, each once. The cost grows with the text.

    >>> [token.letters for token in tokens("Işık: the PARCEL, the parcel (çok geç) Mueller a")]
    ['isik', 'the', 'parcel', 'cok', 'gec', 'muller']
    >>> tokens("洗濯機が")[0].pairs
    ('洗濯', '濯機', '機か')
    >>> tokens("+90 (532) 123-45-67")
    (Number(digits='905321234567', is_telephone=True),)
    >>> tokens("AC-4711")
    (Word(letters='ac'), Word(letters='4711'), Code(letters='ac4711', is_sure=True))
    """
    return tuple(dict.fromkeys(_tokens(_plain(text))))


def in_order(text: str) -> str:
    """The words of a text in their order, each between spaces: for who looks for words that stand together.

    >>> in_order("Broken: the KETTLE's lid, şikâyet")
    ' broken the kettle lid sikayet '
    """
    return f" {' '.join(word.letters for word in _words(_plain(text)))} "


def has_no_spaces(text: str) -> bool:
    """Whether it holds letters of a script that has no spaces between words."""
    return not text.isascii() and bool(re.search(f"[{_UNSPACED}]", text))


def _plain(text: str) -> str:
    """The text with one letter for all that are compared alike."""
    letters = nfkd(text).casefold()
    if letters.isascii():
        return letters
    return letters.translate({ord(letter): _compared(letter) for letter in set(letters)})


def _compared(letter: str) -> str | None:
    """What is compared in place of a letter, if anything is."""
    if unicodedata.category(letter) in _NOT_COMPARED:
        return None
    return str(unicodedata.decimal(letter, letter)).translate(_ONE_LETTER)


def _tokens(plain: str) -> Iterator[Token]:
    for found in _TOKEN.finditer(plain):
        result = found[0]
        match found.lastgroup:
            case "address":
                yield Address(result)
                yield from _words(result)
            case "number":
                digits = "".join(filter(str.isdigit, result))
                yield Number(digits, is_telephone=result.lstrip("(")[0] in "+0")
            case "run":
                yield Run(result)
            case _:
                yield from _words(result)
                yield from _codes(result)
    for found in _SPACED_CODE.finditer(plain):
        yield Code(found[1] + found[2], is_sure=False)


def _words(plain: str) -> Iterator[Word]:
    for word in re.findall(r"[^\W_]+", _UMLAUT.sub(r"\1", plain)):
        bare = _ENDING.sub("", _ARTICLE.sub("", word)) if "\u0600" <= word[0] <= "\u06ff" else word
        if len(bare) >= SHORTEST:
            yield Word(bare[:LONGEST])


def _codes(plain: str) -> Iterator[Code]:
    joined = re.sub(r"[-./#]", "", plain)
    if joined != plain and len(joined) <= LONGEST_CODE and not joined.isalpha():
        yield Code(joined)
