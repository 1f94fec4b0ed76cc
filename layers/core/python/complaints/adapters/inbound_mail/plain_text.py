"""Cleans texts from outside for storage and display: printable characters only, and our line ends."""

import re

_UNREADABLE = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff]")
"""Controls but for line ends and tabs, and halves of signs, which no file and no answer can hold."""
_LINE_ENDS = re.compile("\r\n?|[\u2028\u2029\x85]")
_BLANKS = re.compile(r"[^\S\n]+")
_GAPS = re.compile(r"\n{3,}")


def legible(text: str) -> str:
    """The text without controls, and without halves of signs."""
    return _UNREADABLE.sub("", text)


def tidy(text: str) -> str:
    """Line ends as ours, only signs that can be read, no more than two line ends in a row."""
    lines = _BLANKS.sub(" ", legible(_LINE_ENDS.sub("\n", text))).replace(" \n", "\n")
    return _GAPS.sub("\n\n", lines.removesuffix(" ")).strip("\n")
