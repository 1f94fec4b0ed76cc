"""The search of every stored byte finds what is there, however it is encoded and packed."""

import base64
import gzip
import json
import quopri
import zlib
from pathlib import Path
from urllib.parse import quote

import pytest

from tests.stored.stored_bytes import found_in

WORD = "Quuxoğlu"
PLAIN = f"Zübeyde {WORD} rang.".encode()

WRITTEN = {
    "plain": PLAIN,
    "capitals": PLAIN.decode().upper().encode(),
    "utf-16": PLAIN.decode().encode("utf-16"),
    "json": json.dumps(PLAIN.decode()).encode(),
    "quoted-printable": quopri.encodestring(PLAIN),
    "percent": quote(PLAIN).encode(),
    "entities": PLAIN.decode().encode("ascii", "xmlcharrefreplace"),
    "gzip": gzip.compress(PLAIN),
    "deflated in base64": base64.b64encode(zlib.compress(PLAIN * 9)),
    "base64 in json in base64": base64.b64encode(json.dumps(base64.b64encode(PLAIN).decode()).encode()),
    **{f"base64 behind {n}": base64.b64encode(b"x" * n + PLAIN) for n in range(3)},
    "base64 in lines": base64.encodebytes(PLAIN * 9),
}


@pytest.mark.parametrize("how", WRITTEN)
def test_it_is_found(tmp_path: Path, how: str) -> None:
    (tmp_path / "file").write_bytes(b"\0\1 before " + WRITTEN[how] + b" behind")
    assert found_in(tmp_path, WORD) == ["file"]
    assert found_in(tmp_path, "Wolpertinger") == []
