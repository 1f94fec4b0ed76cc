"""Metadata of a picture: who took it, where and with what, emptied before the picture is kept.

Cameras and programs write it without being asked (Exif, XMP, IPTC, comments, thumbnails, a second picture
behind the first). It is overwritten where it stands, so that a picture keeps its length; how it is to be
turned (Exif 2.32, 4.6.4) stays, and so do colours. What is no part of the picture by the standards (ITU-T
T.81, B.1; ISO/IEC 15948; RFC 9649) is emptied, too.
"""

import re
from typing import Literal
from zlib import crc32

from complaints.case.record.attachments import FileType

_EXIF = b"Exif\0\0"
_TURNED = 0x0112
_NEXT = re.compile(rb"\xff+(?P<kind>[^\x00\xff\xd0-\xd7])")
_START, _END, _SCAN, _COMMENT = 0xD8, 0xD9, 0xDA, 0xFE
_OF_PROGRAMS = range(0xE0, 0xF0)
_KEPT_BYTES = {b"JFIF\0": 12, b"ICC_PROFILE\0": 1 << 16, b"Adobe": 12}
"""How much of a segment of a program belongs to the picture; a thumbnail behind that does not."""

_PNG_PARTS = frozenset(
    b"IHDR PLTE IDAT IEND tRNS cHRM gAMA iCCP sBIT sRGB cICP mDCV cLLI bKGD hIST pHYs sPLT acTL fcTL"
    b" fdAT".split()
)
_EMPTY_PNG_PART = b"paDd"
_WEBP_PARTS = frozenset((b"VP8 ", b"VP8L", b"VP8X", b"ALPH", b"ANIM", b"ANMF", b"ICCP"))


def without_metadata(content: bytes, kind: FileType) -> bytes:
    """The picture without its metadata, of the same length; what is no picture stays as it is.

    >>> without_metadata(b"Ada, 5 March", FileType.TEXT)
    b'Ada, 5 March'
    """
    clean = _CLEANERS.get(kind)
    if clean is None:
        return content
    made = bytearray(content)
    end = clean(made)
    made[end:] = bytes(len(made) - end)
    return bytes(made)


def _clean_jpeg(made: bytearray) -> int:
    """Where the picture ends. Bytes between segments that are none are passed over, as readers do."""
    place = 0
    while found := _NEXT.search(made, place):
        kind, place = found["kind"][0], found.end()
        if kind == _END:
            return place
        if kind in (_START, 0x01):
            continue
        begin, end = place + 2, place + int.from_bytes(made[place : place + 2], "big")
        if kind == _COMMENT or kind in _OF_PROGRAMS:
            _empty_segment(made, begin, min(end, len(made)))
        place = max(begin, end)
    return len(made)


def _empty_segment(made: bytearray, begin: int, end: int) -> None:
    segment = bytes(made[begin:end])
    kept = next((most for name, most in _KEPT_BYTES.items() if segment.startswith(name)), 0)
    left = segment[:kept]
    if segment.startswith(_EXIF):
        left = _turned(segment[len(_EXIF) :], _EXIF)
    made[begin:end] = left.ljust(end - begin, b"\0")[: end - begin]


def _clean_png(made: bytearray) -> int:
    place = 8
    while place + 12 <= len(made):
        end = place + 8 + int.from_bytes(made[place : place + 4], "big")
        name = bytes(made[place + 4 : place + 8])
        if end + 4 > len(made):
            break
        if name not in _PNG_PARTS:
            turned = _turned(bytes(made[place + 8 : end]), b"") if name == b"eXIf" else b""
            named = name if turned else _EMPTY_PNG_PART
            made[place + 4 : end] = named + turned.ljust(end - place - 8, b"\0")
            made[end : end + 4] = crc32(made[place + 4 : end]).to_bytes(4, "big")
        place = end + 4
        if name == b"IEND":
            break
    return place


def _clean_webp(made: bytearray) -> int:
    whole, place = min(len(made), 8 + int.from_bytes(made[4:8], "little")), 12
    while place + 8 <= whole:
        name, size = bytes(made[place : place + 4]), int.from_bytes(made[place + 4 : place + 8], "little")
        begin, end = place + 8, min(place + 8 + size, whole)
        if name not in _WEBP_PARTS:
            content = bytes(made[begin:end])
            # Some programs begin it as in a JPEG.
            front = _EXIF if content.startswith(_EXIF) else b""
            turned = _turned(content[len(front) :], front) if name == b"EXIF" else b""
            made[begin:end] = turned.ljust(end - begin, b"\0")[: end - begin]
        place = end + size % 2
    return whole


def _turned(exif: bytes, front: bytes) -> bytes:
    """Exif that says how the picture is to be turned, and nothing else; empty where it says nothing of it."""
    if exif[:2] not in (b"II", b"MM"):
        return b""
    order: Literal["little", "big"] = "little" if exif[:2] == b"II" else "big"

    def number(place: int, length: int) -> int:
        return int.from_bytes(exif[place : place + length], order)

    first = number(4, 4)
    entries = (first + 2 + 12 * entry for entry in range(min(number(first, 2), 200)))
    found = next((number(entry + 8, 2) for entry in entries if number(entry, 2) == _TURNED), 0)
    if not 1 < found <= 8:
        return b""
    entry = _TURNED.to_bytes(2, "big") + b"\0\3\0\0\0\1" + found.to_bytes(2, "big") + b"\0\0"
    return front + b"MM\0*\0\0\0\x08\0\1" + entry + b"\0\0\0\0"


_CLEANERS = {FileType.JPEG: _clean_jpeg, FileType.PNG: _clean_png, FileType.WEBP: _clean_webp}
