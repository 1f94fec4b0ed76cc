"""Search terms: by what a case is found, which is what people remember of it.

The index knows two kinds of terms, each as a keyed hash. A **key** leads to the cases that have it, and is
an item that is written and paid for. A **part** is looked up in the few cases that a key leads to, and
costs three bytes. So a word has few keys: its beginning, and where it is long, or has digits, the short
pieces of its middle. Whatever the rest of a word is, its parts tell.
"""

from collections.abc import Callable, Collection, Iterable, Iterator
from itertools import chain, islice
from typing import NamedTuple

from complaints.case.fact import Fact
from complaints.reporting.search.search_words import Address, Code, Number, Run, Token, Word, tokens
from complaints.values.own_fields import read_stored

OWN_FIELDS = "own_fields"
"""The field of a fact that holds the answers to a site's own fields."""

MOST_KEYS = 1_000
"""Keys of a case. The beginnings of all words come before the middle of any."""

MOST_PARTS = 4_000
"""Parts of a case."""

PIECE = 4
"""Letters of the shortest part of a word that can be asked for."""

SHORT = 3
"""Letters of the shortest part of a name; and of a word that has no parts, but is asked for as a whole."""

LONG = 9
"""Letters of a word in whose middle other words may stand (`Kühlschrankdichtung`)."""

FIRST_JOINT = 3
"""Letters that stand before the middle at least."""

LONGEST_BEGINNING = 16
"""Letters of a word by which it is told from others with the same beginning."""


class Terms(NamedTuple):
    """What a case is found by; each once, the most telling first."""

    keys: tuple[str, ...]
    parts: tuple[str, ...]


def found_by(reference: str, facts: Iterable[Fact]) -> Terms:
    """The search terms of a case by its facts, `MOST_KEYS` and `MOST_PARTS` at most.

    What was removed from a fact stands there as an empty text, and finds nothing.
    """
    facts = tuple(facts)
    telephones = (f"+{text}" for text in _texts(facts, lambda fact: fact.TELEPHONES))
    names = tokens("\n".join((*telephones, *_texts(facts, lambda fact: fact.NAMES))))
    own = Code(reference.replace("-", "").casefold())
    words = dict.fromkeys((own, *names, *tokens("\n".join(_texts(facts, lambda fact: fact.TEXTS)))))
    short = (word.letters[:SHORT] for word in names if isinstance(word, Word))
    keys = chain(_each(_first_keys, words), short, _each(pieces, words))
    return Terms(_some(keys, MOST_KEYS), _some(_each(_parts, words), MOST_PARTS))


def telephone(number: Number) -> str:
    """The term of a telephone number."""
    return f"+{number.subscriber}"


def beginning(letters: str) -> str:
    """The part of a word that begins so."""
    return f"^{letters[:LONGEST_BEGINNING]}"


def middle(piece: str) -> str:
    """The part of a text that has this piece."""
    return f"~{piece}"


def cut(letters: str, first: int = 0) -> tuple[str, ...]:
    """All pieces from a place on.

    >>> cut("kettle")
    ('kett', 'ettl', 'ttle')
    """
    return tuple(letters[place : place + PIECE] for place in range(first, len(letters) - PIECE + 1))


def pieces(token: Token) -> tuple[str, ...]:
    """The pieces that a token is found by in its middle."""
    match token:
        case Number() as number if number.is_telephone:
            return cut(number.subscriber)
        case Number(digits=letters) | Code(letters=letters):
            return cut(letters)
        case Run() as run:
            return run.pairs
        case Word(letters=letters) as word if word.has_digit:
            return cut(letters)
        case Word(letters=letters) if len(letters) >= LONG:
            return cut(letters, FIRST_JOINT)
    return ()


def _first_keys(token: Token) -> Iterator[str]:
    """The keys of the beginning of a token, and of the whole of what has neither beginning nor middle."""
    match token:
        case Address(text=text):
            yield text
        case Number() as number if number.is_telephone:
            yield telephone(number)
        case Word(letters=letters) if len(letters) >= SHORT:
            yield letters[:PIECE]


def _parts(token: Token) -> Iterator[str]:
    match token:
        case Address(text=text):
            yield text
        case Number() as number if number.is_telephone:
            yield telephone(number)
        case Word(letters=letters):
            shortest = min(SHORT, len(letters))
            yield from (
                beginning(letters[:size])
                for size in range(shortest, min(len(letters), LONGEST_BEGINNING) + 1)
            )
    yield from map(middle, pieces(token))


def _texts(facts: Collection[Fact], fields_of: Callable[[Fact], Iterable[str]]) -> Iterator[str]:
    """What these fields of the facts say."""
    for fact in facts:
        for field in fields_of(fact):
            found = getattr(fact, field)
            yield from read_stored(found).values() if field == OWN_FIELDS else filter(None, [found])


def _each(terms_of: Callable[[Token], Iterable[str]], words: Iterable[Token]) -> Iterator[str]:
    return chain.from_iterable(map(terms_of, words))


def _some(terms: Iterable[str], most: int) -> tuple[str, ...]:
    return tuple(islice(dict.fromkeys(terms), most))
