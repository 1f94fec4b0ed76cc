"""The words of a mail: HTML as text, and what a person wrote apart from what they quoted.

No reply parser that we tried reads hostile text in bounded time, so quotations are known by what every
program writes: the line of our own letters, and `>` (RFC 3676, 4.5). What is cut off is kept.
"""

import re
import unicodedata
from html import unescape
from typing import NamedTuple

import nh3

_BREAKS = {"br", "p", "div", "li", "tr", "h1", "h2", "h3", "blockquote", "hr", "table", "ul", "ol"}
MOST_HTML = 300_000
"""More signs of HTML than this are not read as text: they stay in the mail as it came."""

_UNREAD = {"script", "style", "head", "title", "template"}
_A_BREAK = re.compile(r"<(?:br|/p|/div|/li|/tr|/h[123]|hr|/table|/ul|/ol)[^>]*>", re.IGNORECASE)
_A_QUOTE = re.compile(r"<(/?)blockquote[^>]*>", re.IGNORECASE)
_BLANKS = re.compile(r"[^\S\n]+")
_GAPS = re.compile(r"\n{3,}")
_KEPT_CONTROLS = "\n\t"
_UNREADABLE = ("Cc", "Cs")


class Words(NamedTuple):
    """What somebody wrote, and what stood below it."""

    text: str
    quoted: str


def text_of(html: str) -> str:
    """HTML as plain text: nothing of it can run, and a quotation is one in text too."""
    plain = nh3.clean(
        html[:MOST_HTML], tags=_BREAKS, clean_content_tags=_UNREAD, attributes={}, strip_comments=True
    )
    lines = _A_BREAK.sub("\n", _A_QUOTE.sub(lambda tag: "\n</q>\n" if tag[1] else "\n<q>\n", plain))
    return _tidy(unescape(re.sub(r"<(?!/?q>)[^>]*>", "", _quoting(lines))))


def _quoting(lines: str) -> str:
    """The lines with `>` before each that stands within a quotation."""
    depth, told = 0, []
    for line in lines.split("\n"):
        if line in ("<q>", "</q>"):
            depth = max(depth + (1 if line == "<q>" else -1), 0)
        else:
            told.append(f"{'&gt;' * min(depth, 9)} {line}" if depth else line)
    return "\n".join(told)


def apart(text: str, border: str) -> Words:
    """What stands above the `border` line or the first quotation that nothing of the person's follows."""
    lines = _tidy(text).split("\n")
    end = next((place for place, line in enumerate(lines) if border in line), len(lines))
    last = _last_own(lines, end)
    if last > 0 and last + 1 < len(lines) and lines[last].endswith(":"):
        # "On Monday Ada wrote:", in whatever language, belongs to what it announces.
        last = _last_own(lines, last)
    return Words("\n".join(lines[: last + 1]).strip(), "\n".join(lines[last + 1 :]).strip())


def _last_own(lines: list[str], end: int) -> int:
    """The last line above `end` that is neither empty nor quoted; -1 when there is none."""
    own = (place for place in range(end - 1, -1, -1) if lines[place].strip(" >"))
    return next((place for place in own if not lines[place].lstrip().startswith(">")), -1)


def legible(text: str) -> str:
    """The text without controls, and without halves of signs, which no file and no answer can hold."""
    kept = (sign for sign in text if sign in _KEPT_CONTROLS or unicodedata.category(sign) not in _UNREADABLE)
    return "".join(kept)


def _tidy(text: str) -> str:
    """Line ends as ours, only signs that can be read, no more than two line ends in a row."""
    unified = text.replace("\r\n", "\n").replace("\r", "\n").replace("\u2028", "\n").replace("\u2029", "\n")
    lines = "\n".join(_BLANKS.sub(" ", line).rstrip() for line in legible(unified).split("\n"))
    return _GAPS.sub("\n\n", lines).strip("\n")
