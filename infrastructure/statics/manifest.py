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

COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
"""A comment of a style sheet; no text in one of ours holds its signs."""


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
    for source in sorted((templates / "pages/static").iterdir()):
        content = _light(source)
        path = hashed(f"static/{source.name}", content)
        files[path] = content
        manifest[source.name] = (path, integrity(content))
    return Statics(files, manifest)


def _light(source: Path) -> bytes:
    """Scripts without comments and blanks, style sheets without comments: their blanks compress well."""
    content = source.read_bytes()
    if source.suffix == ".css":
        return COMMENT.sub("", content.decode()).encode()
    if source.suffix == ".js":
        return str(rjsmin.jsmin(content.decode())).encode()
    return content
