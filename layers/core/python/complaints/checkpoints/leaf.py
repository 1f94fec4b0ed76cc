"""The leaves of a checkpoint: canonical JSON, which is one line of UTF-8 with sorted keys and no spaces.

Whoever verifies hashes the bytes that are stored, and never writes them anew.
"""

from collections.abc import Iterable

import msgspec
from msgspec import Struct

canonical = msgspec.json.Encoder(order="sorted").encode


class ChainLeaf(Struct, frozen=True, order=True, forbid_unknown_fields=True):
    """The entry that a chain ended in: `chain` as its partition is called (`case#C-…`, `site#demo`,
    `record#policy#…`), and `seal` the hash of the entry's bytes (hex)."""

    chain: str
    number: int
    seal: str


class LetterLeaf(Struct, frozen=True, order=True, forbid_unknown_fields=True):
    """A letter by its `<reference>/<id>`: `digest` is the hash of the bytes that were handed over (hex), `to`
    the commitment to the recipient, each empty where nothing was sent; `state` is what became of it."""

    letter: str
    digest: str
    to: str
    state: str


class RunLeaf(Struct, frozen=True, order=True, forbid_unknown_fields=True):
    """A run of the retention rules that ended, by its `<site>/<day>`: `digest` is the hash of its bytes as
    they are stored (hex)."""

    run: str
    digest: str


class HeadLeaf(Struct, frozen=True, order=True, forbid_unknown_fields=True):
    """The state of a case as it was stored with the entry `number` of the chain `head` (`case#C-…`): `digest`
    is the hash of its bytes (hex). Without the rules by which facts lead to states nobody else could tell
    that it is another one."""

    head: str
    number: int
    digest: str


class HourLeaf(Struct, frozen=True, order=True, forbid_unknown_fields=True):
    """The checkpoint of an hour in that of its day, or the last of a day in that of an hour: its moment, and
    the hash of its statement (hex)."""

    checkpoint: str
    statement: str


class ErasureLeaf(Struct, frozen=True, order=True, forbid_unknown_fields=True):
    """An erasure on the list of erasures by its name there (`2026/11/28/C-…`): `digest` is the hash of its
    bytes (hex). It is noted of the fact that asked for it, so that none is sealed that only lies there."""

    erasure: str
    digest: str


class NotALeaf(ValueError):
    """The bytes are no leaf of a checkpoint."""


Leaf = ChainLeaf | LetterLeaf | RunLeaf | HeadLeaf | HourLeaf | ErasureLeaf

_KINDS: dict[str, msgspec.json.Decoder[Leaf]] = {
    kind.__struct_fields__[0]: msgspec.json.Decoder(kind)
    for kind in (ChainLeaf, LetterLeaf, RunLeaf, HeadLeaf, HourLeaf, ErasureLeaf)
}
_fields = msgspec.json.Decoder(dict[str, object]).decode


def sorted_lines(leaves: Iterable[Leaf]) -> list[bytes]:
    """The leaves as they are stored and hashed: each once, in the order of their bytes."""
    return sorted({canonical(leaf) for leaf in leaves})


def read_leaf(line: bytes) -> Leaf:
    """A leaf from its line. Raises `NotALeaf` for bytes that are none."""
    try:
        known = [_KINDS[name] for name in _fields(line) if name in _KINDS]
        if len(known) == 1:
            return known[0].decode(line)
    except ValueError as error:
        raise NotALeaf from error
    raise NotALeaf
