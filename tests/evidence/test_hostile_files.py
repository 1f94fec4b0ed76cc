"""The offline verifier: files that were made to harm whoever verifies them."""

import gzip
from pathlib import Path
from zipfile import ZipFile

import pytest

from tests.evidence import pack_writer as writer
from tests.evidence.pack_writer import SEALS, Files, canonical, sealed_pack
from tests.evidence.verifier import put, said

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
