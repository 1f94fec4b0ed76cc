"""The Merkle tree of RFC 9162: known roots, and what its proofs prove."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from complaints.checkpoints.merkle_tree import MerkleTree, is_included, leaf_hash, node_hash

# The vectors of the reference implementation of Certificate Transparency (merkletree tests of RFC 6962, whose
# hashing RFC 9162 keeps).
LEAVES = [
    bytes.fromhex(text) for text in ("", "00", "10", "2021", "3031", "40414243", "5051525354555657")
] + [bytes.fromhex("606162636465666768696a6b6c6d6e6f")]
ROOTS = [
    "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
]

leaves = st.lists(st.binary(max_size=4), min_size=1, max_size=70)


@pytest.mark.parametrize("size", range(len(ROOTS)))
def test_roots_are_those_that_others_compute(size: int) -> None:
    assert MerkleTree(LEAVES[:size]).root.hex() == ROOTS[size]


@given(leaves)
def test_the_root_is_that_of_the_definition(data: list[bytes]) -> None:
    assert MerkleTree(data).root == defined(data)


def defined(data: list[bytes]) -> bytes:
    """MTH of RFC 9162, section 2.1.1, word by word."""
    if len(data) == 1:
        return leaf_hash(data[0])
    split = 1
    while split * 2 < len(data):
        split *= 2
    return node_hash(defined(data[:split]), defined(data[split:]))


@given(leaves, st.data())
def test_a_proof_shows_its_leaf_at_its_place_and_nothing_else(
    data: list[bytes], choose: st.DataObject
) -> None:
    tree, place = MerkleTree(data), choose.draw(st.integers(0, len(data) - 1))
    proof, root = tree.proof(place), tree.root
    assert is_included(data[place], place, len(data), proof, root)
    assert not is_included(data[place] + b"!", place, len(data), proof, root)
    assert not is_included(data[place], len(data), len(data), proof, root)
    assert not is_included(data[place], place, len(data), [*proof, root], root)
    assert not is_included(data[place], place, len(data), proof, bytes(32))
    if proof:
        assert not is_included(data[place], place, len(data), proof[:-1], root)


@given(leaves, st.binary(max_size=4))
def test_a_leaf_that_is_not_in_the_tree_has_no_proof(data: list[bytes], other: bytes) -> None:
    tree = MerkleTree(data)
    if other not in data:
        assert not any(
            is_included(other, place, len(data), tree.proof(place), tree.root) for place in range(len(data))
        )


def test_a_node_is_no_leaf() -> None:
    """Two leaves hashed together cannot be shown as one leaf (second preimages)."""
    left, right = b"a", b"b"
    whole = leaf_hash(left) + leaf_hash(right)
    assert MerkleTree([whole]).root != MerkleTree([left, right]).root


@pytest.mark.parametrize("place", [-1, 2])
def test_there_is_no_proof_of_what_is_not_there(place: int) -> None:
    with pytest.raises(IndexError):
        MerkleTree([b"a", b"b"]).proof(place)
