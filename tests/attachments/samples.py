"""Small files that are what they say, and some that are not."""

import zlib
from io import BytesIO
from zipfile import ZipFile

from complaints.case.record.attachments import FileType


def png_chunk(name: bytes, data: bytes = b"") -> bytes:
    """One chunk of a PNG (ISO/IEC 15948, 5.3)."""
    return len(data).to_bytes(4, "big") + name + data + zlib.crc32(name + data).to_bytes(4, "big")


def png(*more: bytes) -> bytes:
    """A picture of one black point, with further chunks before it."""
    head = png_chunk(b"IHDR", b"\0\0\0\1\0\0\0\1\x08\0\0\0\0")
    data = png_chunk(b"IDAT", zlib.compress(b"\0\0"))
    return b"\x89PNG\r\n\x1a\n" + head + b"".join(more) + data + png_chunk(b"IEND")


def archive() -> bytes:
    """A ZIP with one file in it; programs of Java are such."""
    made = BytesIO()
    with ZipFile(made, "w") as packed:
        packed.writestr("Main.class", b"\xca\xfe\xba\xbe")
    return made.getvalue()


PDF = b"%PDF-1.7\n1 0 obj\n<< /Type /Catalog >>\nendobj\ntrailer\n<< /Root 1 0 R >>\n%%EOF\n"
JPEG = b"\xff\xd8\xff\xe0\x00\x10JFIF\x00\x01\x01\x00\x00\x01\x00\x01\x00\x00\xff\xd9"
PNG = png()
WEBP = b"RIFF\x1a\x00\x00\x00WEBPVP8L\x0d\x00\x00\x00/\x00\x00\x00\x10\x07\x10\x11\x11\x88\x88\xfe\x07\x00"
TEXT = "The lamp arrived broken: ein Stück fehlt, bir parça eksik.\r\n\tAda <ada@example.org>\n".encode()

GOOD = {
    FileType.PDF: PDF,
    FileType.JPEG: JPEG,
    FileType.PNG: PNG,
    FileType.WEBP: WEBP,
    FileType.TEXT: TEXT,
}

SVG = b'<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>'
PAGE = b"<!DOCTYPE html><html><script>alert(1)</script></html>"
PROGRAM = b"MZ\x90\x00\x03\x00\x00\x00\x04\x00\x00\x00\xff\xff\x00\x00\xb8\x00\x00\x00"

NOTHING_THAT_IS_TAKEN = {
    "nothing": b"",
    "a page": PAGE,
    "a page after blanks": b"\xef\xbb\xbf \r\n\t" + PAGE,
    "a page in capitals": PAGE.upper(),
    "a drawing": SVG,
    "a drawing with a prologue": b'<?xml version="1.0"?>\n' + SVG,
    "a comment first": b"<!-- hello -->" + PAGE,
    "a program": PROGRAM,
    "an archive": archive(),
    "a picture of another kind": b"GIF89a\x01\x00\x01\x00\x00\x00\x00;",
    "text in UTF-16": "hello".encode("utf-16"),
    "text with a NUL": b"hello\0world",
    "a document that begins later": b"\0" + PDF,
}

TWO_THINGS = {
    "a picture that holds a page": (FileType.PNG, png(png_chunk(b"tEXt", b"Comment\0" + PAGE))),
    "a photo that holds a drawing": (FileType.JPEG, JPEG[:4] + SVG + JPEG[4:]),
    "a document that holds a page": (FileType.PDF, PDF[:9] + b"%" + PAGE + b"\n" + PDF[9:]),
    "a picture with an archive behind it": (FileType.PNG, PNG + archive()),
    "a photo with an archive behind it": (FileType.JPEG, JPEG + archive()),
    "a document with an archive behind it": (FileType.PDF, PDF + archive()),
}
