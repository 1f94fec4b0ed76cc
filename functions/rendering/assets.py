"""Style sheets and scripts of pages: a template names one, and learns its address and its bytes.

They are no templates and wake no function: `infrastructure/statics` makes them, and the manifest beside the
templates says where each lies.
"""

from functools import cache, lru_cache
from pathlib import Path
from typing import NamedTuple

import msgspec
from markupsafe import Markup

_MANIFEST = "statics.json"
_STYLE = Markup('<link rel="stylesheet" href="{}" integrity="{}">\n')
_SCRIPT = Markup('<script defer src="{}" integrity="{}"></script>\n')
_LATER = Markup(' data-script="{}" data-integrity="{}"')


class Asset(NamedTuple):
    """`address` is where it lies, below what the installation is served at; `integrity` says its bytes."""

    address: str
    integrity: str


@lru_cache(maxsize=128)
def find_asset(templates: Path, root: str, name: str) -> Asset:
    """The file that is called `name` among the sources. Raises `KeyError` for one that there is not."""
    path, integrity = _manifest(templates / _MANIFEST)[name]
    return Asset(f"{root}/{path}", integrity)


@lru_cache(maxsize=128)
def style(templates: Path, root: str, name: str) -> Markup:
    """The link of a page to a style sheet."""
    return _STYLE.format(*find_asset(templates, root, name))


@lru_cache(maxsize=128)
def script(templates: Path, root: str, name: str) -> Markup:
    """The element of a page which runs a script once the page has been read."""
    return _SCRIPT.format(*find_asset(templates, root, name))


@lru_cache(maxsize=128)
def later(templates: Path, root: str, name: str) -> Markup:
    """The attributes of an element by which a page loads a script when the element is first used."""
    return _LATER.format(*find_asset(templates, root, name))


@cache
def _manifest(path: Path) -> dict[str, tuple[str, str]]:
    return msgspec.json.decode(path.read_bytes(), type=dict[str, tuple[str, str]])
