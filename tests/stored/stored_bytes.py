"""Looks for words in every file of a folder, in whatever encoding they may stand there.

The database of a local run is compacted first: SQLite leaves removed rows in its free pages, and the engine
keeps the records of its stream, which DynamoDB drops after a day.
"""

import base64
import html
import json
import quopri
import re
import sqlite3
import sys
import unicodedata
import zlib
from collections.abc import Iterator
from contextlib import closing, suppress
from pathlib import Path
from urllib.parse import quote, quote_plus

from infrastructure.local.engine import stream_records
from tests.local_run import TABLE

DEEPEST = 3
"""How often what was unpacked is unpacked again."""

_BASE64 = re.compile(rb"[A-Za-z0-9+/_-]{24,}={0,2}")
_FOLDED = re.compile(rb"(?<=[A-Za-z0-9+/])\r?\n(?=[A-Za-z0-9+/=])")
_ZIPPED = re.compile(rb"\x1f\x8b\x08|\x78[\x01\x5e\x9c\xda]")


def compact(database: Path) -> None:
    """Removes what SQLite keeps of rows that are gone, and the records of the stream but for the newest one,
    by which the engine numbers those to come."""
    stream_records.prune(database, TABLE, sys.maxsize)
    with closing(sqlite3.connect(database)) as store:
        store.execute("VACUUM")


def found_in(folder: Path, word: str) -> list[str]:
    """The files below a folder that hold the word, once they are unpacked as far as can be."""
    patterns = encodings_of(word)
    return [
        str(path.relative_to(folder))
        for path in sorted(folder.rglob("*"))
        if path.is_file() and _holds(path.read_bytes(), patterns)
    ]


def encodings_of(word: str) -> frozenset[bytes]:
    """The word as bytes: composed or not, in small and capital letters, in UTF-8 and UTF-16, and as each is
    written in mails, addresses, pages and JSON; in base64 at each of three offsets."""
    found: set[bytes] = set()
    for form in ("NFC", "NFD"):
        for cased in (word, word.lower(), word.upper()):
            text = unicodedata.normalize(form, cased)
            plain = text.encode()
            found |= {plain, text.encode("utf-16-le"), text.encode("utf-16-be")}
            found |= {quopri.encodestring(plain).strip(), quote(text).encode(), quote_plus(text).encode()}
            found |= {html.escape(text).encode(), text.encode("ascii", "xmlcharrefreplace")}
            found.add("".join(f"&#x{ord(each):x};" for each in text).encode())
            found.add(json.dumps(text)[1:-1].encode())
            for offset in range(3):
                found |= _in_base64(plain, offset)
    return frozenset(found)


def _in_base64(plain: bytes, offset: int) -> set[bytes]:
    """The signs of base64 that depend on the bytes alone, wherever they stand."""
    signs = base64.b64encode(b"\0" * offset + plain)
    first = -(-offset * 8 // 6)
    last = (offset + len(plain)) * 8 // 6
    part = signs[first:last]
    return {part, part.replace(b"+", b"-").replace(b"/", b"_")}


def _holds(content: bytes, patterns: frozenset[bytes], depth: int = 0) -> bool:
    if any(pattern in content for pattern in patterns):
        return True
    return depth < DEEPEST and any(_holds(inner, patterns, depth + 1) for inner in _unpacked(content))


def _unpacked(content: bytes) -> Iterator[bytes]:
    for match in _ZIPPED.finditer(content):
        with suppress(zlib.error):
            yield zlib.decompressobj(zlib.MAX_WBITS | 32).decompress(content[match.start() :])
    unfolded = _FOLDED.sub(b"", content)
    for match in _BASE64.finditer(unfolded):
        signs = match.group().rstrip(b"=").replace(b"-", b"+").replace(b"_", b"/")
        with suppress(ValueError):
            yield base64.b64decode(signs + b"=" * (-len(signs) % 4))
