"""The HTML of a mail as plain text, in one pass.

The work grows with the length of the HTML, whatever lies within what: parsers that build a tree take minutes
where elements are nested by the ten thousand. What comes out is text and is shown as text, so there is
nothing to sanitise.
"""

import re
from collections.abc import Iterator
from html import unescape
from typing import NamedTuple

MOST_HTML = 300_000
"""More signs of HTML than this are not read as text: they stay in the mail as it came."""
DEEPEST = 9
"""How many levels of quotation are counted."""
MOST_OF_A_TARGET = 1_000
"""A longer target of a link is left out."""

_NAME = re.compile(r"(/?)([a-zA-Z][a-zA-Z0-9:-]{0,30})")
_VALUE_OR_END = re.compile(r">|=\s{0,9}([\"'])")
_ATTRIBUTE = re.compile(r"([a-zA-Z-]{1,30})\s{0,9}=\s{0,9}(?:\"([^\"]*)\"|'([^']*)'|([^\s\"'>]+))")
_ENTITY = re.compile(
    r"&(?:#[0-9]{1,7}(?![0-9])|#[xX][0-9a-fA-F]{1,6}(?![0-9a-fA-F])|[a-zA-Z][a-zA-Z0-9]{1,31});?"
)
_BLANKS = re.compile(r"[ \t\r\n\f]+")

_UNREAD = {name: re.compile(f"</{name}", re.IGNORECASE) for name in ("script", "style", "template", "title")}
_BLOCKS = frozenset(
    (
        *("address", "article", "aside", "blockquote", "body", "caption", "center", "dd", "div", "dl", "dt"),
        *("fieldset", "figcaption", "figure", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "header"),
        *("hr", "html", "li", "main", "nav", "ol", "p", "pre", "section", "table", "tbody", "tfoot", "thead"),
        *("tr", "ul"),
    )
)
_SPACED = frozenset(("h1", "h2", "h3", "h4", "h5", "h6", "p"))
"""Blocks with an empty line around them."""
_CELLS = ("td", "th")
_LINK = re.compile(r"(?:https?://|mailto:|tel:)\S+", re.IGNORECASE)
_INDENTED = re.compile(r"border\s*:\s*(?:none|0)", re.IGNORECASE)
_QUOTING = re.compile(r"\b(?:yahoo_quoted|quoted-content)|^quote$")
"""How Yahoo and GMX name the element that holds what they quote."""


class Tag(NamedTuple):
    """A tag as it stands: `attributes` is what follows its name."""

    name: str
    is_end: bool
    attributes: str


def text_of(html: str, *, targets: bool = True) -> str:
    """HTML as plain text: a quotation is one by `>`, and a link keeps its target, but not within quotations.

    Without `targets` no link keeps any.
    """
    writer = _Writer(targets)
    for token in _tokens(html[:MOST_HTML]):
        if isinstance(token, Tag):
            writer.take_tag(token)
        else:
            writer.take_text(_unescaped(token))
    return writer.text()


def _tokens(html: str) -> Iterator[str | Tag]:
    """Texts and tags in order, without comments and what is never shown."""
    place, absent = 0, set[str]()
    while (start := html.find("<", place)) >= 0:
        yield html[place:start]
        name = _NAME.match(html, start + 1)
        if name:
            place = _end_of_tag(html, name.end(), absent)
            tag = Tag(name[2].lower(), bool(name[1]), html[name.end() : place].rstrip(">"))
            yield tag
            if not tag.is_end and tag.name in _UNREAD:
                close = _UNREAD[tag.name].search(html, place)
                place = close.start() if close else len(html)
        elif html.startswith("<!--", start):
            place = _after(html, "-->", start + 4)
        elif html[start + 1 : start + 2] in ("!", "?", "/"):
            place = _after(html, ">", start + 2)
        else:
            yield "<"
            place = start + 1
    yield html[place:]


def _after(html: str, end: str, place: int) -> int:
    found = html.find(end, place)
    return len(html) if found < 0 else found + len(end)


def _end_of_tag(html: str, place: int, absent: set[str]) -> int:
    """Where a tag ends, its `>` included; one within the quotes of a value does not end it.

    `absent` holds the quotes that are known not to come any more, so that the search is not repeated.
    """
    while found := _VALUE_OR_END.search(html, place):
        place, quote = found.end(), found[1]
        if quote is None:
            return place
        close = -1 if quote in absent else html.find(quote, place)
        if close < 0:
            absent.add(quote)
        else:
            place = close + 1
    return len(html)


