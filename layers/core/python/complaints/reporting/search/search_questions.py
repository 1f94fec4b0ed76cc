"""Search questions: what somebody typed, as what a case must have to be found by it."""

import re
from collections.abc import Iterator
from typing import NamedTuple

from complaints.delivery.email_address import mail_address
from complaints.reporting.search.search_terms import (
    FIRST_JOINT,
    LONG,
    PIECE,
    SHORT,
    beginning,
    cut,
    middle,
    telephone,
)
from complaints.reporting.search.search_words import Address, Code, Number, Run, Token, Word, tokens

MOST_ASKED = 12
"""Words of a question that count."""

MOST_LOOKED_UP = 3
"""Words of a question whose cases are looked up: the rarest of them leads, the others are compared."""

LOOSE = 4
"""Letters of a word that still counts where not all are found; shorter ones stand in most texts."""

_READ_AS = str.maketrans("ilo", "110")
_OF_REFERENCE = re.compile(rf"[0-9a-hjkmnp-tv-z]{{{PIECE},12}}")

_DIGITS = re.compile(rf"\d{{{PIECE},}}")


class Sought(NamedTuple):
    """A word of a question: `keys` lead to all cases that may have it, `any_of` are the sets of parts of
    which a case that has it has one."""

    letters: str
    keys: tuple[str, ...]
    any_of: tuple[frozenset[str], ...]
    is_number: bool = False


class Question(NamedTuple):
    """What is sought, the most telling first, and how much of it a case must have."""

    words: tuple[Sought, ...]
    needed: int

    @property
    def wants_all(self) -> bool:
        return self.needed == len(self.words)

    @property
    def looked_up(self) -> tuple[Sought, ...]:
        """The words whose cases are looked up."""
        return self.words[:MOST_LOOKED_UP]

    def loosened(self) -> "Question | None":
        """The question where no case has all of it: its numbers, or else half of its longer words.

        `None` where nothing can be left out.
        """
        numbers = tuple(dict.fromkeys(each for word in self.words for each in _digits_of(word)))
        longer = tuple(word for word in self.words if len(word.letters) >= LOOSE) or self.words
        needed = len(numbers) or (len(longer) + 1) // 2
        loosened = Question(numbers or longer, needed)
        return loosened if needed and loosened != self else None


def read_question(question: str) -> Question:
    """What a question asks for: a whole mail address, or words, of which a case must have all.

    Words of two letters do not count beside a number: they are its prefix, or `no.` Of a part of an address
    the words are asked for.
    """
    address = mail_address(question.strip())
    found = [token for token in tokens(address or question) if isinstance(token, Address) is bool(address)]
    words = list(dict.fromkeys(each for token in found for each in _sought(token)))
    if any(word.is_number for word in words):
        words = [word for word in words if word.is_number or len(word.letters) >= SHORT]
    words.sort(key=lambda word: (word.is_number, len(word.letters)), reverse=True)
    return Question(tuple(words[:MOST_ASKED]), min(len(words), MOST_ASKED))


def part_of_reference(question: str) -> Question | None:
    """What may be a part of a reference, across dashes and spaces. As in references `I L` are 1, `O` is 0.
    `None` for what cannot be one, or is shorter than four characters.

    Words are compared otherwise, `ae` as `a`: so a part is asked for where words find nothing.
    """
    letters = "".join(question.replace("-", " ").split()).casefold().translate(_READ_AS)
    return Question((_number_like(letters),), 1) if _OF_REFERENCE.fullmatch(letters) else None


def _sought(token: Token) -> Iterator[Sought]:
    match token:
        case Address(text=text):
            yield Sought(text, (text,), (frozenset([text]),), is_number=True)
        case Number(digits=digits) as number:
            short = digits.lstrip("0")
            digits_or_short = short if len(short) >= PIECE else digits
            term = telephone(number)
            yield Sought(
                digits,
                (term, digits_or_short[-PIECE:]),
                (frozenset([term]), _middle(digits_or_short)),
                is_number=True,
            )
        case Run() as run:
            for pair in run.pairs:
                yield Sought(pair, (pair,), (frozenset([middle(pair)]),))
        case Code(letters=letters, is_sure=True) if len(letters) >= PIECE:
            yield _number_like(letters)
        case Word(letters=letters) as word if word.has_digit and len(letters) >= PIECE:
            yield _number_like(letters)
        case Word(letters=letters) as word:
            begins = frozenset([beginning(letters)])
            if len(letters) >= PIECE:
                yield Sought(letters, (_lead(letters),), (begins, _middle(letters)))
            else:
                yield Sought(letters, (letters,), (begins,), is_number=word.has_digit)


def _number_like(letters: str) -> Sought:
    """What has digits, and may be part of something longer. Its end is rarer than its beginning."""
    return Sought(letters, (letters[-PIECE:],), (_middle(letters),), is_number=True)


def _lead(letters: str) -> str:
    """The key of a word. In what is long all pieces of the middle are keys, and rarer than the beginning."""
    first = FIRST_JOINT if len(letters) >= LONG else 0
    return letters[first : first + PIECE]


def _digits_of(word: Sought) -> Iterator[Sought]:
    """The numbers without the letters around them; what cannot do without its letters, or has others."""
    digits = _DIGITS.findall(word.letters)
    if word.is_number and digits and len(word.any_of) == 1 and "@" not in word.letters:
        yield from map(_number_like, digits)
    elif word.is_number:
        yield word


def _middle(letters: str) -> frozenset[str]:
    return frozenset(map(middle, cut(letters)))
