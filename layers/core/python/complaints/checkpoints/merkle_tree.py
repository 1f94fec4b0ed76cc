"""A Merkle tree and its inclusion proofs, hashed as RFC 9162 (section 2.1) says.

A leaf is hashed with a zero byte before it and a node with a one, so that no node can be passed off as a
leaf.
"""

from collections.abc import Iterable, Sequence
from hashlib import sha256

_LEAF, _NODE = b"\x00", b"\x01"


def leaf_hash(leaf: bytes) -> bytes:
    return sha256(_LEAF + leaf).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    return sha256(_NODE + left + right).digest()


class MerkleTree:
    """The tree over `leaves` in the order in which they come; 32 bytes for each leaf are kept, and as many
    for the nodes above them."""

    def __init__(self, leaves: Iterable[bytes]) -> None:
        level = [leaf_hash(leaf) for leaf in leaves]
        self._levels = [level]
        while len(level) > 1:
            above = [node_hash(*level[at : at + 2]) for at in range(0, len(level) - 1, 2)]
            # A last one without a neighbour goes up as it is: RFC 9162 splits at the largest power of two.
            level = above + level[len(above) * 2 :]
            self._levels.append(level)

    @property
    def size(self) -> int:
        return len(self._levels[0])

    @property
    def root(self) -> bytes:
        """Its 32 bytes; of a tree without leaves, the hash of nothing."""
        return self._levels[-1][0] if self.size else sha256().digest()

    def proof(self, place: int) -> list[bytes]:
        """The hashes that lead from the leaf at `place` (from 0) to the root, the lowest first.

        Raises `IndexError` where there is no such leaf.
        """
        if not 0 <= place < self.size:
            raise IndexError(place)
        path = []
        for level in self._levels[:-1]:
            beside = place ^ 1
            if beside < len(level):
                path.append(level[beside])
            place //= 2
        return path


def is_included(leaf: bytes, place: int, size: int, proof: Sequence[bytes], root: bytes) -> bool:
    """Whether the proof shows that the leaf stands at `place` in the tree of `size` leaves with this root
    (RFC 9162, section 2.1.3.2)."""
    if not 0 <= place < size:
        return False
    here, last, found = place, size - 1, leaf_hash(leaf)
    for beside in proof:
        if last == 0:
            return False
        if here & 1 or here == last:
            found = node_hash(beside, found)
            while not here & 1 and here:
                here, last = here >> 1, last >> 1
        else:
            found = node_hash(found, beside)
        here, last = here >> 1, last >> 1
    return last == 0 and found == root
