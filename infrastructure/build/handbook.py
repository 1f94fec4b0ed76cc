"""The handbook as the desk shows it: the Markdown of the repository, made into parts of a page.

It is made when the package is, so that a deployed function neither reads Markdown nor asks another host.
Pictures are left out: whoever reads it at the desk has the real pages beside it.
"""

import json
import re
from collections.abc import Sequence
from pathlib import Path

from markdown_it import MarkdownIt
from markdown_it.token import Token

ROOT = Path(__file__).resolve().parents[2]
TARGET = ROOT / "templates/handbook.json"
PAGES = {
    "agent": "handbook/agent.md",
    "reviewer": "handbook/reviewer.md",
    "manager": "handbook/manager.md",
    "quality": "handbook/quality.md",
    "administrator": "handbook/administrator.md",
    "auditor": "handbook/auditor.md",
    "privacy": "handbook/privacy.md",
    "custodian": "handbook/custodian.md",
    "website-developer": "handbook/website-developer.md",
    "widget": "widget.md",
    "webhooks": "webhooks.md",
    "glossary": "glossary.md",
}
"""The pages by their names at the desk, each with its source below `docs`."""

_LINK = re.compile(r"(?:\.\./)*(?:handbook/)?([a-z-]+)\.md(#[a-z0-9-]*)?")
_TITLE = re.compile(r"<h1>(.*?)</h1>\n")
_EMPTY = re.compile(r"<p>\s*</p>\n")


LANGUAGES = ("en", "tr")
"""The languages that there is a handbook in. In all but English it has the pages of people's work only."""


def handbook(docs: Path = ROOT / "docs") -> bytes:
    """The title and the HTML of each page, as JSON by language and the names of the pages."""
    pages = {
        language: {name: _page(source) for name, source in sources_in(language, docs).items()}
        for language in LANGUAGES
    }
    return json.dumps(pages, sort_keys=True).encode()


def sources_in(language: str, docs: Path = ROOT / "docs") -> dict[str, Path]:
    """The files of the pages that there are in a language, by the names of the pages."""
    if language == LANGUAGES[0]:
        return {name: docs / source for name, source in PAGES.items()}
    return {
        name: docs / "handbook" / language / Path(source).name
        for name, source in PAGES.items()
        if source.startswith("handbook/")
    }


def write_handbook(target: Path = TARGET) -> None:
    """Writes the handbook where one of its sources is newer."""
    sources = [Path(__file__), *(path for each in LANGUAGES for path in sources_in(each).values())]
    if not target.exists() or target.stat().st_mtime <= max(path.stat().st_mtime for path in sources):
        target.write_bytes(handbook())


def _page(source: Path) -> tuple[str, str]:
    markdown = MarkdownIt("commonmark", {"html": False}).enable("table")
    tokens = [token for token in markdown.parse(source.read_text("utf-8")) if token.type != "html_block"]
    for token in tokens:
        token.children = _for_the_desk(token.children or []) if token.type == "inline" else token.children
    html = str(markdown.renderer.render(tokens, markdown.options, {}))
    title = _TITLE.search(html)
    assert title is not None, f"{source} has no title"
    html = _EMPTY.sub("", html.replace(title[0], "", 1))
    html = html.replace("<table>", '<div class="wide" tabindex="0" role="group"><table>')
    html = html.replace("</table>", "</table></div>")
    return title[1], html.replace("<pre>", '<pre class="code" dir="ltr" tabindex="0">')


def _for_the_desk(tokens: Sequence[Token]) -> list[Token]:
    """Without pictures; links lead to other pages of the handbook, and what is not in it is no link."""
    kept: list[Token] = []
    dropped = False
    for token in tokens:
        if token.type == "link_open":
            address = str(token.attrs["href"])
            named = _LINK.fullmatch(address)
            dropped = not address.startswith("https://") and not (named and named[1] in PAGES)
            if named and not dropped:
                token.attrs["href"] = named[1] + (named[2] or "")
        if token.type != "image" and not (dropped and token.type.startswith("link_")):
            kept.append(token)
        dropped = dropped and token.type != "link_close"
    return kept
