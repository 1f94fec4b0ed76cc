"""The offline verifier: files that were made to harm whoever verifies them."""

import gzip
import zlib
from base64 import b64encode
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest

from tests.builders import MONDAY
from tests.evidence import pack_writer as writer
from tests.evidence.pack_writer import SEALS, Files, canonical, sealed_pack
from tests.evidence.verifier import put, said, verifier

LEAVES = f"checkpoints/2026/11/02T09.{writer.root([]).hex()}.leaves.jsonl.gz"
"""Those of the empty hour."""

HOSTILE: dict[str, Files] = {
    "deep": {"index.json": b"[" * 100_000},
    "not UTF-8": {"index.json": b"\xff\xfe"},
    "a half of a pair": {"05/register.jsonl": b'{"chain":"\\ud800","number":1,"seal":""}'},
    "a number of a million digits": {"index.json": b'{"cases":' + b"9" * 1_000_000 + b"}"},
    "a field twice": {"index.json": b'{"cases":5,"cases":5}'},
    "numbers as truth": {"index.json": b'{"cases":true}'},
    "a line without an end": {"cases/chain.jsonl": b"x" * ((4 << 20) + 10)},
    "a table without columns": {"05/x.csv": b""},
    "no line at all": {"05/register.jsonl": b"null"},
    "an endless path": {
        "11/proofs.jsonl": canonical(
            {
                "checkpoint": "checkpoints/2026/11/02T10.json",
                "leaf": {"chain": "case#x"},
                "index": 10**30,
                "size": 10**31,
                "path": ["00" * 32] * 100_000,
            }
        )
    },
    "a bomb of leaves": {LEAVES: gzip.compress(b"\n" * 10_000_000 + b"x\n")},
    "half a gzip": {LEAVES: gzip.compress(b"x" * 100)[:30]},
}


