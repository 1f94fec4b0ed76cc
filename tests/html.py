"""HTML as a reader's program sees it."""

from html.parser import HTMLParser
from typing import ClassVar

NO_ICON = "data:,"
"""The icon of every page: none, so that no browser asks for one. It leads nowhere."""


class Reading(HTMLParser):
    """The words, addresses and elements of a page; `open` are the elements that nothing closed."""

    VOID: ClassVar = {"meta", "br", "link", "input", "img"}

    def __init__(self, html: str) -> None:
        super().__init__()
        self.words = ""
        self.links: list[str] = []
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.open: list[str] = []
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))
        named = (value for name, value in attrs if name in ("href", "src", "action") and value)
        self.links.extend(value for value in named if value != NO_ICON)
        if tag not in self.VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        if self.open and self.open[-1] != "title":
            self.words += data

    @property
    def assets(self) -> list[tuple[str | None, str | None]]:
        """Style sheets and scripts: where each lies, and its integrity."""
        found = [
            attributes
            for tag, attributes in self.elements
            if tag == "script" or attributes.get("rel") == "stylesheet"
        ]
        return [
            (attributes.get("src", attributes.get("href")), attributes.get("integrity"))
            for attributes in found
        ]

    @property
    def tags(self) -> list[str]:
        return [tag for tag, _ in self.elements]