def _attributes(tag: Tag) -> dict[str, str]:
    found = _ATTRIBUTE.findall(tag.attributes[: 4 * MOST_OF_A_TARGET])
    return {name.lower(): _unescaped(one or other or bare) for name, one, other, bare in found}


def _unescaped(text: str) -> str:
    """The text with its entities read; a number too long to be a sign's stays as it stands."""
    return _ENTITY.sub(lambda entity: unescape(entity[0]), text)


class _Writer:
    """Collects the lines of the text, each with how deep in quotations it stands."""

    def __init__(self, targets: bool) -> None:
        self._targets = targets
        self._lines: list[str] = []
        self._line: list[str] = []
        self._quotes: list[bool] = []
        self._divs: list[bool] = []
        self._depth = 0
        self._last_depth = 0
        self._wants_gap = False
        self._kept_as_is = 0
        self._link: tuple[str, int] | None = None

    def text(self) -> str:
        self._end_line()
        return "\n".join(self._lines)

    def take_text(self, text: str) -> None:
        if not self._kept_as_is:
            self._line.append(text)
            return
        for place, line in enumerate(text.split("\n")):
            if place:
                self._end_line(always=True)
            self._line.append(line)

    def take_tag(self, tag: Tag) -> None:
        if tag.name == "a":
            self._take_link(tag)
        elif tag.name == "br":
            self._end_line(always=True)
        elif tag.name in _CELLS:
            self._line.append(" ")
        elif tag.name in _BLOCKS:
            self._take_block(tag)

    def _take_block(self, tag: Tag) -> None:
        self._end_line()
        if tag.name in _SPACED and "MsoNormal" not in tag.attributes:
            self._wants_gap = True
        if tag.name == "li" and not tag.is_end:
            self._line.append("- ")
        elif tag.name == "pre":
            self._kept_as_is = max(self._kept_as_is + (-1 if tag.is_end else 1), 0)
        elif tag.name == "blockquote":
            self._take_quote(self._quotes, tag)
        elif tag.name == "div":
            self._take_quote(self._divs, tag)

    def _take_quote(self, levels: list[bool], tag: Tag) -> None:
        """Counts the levels of quotation; `levels` says which of the open elements of a kind are one."""
        if tag.is_end:
            self._depth -= levels.pop() if levels else 0
            return
        is_quote = _quotes(tag)
        levels.append(is_quote)
        self._depth += is_quote

    def _take_link(self, tag: Tag) -> None:
        if not tag.is_end:
            target = _attributes(tag).get("href", "").strip() if self._targets and not self._depth else ""
            is_kept = len(target) <= MOST_OF_A_TARGET and _LINK.fullmatch(target)
            self._link = (target, len(self._line)) if is_kept else None
        elif self._link:
            target, start = self._link
            self._link = None
            if _bare(target) not in _bare("".join(self._line[start:])):
                self._line.append(f" <{target}>")

    def _end_line(self, *, always: bool = False) -> None:
        """Ends the line if there is anything in it; `always` also where there is not."""
        words = "".join(self._line)
        line = words.rstrip() if self._kept_as_is else _BLANKS.sub(" ", words).strip(" ")
        if line or always:
            depth = min(self._depth, DEEPEST)
            if self._wants_gap and self._lines and self._lines[-1]:
                self._lines.append(">" * depth if depth == self._last_depth else "")
            self._lines.append(f"{'>' * depth} {line}".rstrip() if depth else line)
            self._wants_gap, self._last_depth = False, depth
        self._line = []
        if self._link:
            self._link = (self._link[0], 0)


def _quotes(tag: Tag) -> bool:
    """Whether an element holds a quotation: programs indent what a person writes by a `blockquote` too."""
    found = _attributes(tag)
    if tag.name == "div":
        return any(_QUOTING.search(found.get(name, "")) for name in ("class", "id", "name"))
    is_cited = "cite" in found.get("type", "") or "class" in found
    return is_cited or not _INDENTED.search(found.get("style", ""))


def _bare(target: str) -> str:
    """A target as people write it."""
    return re.sub(r"^(?:https?://|mailto:|tel:)", "", target.strip().lower()).rstrip("/")
