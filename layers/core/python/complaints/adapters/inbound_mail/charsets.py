"""Bytes of mails as text, by the charset that they name, as the web reads such names (WHATWG, Encoding).

Programs say `us-ascii`, `gb2312` or `ks_c_5601-1987` and mean the larger set that goes by the name. Bytes
that do not fit are replaced one by one, so that one of them never spoils the rest.
"""

from webencodings import decode, lookup

_SAYS_NOTHING = frozenset({"", "us-ascii", "ascii", "ansi_x3.4-1968", "unknown", "unknown-8bit", "8bit"})
"""Labels that a program writes when it does not know."""
_UNREAD = frozenset({"replacement", "x-user-defined"})
"""Names that no text is to be read by."""


def decoded(content: bytes, label: str) -> str:
    """The text of `content`; where the label names no charset, it is read as what it most likely is."""
    encoding = None if label.strip().lower() in _SAYS_NOTHING else lookup(label)
    if encoding is None or encoding.name in _UNREAD:
        return _likeliest(content)
    return decode(content, "gb18030" if encoding.name == "gbk" else encoding)[0]


def _likeliest(content: bytes) -> str:
    """UTF-8 where more of what is not ASCII fits than does not, else what western programs write."""
    text = decode(content, "utf-8")[0]
    misfits = text.count("\ufffd")
    if misfits and 2 * misfits > sum(not sign.isascii() for sign in text):
        return decode(content, "windows-1252")[0]
    return text