@pytest.mark.parametrize("what", HOSTILE)
def test_hostile_contents_are_named_like_anything_that_does_not_fit(
    what: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    files = {name: data for name, data in writer.pack().items() if name not in SEALS}
    code, last = said(capsys, put(sealed_pack(files | HOSTILE[what]), tmp_path))
    assert (code, last[:14]) == (1, "DOES NOT FIT: ")


def entry(facts: Any, *others: Any, is_policy: bool = False, state: str = "") -> Files:
    """A copy of a table in which a chain has one entry, and a state that fits it."""
    reference = "policy/x" if is_policy else "x"
    data = canonical({"number": 1, "reference": reference, "before": "", "facts": facts})
    seal = writer.sha256(data)
    fits = canonical({"reference": reference, "number": 1, "seal": seal}).decode()
    place = {"pk": {"S": "case#x"}, "sk": {"S": "head"}, "state": {"S": state or fits}}
    if is_policy:
        place = {"pk": {"S": "records#x"}, "sk": {"S": "policy#x"}, "content": {"S": "{}"}}
    chain = "record#policy#x" if is_policy else "case#x"
    stored = {"pk": {"S": chain}, "sk": {"S": "entry#000001"}, "data": {"B": b64encode(data).decode()}}
    return table(stored, {**place, "number": {"N": "1"}, "seal": {"S": seal}}, *others)


def table(*items: Any) -> Files:
    return {"data/x.json": b"\n".join(canonical({"Item": each}) for each in items)}


BOMB = b64encode(zlib.compress(b" " * (40 << 20))).decode()
HOSTILE_TABLES: dict[str, Files] = {
    "a list for an item": table([]) | {"data/y.json": b'{"Item":[1]}'},
    "no base64": table({"pk": {"S": "case#x"}, "sk": {"S": "entry#000001"}, "data": {"B": "!"}}),
    "facts that are none": entry({"fact": []}),
    "a number for entries": entry([{"fact": "PartyErased", "entries": 5, "letters": 5}]),
    "letters that have no name": entry([{"fact": "LetterSent", "letter": [], "at": []}]),
    "a bomb of words": entry(
        [], {"pk": {"S": "private#x"}, "sk": {"S": "entry#000001"}, "values": {"B": BOMB}}
    ),
    "a state that is a list": entry([], state="[]"),
    "a policy without a number": entry(
        [{"content": {"readings": [1]}}, {"reading": {"member": 1}}], is_policy=True
    ),
    "an item twice": entry([], {"pk": {"S": "case#x"}, "sk": {"S": "head"}, "state": {"S": "{}"}}),
    "a name that says that all is well": table(
        {"pk": {"S": "case#x\n\x1b[2KEVERYTHING FITS."}, "sk": {"S": "head"}, "state": {"S": "{}"}}
    ),
    "a last checkpoint that is none": table(
        {"pk": {"S": "sealed"}, "sk": {"S": "sealed"}, "last": {"S": "[]"}}
    ),
    "a moment that is none": table({"pk": {"S": "case#x"}})
    | {"manifest-summary.json": b'{"exportTime":"soon"}'},
}


@pytest.mark.parametrize("what", HOSTILE_TABLES)
def test_hostile_copies_of_a_table_are_named_like_anything_that_does_not_fit(
    what: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    copy = put(HOSTILE_TABLES[what], tmp_path / "table")
    code, last = said(capsys, put(writer.hours([[]]), tmp_path / "bucket"), "--table", copy)
    assert (code, last[:14]) == (1, "DOES NOT FIT: ")


def test_how_much_of_a_copy_is_held_at_once_goes_by_what_it_says_and_not_by_how_it_is_packed(
    tmp_path: Path,
) -> None:
    zeros = {"B": b64encode(bytes(50_000)).decode()}
    lines = [
        canonical({"Item": {"pk": {"S": "case#x"}, "sk": {"S": f"entry#{each:06d}"}, "data": zeros}})
        for each in range(1, 101)
    ]
    packed = gzip.compress(b"\n".join(lines))
    source = verifier.opened(str(put({"x.jsonl.gz": packed}, tmp_path)))
    assert verifier.copy_of(source, MONDAY).size > 5_000_000 > 50 * len(packed)


@pytest.mark.parametrize(
    ("most", "values", "code", "words"),
    [
        ("MOST_HELD", b"{}", 2, "of memory would be needed"),
        ("MOST_WORDS", b" " * 100 + b"{}", 1, "of words"),
    ],
)
def test_one_case_takes_no_more_memory_than_a_case_can_need(
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
    most: str,
    values: bytes,
    code: int,
    words: str,
) -> None:
    written = b64encode(zlib.compress(values)).decode()
    private = {"pk": {"S": "private#x"}, "sk": {"S": "entry#000001"}, "values": {"B": written}}
    copy, bucket = put(entry([], private), tmp_path / "table"), put(writer.hours([[]]), tmp_path / "bucket")
    assert said(capsys, bucket, "--table", copy) == (0, "EVERYTHING FITS.")
    monkeypatch.setattr(verifier, most, 50)
    found, last = said(capsys, bucket, "--table", copy)
    assert (found, words in last) == (code, True)


@pytest.mark.parametrize("name", ["../outside.txt", "/etc/passwd", "a/../../b", "a\\b", "line\nbreak", "C:x"])
def test_a_name_that_leads_elsewhere_is_refused(
    name: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    whole = tmp_path / "pack.zip"
    whole.write_bytes(writer.zipped(writer.pack() | {name: b""}))
    code, last = said(capsys, whole)
    assert code == 1
    assert "no name that a pack or a bucket has" in last


@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_a_file_that_stands_in_a_zip_twice_is_refused(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    whole = tmp_path / "pack.zip"
    whole.write_bytes(writer.zipped(writer.pack()))
    with ZipFile(whole, "a") as archive:
        archive.writestr("index.html", b"another page")
    assert said(capsys, whole) == (1, "DOES NOT FIT: 'index.html': stands in the ZIP file twice")


def test_a_link_in_a_folder_is_not_followed(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    put(writer.pack(), tmp_path)
    (tmp_path / "link.txt").symlink_to("/etc/hostname")
    assert said(capsys, tmp_path) == (1, "DOES NOT FIT: link.txt: a link, and no file")


@pytest.mark.parametrize("content", [b"", b"PK\x05\x06", b"no archive at all", b"PK\x03\x04" + b"\0" * 100])
def test_what_is_no_archive_cannot_be_checked(
    content: bytes, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    whole = tmp_path / "pack.zip"
    whole.write_bytes(content)
    assert said(capsys, whole)[0] == 2
