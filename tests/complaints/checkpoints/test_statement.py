"""The exact bytes of a checkpoint, which others read without this project."""

import json
from base64 import urlsafe_b64decode
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from complaints.checkpoints.leaf import (
    ChainLeaf,
    HeadLeaf,
    HourLeaf,
    Leaf,
    LetterLeaf,
    NotALeaf,
    RunLeaf,
    read_leaf,
    sorted_lines,
)
from complaints.checkpoints.places import checkpoint_key, leaves_key
from complaints.checkpoints.signature import is_signed, key_id
from complaints.checkpoints.statement import (
    NotAStatement,
    Statement,
    from_stored,
    read_statement,
    statement_bytes,
    to_stored,
)
from tests.complaints.checkpoints.fakes import HeldSigner

HOUR = datetime(2026, 11, 28, 20, tzinfo=UTC)
STATEMENT = Statement(
    kind="hour",
    installation="https://complaints.example.org",
    since=HOUR,
    until=HOUR.replace(hour=21),
    size=0,
    root="e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
    previous="",
    key="0" * 32,
)
EXACT = (
    b'{"format":1,"from":"2026-11-28T20:00:00Z","installation":"https://complaints.example.org",'
    b'"key":"00000000000000000000000000000000","kind":"hour","previous":"",'
    b'"root":"e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855","size":0,'
    b'"to":"2026-11-28T21:00:00Z"}'
)


def test_a_statement_has_these_bytes() -> None:
    assert statement_bytes(STATEMENT) == EXACT
    assert read_statement(EXACT) == STATEMENT


def test_what_is_stored_is_read_by_the_standard_library_alone() -> None:
    signer = HeldSigner()
    stored = json.loads(to_stored(EXACT, signer.sign(EXACT)))
    statement, signature = (
        urlsafe_b64decode(stored[name] + "=" * (-len(stored[name]) % 4))
        for name in ("statement", "signature")
    )
    assert statement == EXACT
    assert is_signed(statement, signature, signer.public_key)
    assert len(signature) == 64


def test_a_signature_holds_for_its_bytes_and_its_key_alone() -> None:
    signer = HeldSigner()
    signature = signer.sign(EXACT)
    assert not is_signed(EXACT + b" ", signature, signer.public_key)
    assert not is_signed(EXACT, signature, HeldSigner(2).public_key)
    assert not is_signed(EXACT, signature[:-1], signer.public_key)
    assert key_id(signer.public_key) != key_id(HeldSigner(2).public_key)


@pytest.mark.parametrize("stored", [b"", b"{}", b'{"statement":"e30"}', b"[]", b"\xff"])
def test_what_is_no_signed_statement_is_refused(stored: bytes) -> None:
    with pytest.raises(NotAStatement):
        from_stored(stored)


def test_a_statement_of_a_later_format_is_refused() -> None:
    with pytest.raises(NotAStatement):
        read_statement(EXACT.replace(b'"format":1', b'"format":2'))


def test_files_are_named_by_the_moment() -> None:
    assert checkpoint_key("hour", HOUR) == "checkpoints/2026/11/28T20.json"
    assert checkpoint_key("day", HOUR) == "checkpoints/2026/11/28.json"
    assert leaves_key(STATEMENT) == f"checkpoints/2026/11/28T20.{STATEMENT.root}.leaves.jsonl.gz"


texts = st.text(max_size=20)
any_leaf = st.one_of(
    st.builds(ChainLeaf, texts, st.integers(0, 2**53), texts),
    st.builds(LetterLeaf, texts, texts, texts, texts),
    st.builds(RunLeaf, texts, texts),
    st.builds(HeadLeaf, texts, st.integers(0, 2**53), texts),
    st.builds(HourLeaf, texts, texts),
)


@given(st.lists(any_leaf, max_size=8))
def test_leaves_are_canonical_json_sorted_by_their_bytes(leaves: list[Leaf]) -> None:
    lines = sorted_lines(leaves)
    assert lines == sorted(set(lines))
    assert {read_leaf(line) for line in lines} == set(leaves)
    for line in lines:
        again = json.dumps(json.loads(line), sort_keys=True, separators=(",", ":"), ensure_ascii=False)
        assert again.encode() == line


@pytest.mark.parametrize(
    "line",
    [
        b"",
        b"{}",
        b'{"chain":"a"}',
        b'{"chain":"a","letter":"b"}',
        b'{"run":"a"}',
        b'{"chain":1,"number":1,"seal":""}',
    ],
)
def test_what_is_no_leaf_is_refused(line: bytes) -> None:
    with pytest.raises(NotALeaf):
        read_leaf(line)
