"""All static files of a checkout, and the list by which pages find theirs."""

import json
import re
from pathlib import Path
from typing import NamedTuple

import rjsmin

from infrastructure.statics.fingerprint import hashed, integrity
from infrastructure.statics.widget import widget_files

Manifest = dict[str, tuple[str, str]]
"""By the name that a template says: where the file lies, and its integrity."""

SOURCES = ("static", "widget")
"""Folders among the templates that are read no more once the files are made."""

JOINED = {
    "frame.css": ("style.css", "desk.css"),
    "settings-page.css": ("case-page.css", "settings.css"),
    "case-page.js": ("drafts.js", "presence.js", "texts-loader.js", "letters.js"),
}
"""Files that pages ask for together: as one they compress better, and their page names one address."""

COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
"""A comment of a style sheet; no text in one of ours holds its signs."""

_BLANKS = re.compile(r'("[^"]*")|;?\s*(\})\s*|\s*([{;,>])\s*|(?<=:)\s+|\s+')
"""A text of a style sheet, which stays, or blanks: those beside a sign or behind a colon say nothing, and
neither does a semicolon at the end of a rule."""


class Statics(NamedTuple):
    """`files` by the path at which each is served; `manifest` of those that pages ask for."""

    files: dict[str, bytes]
    manifest: Manifest

    @property
    def listed(self) -> bytes:
        """The manifest as `functions/rendering/assets.py` reads it."""
        return json.dumps(self.manifest, indent=1, sort_keys=True).encode() + b"\n"


def collect(templates: Path) -> Statics:
    """The files that the templates below `templates` come with."""
    files = widget_files(templates)
    manifest: Manifest = {}
    parts = {source.name: _light(source) for source in sorted((templates / "pages/static").iterdir())}
    joined = {
        name: b"\n".join(parts[each] for each in of)
        for name, of in JOINED.items()
        if all(each in parts for each in of)
    }
    for name, content in (parts | joined).items():
        path = hashed(f"static/{name}", content)
        files[path] = content
        manifest[name] = (path, integrity(content))
    return Statics(files, manifest)


def _light(source: Path) -> bytes:
    """Scripts and style sheets without comments and blanks."""
    content = source.read_bytes()
    if source.suffix == ".css":
        return _BLANKS.sub(_kept, COMMENT.sub("", content.decode())).strip().encode()
    if source.suffix == ".js":
        return str(rjsmin.jsmin(content.decode())).encode()
    return content


def _kept(found: re.Match[str]) -> str:
    """What stays of a text or of blanks: those that divide two words are one."""
    text, end, sign = found.groups()
    return text or end or sign or ("" if found.string[found.start() - 1 : found.start()] == ":" else " ")
