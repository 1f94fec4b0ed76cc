"""How a file is handed out: as a download that no browser shows or runs, or to be shown (RFC 6266)."""

from urllib.parse import quote

INLINE = "inline"
"""The `Content-Disposition` of a preview."""


def disposition(name: str) -> str:
    """The `Content-Disposition` of a download (RFC 6266); `name` is one that we made.

    >>> print(disposition("Fotoğraf.png"))
    attachment; filename="Foto_raf.png"; filename*=UTF-8''Foto%C4%9Fraf.png
    """
    plain = "".join(sign if sign.isascii() else "_" for sign in name)
    return f"attachment; filename=\"{plain}\"; filename*=UTF-8''{quote(name, safe='')}"
