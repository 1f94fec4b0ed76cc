"""The reference that a complainant quotes on the telephone, such as ``C-7K3M9-QX2HT-7``.

Ten symbols and one check symbol (Luhn mod 32) of the alphabet ``0-9 A-Z`` less ``I L O U``.
It catches every single wrong symbol and every swap of neighbours but ``0`` with ``Z``.
The reference is no secret: nothing opens by it alone.
"""

import re
import unicodedata
from collections.abc import Iterator
from contextlib import suppress

from complaints.values.text.normalization import nfkc

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
TEN = 10
PREFIX = "C-"
_HEARD_AS = str.maketrans({"i": "1", "ı": "1", "I": "1", "İ": "1", "l": "1", "L": "1", "o": "0", "O": "0"})


_BREAK = r"[\s>=\-\u2010-\u2015\u2212]{0,4}"
_DASH = r"[-\u2010-\u2015\u2212]"
_FIVE, _ONE = "[0-9A-Z]{5}", "[0-9A-Z]"
_IN_TEXT = re.compile(
    rf"(?<![0-9A-Z])(?=(C{_BREAK}{_FIVE}{_BREAK}{_FIVE}{_BREAK}{_ONE}"
    rf"|{_FIVE}{_DASH}{_FIVE}{_DASH}{_ONE})(?![0-9A-Z]))",
    re.IGNORECASE,
)
_NO_SIGN = re.compile("[^0-9A-Z]", re.IGNORECASE)


class NotAReference(ValueError):
    """What was typed is no reference: the wrong length, a foreign symbol, or a slip of the finger."""


def written(ten: str) -> str:
    """The whole reference for ten symbols.

    >>> written("7K3M9QX2HT")
    'C-7K3M9-QX2HT-7'
    """
    return f"{PREFIX}{ten[:5]}-{ten[5:]}-{check_symbol(ten)}"


def from_digest(digest: bytes) -> str:
    """A reference made of the first 50 bits of a digest."""
    number = int.from_bytes(digest[:7], "big") >> 6
    return written("".join(ALPHABET[(number >> (5 * place)) & 31] for place in reversed(range(TEN))))


def read(typed: str) -> str:
    """The reference meant by what a person typed, whatever its case, spaces and dashes.

    Raises `NotAReference`, also for a wrong check symbol.

    >>> read("c 7k3m9 qx2ht 7")
    'C-7K3M9-QX2HT-7'
    """
    symbols = _symbols(typed)
    if len(symbols) == TEN + 2 and symbols[0] == "C":
        symbols = symbols[1:]
    if len(symbols) != TEN + 1 or any(symbol not in ALPHABET for symbol in symbols):
        raise NotAReference
    if check_symbol(symbols[:TEN]) != symbols[TEN]:
        raise NotAReference
    return written(symbols[:TEN])


def found_in(text: str) -> Iterator[str]:
    """The references that stand in a text, in their order, also where a mail program broke one.

    >>> list(found_in("Re: c-7k3m9-\\n> qx2ht-7, about C7K3M9QX2HT7 and ZZZZZ-ZZZZZ-A"))
    ['C-7K3M9-QX2HT-7', 'C-7K3M9-QX2HT-7', 'C-ZZZZZ-ZZZZZ-A']
    """
    for found in _IN_TEXT.finditer(text):
        with suppress(NotAReference):
            yield read(_NO_SIGN.sub("", found[1]))


def is_meant(typed: str) -> bool:
    """Whether a whole reference was typed, right or wrong: with its prefix, and with a digit, with the dash
    behind the prefix, or in the groups of a letter, which no words have.

    >>> is_meant("c-7k3m9-qx2ht-8"), is_meant("c rteyy xrhtd b"), is_meant("cancellation"), is_meant("7K3M9")
    (True, True, False, False)
    """
    symbols = _symbols(typed)
    has_form = len(symbols) == TEN + 2 and symbols[0] == "C" and all(each in ALPHABET for each in symbols)
    plain = nfkc(typed[:200]).strip()
    in_groups = [len(group) for group in plain.split()] == [1, 5, 5, 1]
    begins = plain[1:].lstrip()[:1]
    return has_form and (in_groups or _is_dash(begins) or any(letter.isdecimal() for letter in typed))


def _symbols(typed: str) -> str:
    return "".join(_symbol(letter) for letter in nfkc(typed[:200]))


def _is_dash(letter: str) -> bool:
    # Unicode does not class a minus as a dash; people type it as one.
    return letter == "−" or (letter != "" and unicodedata.category(letter) == "Pd")


def check_symbol(ten: str) -> str:
    """Luhn mod 32 over ten symbols.

    >>> check_symbol("ZZZZZZZZZZ")
    'A'
    """
    total = 0
    for place, symbol in enumerate(reversed(ten)):
        product = ALPHABET.index(symbol) * (2 if place % 2 == 0 else 1)
        total += product // 32 + product % 32
    return ALPHABET[-total % 32]


def _symbol(letter: str) -> str:
    if letter.isspace() or letter == "." or _is_dash(letter):
        return ""
    if letter.isdecimal():
        return str(unicodedata.decimal(letter))
    heard = letter.translate(_HEARD_AS)
    # Upper-casing only ASCII: the product speaks Turkish, whose upper case of i is another letter.
    return heard.upper() if heard.isascii() else heard
