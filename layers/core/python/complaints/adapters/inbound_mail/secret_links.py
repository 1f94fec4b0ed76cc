"""Our own links and receipt codes in the words of strangers: masked, as they open the complainant's page.

A reply quotes the letter that it answers, and with it the link to the complainant's page. Its secret is known
by its form on whatever host: mail servers rewrite links to go by a host of their own (`%3Ft%3D`, `-3Ft-3D`),
UTF-7 has signs of its own (`?t+AD0-`), and mail programs break long ones over two lines. A receipt code is
known by its form alone: a number of goods that has the same is masked, too.
"""

import re
from collections.abc import Iterator

from complaints.values.text import receipt_code

MASK = "***"

SECRET_LENGTH = 32
"""Signs of a secret (`Casework.access`)."""

_BREAK = r"(?:=?\r?\n[>\s]{0,20})"
_NAME = re.compile(
    rf"(?:[?&;]|%(?:25){{0,3}}(?:3F|26)|-(?:3F|26)|\+A(?:D8|CY)-?){_BREAK}?"
    rf"t(?:=3D|=|%(?:25){{0,3}}3D|-3D|\+AD0-){_BREAK}?",
    re.IGNORECASE,
)
_GROUP = "[0-9A-TV-Za-tv-z]{4}"
_ANY_GROUP, _GROUPS = re.compile(_GROUP), 4
_BETWEEN = rf"(?:[-\u2010-\u2015\u2212]{_BREAK}?|[ \t\xa0]|{_BREAK})"
_CODE = re.compile(
    r"(?<![0-9A-Za-z])(?<!=[\"'])"
    rf"(?=(?P<code>{_GROUP}(?P<dash>{_BETWEEN}){_GROUP}(?:{_BETWEEN}{_GROUP}){{2}}|{_GROUP * 4})"
    r"(?![0-9A-Za-z@]))"
)
"""Where a code may begin: what looks like one may begin within another, as in "code 8NW9-5HFD-5MS0-GQC0"."""
_OF_A_LONGER_ONE = frozenset("+/_@=-")
"""What joins a word to others, as in base64 or an id."""

_IBAN = re.compile(r"[A-Z]{2}\d{2}(?: [0-9A-Z]{4}){3} [A-Z]*\d")
_MOST_DIGITS = 10
"""Of the sixteen signs of a code without dashes; numbers of orders, parcels and accounts have more."""

_SIGNS = re.compile(rf"(?P<signs>(?:[A-Za-z0-9_-]|\+AF8-)+)(?P<more>{_BREAK}(?=[A-Za-z0-9_-]))?")


def masked(text: str) -> str:
    """The text with the secret of each of our links and each receipt code masked."""
    text = _without_links(text)
    pieces, place = [], 0
    for begin, end in _codes(text):
        pieces += [text[place:begin], MASK]
        place = end
    return "".join([*pieces, text[place:]])


def _codes(text: str) -> Iterator[tuple[int, int]]:
    """Where codes begin and end. What may be a code and overlaps with another is one with it, without words
    of four letters before or behind it."""
    begin = end = 0
    for found in filter(_is_code, _CODE.finditer(text)):
        if found.start() >= end:
            yield from _without_words(text, begin, end)
            begin = found.start()
        end = found.end("code")
    yield from _without_words(text, begin, end)


def _without_words(text: str, begin: int, end: int) -> Iterator[tuple[int, int]]:
    """The place without the words at one end; where there is one at both ends, either may be of the code."""
    groups = [(each.span(), each[0].isalpha()) for each in _ANY_GROUP.finditer(text, begin, end)]
    first, last = 0, len(groups) - 1
    while last - first >= _GROUPS and groups[first][1] != groups[last][1]:
        if groups[first][1]:
            first += 1
        else:
            last -= 1
    if groups:
        yield groups[first][0][0], groups[last][0][1]


def _is_code(found: re.Match[str]) -> bool:
    """Whether it looks like a code, and not like words of four letters, a bank account or a card."""
    typed, (begin, end) = found["code"], found.span("code")
    digits = sum(sign.isdigit() for sign in typed)
    if digits == receipt_code.LENGTH:
        return False
    if len(typed) == receipt_code.LENGTH:
        around = {found.string[max(0, begin - 1) : begin], found.string[end : end + 1]}
        return 0 < digits <= _MOST_DIGITS and around.isdisjoint(_OF_A_LONGER_ONE)
    if found["dash"].strip():
        return digits > 0 or typed.isupper()
    if digits > _MOST_DIGITS or _IBAN.match(found.string, begin):
        return False
    is_mixed = any(not (each.isalpha() or each.isdigit()) for each in _ANY_GROUP.findall(typed))
    return is_mixed and (typed.isupper() or typed.islower())


def _without_links(text: str) -> str:
    pieces, place = [], 0
    while name := _NAME.search(text, place):
        end = _end_of_secret(text, name.end())
        pieces += [text[place : name.end()], MASK if end else ""]
        place = end or name.end()
    return "".join([*pieces, text[place:]])


def _end_of_secret(text: str, place: int) -> int | None:
    """Behind the signs of a secret, which may stand on several lines; `None` where they are too few for
    one."""
    count = 0
    while signs := _SIGNS.match(text, place):
        count, place = count + len(signs["signs"]), signs.end("signs")
        if count >= SECRET_LENGTH:
            return place
        if signs["more"] is None:
            return None
        place = signs.end()
    return None
