"""A random sample that anybody can draw again: by the hashes of a seed with each reference."""

from collections.abc import Iterable
from hashlib import sha256


def drawn(seed: str, references: Iterable[str], size: int) -> tuple[str, ...]:
    """The `size` references whose hashes come first, in that order; all where there are not so many.

    The hash is SHA-256 of the seed, a `|` and the reference, as UTF-8. Of references nobody can choose, each
    is as likely to be drawn as any other, and whoever has seed and references finds the same ones.

    >>> drawn("demo.spring 2026-04-01", ["C-00000-00001-Y", "C-ZZZZZ-ZZZZZ-A"], 1)
    ('C-00000-00001-Y',)
    """
    return tuple(sorted(set(references), key=lambda each: hash_with_seed(seed, each))[:size])


def hash_with_seed(seed: str, reference: str) -> str:
    """By what a reference is drawn: those with the least are."""
    return sha256(f"{seed}|{reference}".encode()).hexdigest()
