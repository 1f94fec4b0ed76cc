"""Bytes of mails as text, by the charset that they name, as the web reads such names (WHATWG, Encoding).

Programs say `us-ascii`, `gb2312` or `utf-8` and mean a larger set, or another. Bytes that do not fit are read
or replaced one by one, so that one of them never spoils the rest. What the web reads no more, mail still has.
"""

import re
from codecs import BOM_UTF16_BE, BOM_UTF16_LE
from functools import partial

from webencodings import UTF8, decode, lookup

from complaints.adapters.inbound_mail.lenient_parsing import read_or

_SAYS_NOTHING = frozenset({"", "us-ascii", "ascii", "ansi_x3.4-1968", "unknown", "unknown-8bit", "8bit"})
"""Labels that a program writes when it does not know."""
_UNREAD = frozenset({"replacement", "x-user-defined"})
"""Names that no text is to be read by."""

_BETWEEN = re.compile(r"[^a-z0-9]")
_OF_SEVEN_BITS = {
    **{"utf7": "utf_7", "unicode11utf7": "utf_7", "unicode20utf7": "utf_7", "xunicode20utf7": "utf_7"},
    **{"iso2022kr": "iso2022_kr", "csiso2022kr": "iso2022_kr", "hzgb2312": "hz"},
}
_OF_DOS = {f"{of}{page}": f"cp{page}" for of in ("", "cp", "ibm") for page in (437, 850, 852, 857, 858)}
"""Codecs of Python for what mail names and the web does not know, by the name without signs between."""
_OF_JAPAN = re.compile(r"x?(?:cs)?iso2022jp.*|(?:cp|windows)?5022[0-2]")
_SWITCHES = re.compile(rb"\x1b(?:\([BJ]|\$[@B](?P<pairs>(?:[!-~]{2})*)|\(I(?P<kana>[!-_]*))")
_MOST_SWITCHES = 50_000
"""More than a text of Japanese and other words has, as long as any that is read."""
_UP = bytes(0x80 | byte for byte in range(0x100))

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
    name = _BETWEEN.sub("", label.lower())
    codec = _OF_DOS.get(name) or (_OF_SEVEN_BITS.get(name) if content.isascii() else None)
    if codec:
        return content.decode(codec, "replace")
    if _OF_JAPAN.fullmatch(name):
        return _japanese(content)
    encoding = None if label.strip().lower() in _SAYS_NOTHING else lookup(label)
    if encoding in (None, UTF8) or encoding.name in _UNREAD:
        return _likeliest(content)
    return decode(content, "gb18030" if encoding.name == "gbk" else encoding)[0]


def _japanese(content: bytes) -> str:
    """ISO-2022-JP of any kind; where Windows wrote signs of its own (CP50221), by way of its Shift_JIS."""
    for codec in ("iso2022_jp_ext", "iso2022_jp_2", "iso2022_jp_2004"):
        text = read_or(partial(content.decode, codec), None)
        if text is not None:
            return text
    return _SWITCHES.sub(_in_shift_jis, content, _MOST_SWITCHES).decode("cp932", "replace")


def _in_shift_jis(found: re.Match[bytes]) -> bytes:
    """The signs after a switch, where Shift_JIS has them (JIS X 0208, appendix 1)."""
    pairs = found["pairs"] or b""
    moved = bytearray((found["kana"] or b"").translate(_UP))
    for row, cell in zip(pairs[::2], pairs[1::2], strict=True):
        moved.append((row + 1) // 2 + (0x70 if row < 0x5F else 0xB0))
        moved.append(cell + (0x1F + (cell >= 0x60) if row % 2 else 0x7E))
    return bytes(moved)


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
