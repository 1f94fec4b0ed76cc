"""Bytes of mails as text, by the charset that they name, as the web reads such names (WHATWG, Encoding).

Programs say `us-ascii`, `gb2312` or `utf-8` and mean a larger set, or another. Bytes that do not fit are read
or replaced one by one, so that one of them never spoils the rest.
"""

from codecs import BOM_UTF16_BE, BOM_UTF16_LE

from webencodings import UTF8, decode, lookup

_SAYS_NOTHING = frozenset({"", "us-ascii", "ascii", "ansi_x3.4-1968", "unknown", "unknown-8bit", "8bit"})
"""Labels that a program writes when it does not know."""
_UNREAD = frozenset({"replacement", "x-user-defined"})
"""Names that no text is to be read by."""

_WESTERN, _TURKISH = "windows-1252", "windows-1254"
_LETTERS = {
    charset: dict(enumerate(bytes(range(0x80, 0x100)).decode(charset, "replace"), 0xDC80))
    for charset in (_WESTERN, _TURKISH)
}
"""The letters of bytes that are no UTF-8, as Python keeps such a byte (PEP 383)."""
_OF_TURKISH = "\udcd0\udcdd\udcde\udcf0\udcfd\udcfe"
"""Bytes of the Turkish Ğ İ Ş ğ ı ş; the western charset has Icelandic letters in their place."""
_OF_ICELANDIC = "\udcc1\udcc6\udcc9\udccd\udcd3\udcda\udce1\udce6\udce9\udced\udcf3\udcfa"
"""Bytes of Á Æ É Í Ó Ú and their small ones, without which nobody writes Icelandic. Turkish has none."""


def decoded(content: bytes, label: str) -> str:
    """The text of `content`; where the label names no charset, or one that not all of it fits, it is read as
    what it most likely is."""
    encoding = None if label.strip().lower() in _SAYS_NOTHING else lookup(label)
    if encoding in (None, UTF8) or encoding.name in _UNREAD:
        return _likeliest(content)
    return decode(content, "gb18030" if encoding.name == "gbk" else encoding)[0]


def _likeliest(content: bytes) -> str:
    """UTF-8, and what does not fit as western or Turkish programs write; all, where most does not fit."""
    if content.startswith((BOM_UTF16_LE, BOM_UTF16_BE)):
        return decode(content, UTF8)[0]
    text = decode(content, UTF8, "surrogateescape")[0]
    fitting = text.encode("utf-8", "ignore").decode()
    misfits = len(text) - len(fitting)
    if not misfits:
        return text
    charset = _TURKISH if _has(_OF_TURKISH, text) and not _has(_OF_ICELANDIC, text) else _WESTERN
    if misfits > len(fitting) - len(fitting.encode("ascii", "ignore")):
        return content.decode(charset, "replace")
    return text.translate(_LETTERS[charset])


def _has(signs: str, text: str) -> bool:
    return any(sign in text for sign in signs)
