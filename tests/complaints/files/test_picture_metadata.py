"""What a camera writes into a picture is not kept; the picture is, and how it is to be turned."""

import struct
import zlib

import pytest

from complaints.case.record.attachments import FileType
from complaints.files.file_types import type_of
from complaints.files.picture_metadata import without_metadata
from tests.attachments.samples import GOOD, JPEG, PNG, WEBP, png, png_chunk

SECRET = b"GPS 41.01 N, camera of Ada"


def exif(turned: int, order: str = "<") -> bytes:
    """Exif with a maker, an orientation, and the secret."""
    entries = struct.pack(f"{order}HHIIHHIHH", 0x010F, 2, len(SECRET), 38, 0x0112, 3, 1, turned, 0)
    head = (b"II*\0" if order == "<" else b"MM\0*") + struct.pack(f"{order}IH", 8, 2)
    return head + entries + b"\0\0\0\0" + SECRET


def segment(kind: int, content: bytes) -> bytes:
    return bytes((0xFF, kind)) + (len(content) + 2).to_bytes(2, "big") + content


SCAN = segment(0xDA, b"\1\1\0\0\x3f\0") + b"\x11\xff\x00\x22\xff\xd0\x33"
ICC = segment(0xE2, b"ICC_PROFILE\0\1\1colours")
ADOBE = segment(0xEE, b"Adobe\0\x64\0\0\0\0\1")


def jpeg(*segments: bytes, behind: bytes = b"") -> bytes:
    """A JPEG with these segments, two scans, and something behind its end."""
    between = segment(0xFE, SECRET)
    return JPEG[:-2] + b"".join(segments) + ICC + ADOBE + SCAN + between + SCAN + JPEG[-2:] + behind


def webp(*parts: tuple[bytes, bytes]) -> bytes:
    body = WEBP[12:]
    for name, content in parts:
        body += name + len(content).to_bytes(4, "little") + content + b"\0" * (len(content) % 2)
    return b"RIFF" + (len(body) + 4).to_bytes(4, "little") + b"WEBP" + body


PICTURES = {
    "Exif": (FileType.JPEG, jpeg(segment(0xE1, b"Exif\0\0" + exif(6)))),
    "Exif of the other order": (FileType.JPEG, jpeg(segment(0xE1, b"Exif\0\0" + exif(6, ">")))),
    "XMP": (FileType.JPEG, jpeg(segment(0xE1, b"http://ns.adobe.com/xap/1.0/\0" + SECRET))),
    "IPTC": (FileType.JPEG, jpeg(segment(0xED, b"Photoshop 3.0\0" + SECRET))),
    "a comment": (FileType.JPEG, jpeg(segment(0xFE, SECRET))),
    "a thumbnail": (FileType.JPEG, jpeg(segment(0xE0, b"JFXX\0\x10" + SECRET))),
    "a second picture": (FileType.JPEG, jpeg(behind=jpeg(segment(0xE1, SECRET)))),
    "bytes between segments": (FileType.JPEG, jpeg(b"\0\0" + segment(0xFE, SECRET))),
    "a text of PNG": (FileType.PNG, png(png_chunk(b"tEXt", b"Author\0" + SECRET))),
    "a packed text": (FileType.PNG, png(png_chunk(b"zTXt", b"Author\0\0" + SECRET))),
    "an international text": (FileType.PNG, png(png_chunk(b"iTXt", b"XML:com.adobe.xmp\0\0\0\0\0" + SECRET))),
    "Exif of PNG": (FileType.PNG, png(png_chunk(b"eXIf", exif(6)))),
    "what stands behind a PNG": (FileType.PNG, PNG + SECRET),
    "Exif of WebP": (FileType.WEBP, webp((b"EXIF", exif(6)), (b"XMP ", SECRET))),
    "what stands behind a WebP": (FileType.WEBP, webp() + SECRET),
}


@pytest.mark.parametrize("name", PICTURES)
def test_metadata_is_emptied_where_it_stands_and_the_picture_is_of_the_same_length(name: str) -> None:
    kind, content = PICTURES[name]
    found = without_metadata(content, kind)
    assert SECRET in content
    assert SECRET not in found
    assert len(found) == len(content)
    assert type_of(found) is kind
    assert without_metadata(found, kind) == found, "a second look, after a crash, finds the same"


@pytest.mark.parametrize("name", [name for name in PICTURES if name.startswith("Exif")])
def test_how_it_is_turned_stays(name: str) -> None:
    kind, content = PICTURES[name]
    assert b"\x01\x12\0\3\0\0\0\1\0\6\0\0" in without_metadata(content, kind)


def test_colours_and_what_is_shown_stay_byte_for_byte() -> None:
    found = without_metadata(jpeg(segment(0xFE, SECRET)), FileType.JPEG)
    assert found.count(SCAN) == 2
    assert ICC in found
    assert ADOBE in found
    picture = png(png_chunk(b"gAMA", b"\0\0\xb1\x8f"), png_chunk(b"tEXt", b"Author\0" + SECRET))
    chunks = without_metadata(picture, FileType.PNG)
    assert png_chunk(b"gAMA", b"\0\0\xb1\x8f") in chunks
    assert png_chunk(b"paDd", bytes(7 + len(SECRET))) in chunks, "with its checksum"
    assert zlib.compress(b"\0\0") in chunks


@pytest.mark.parametrize("kind", GOOD)
def test_a_file_without_metadata_is_kept_as_it_is(kind: FileType) -> None:
    assert without_metadata(GOOD[kind], kind) == GOOD[kind]


@pytest.mark.parametrize("name", PICTURES)
def test_a_picture_that_is_cut_anywhere_is_taken(name: str) -> None:
    kind, content = PICTURES[name]
    for end in range(12, len(content)):
        assert len(without_metadata(content[:end], kind)) == end
