"""Style sheets and scripts of pages: a template names one, and learns its address and its bytes.

They are no templates and wake no function: `infrastructure/statics` makes them, and the manifest beside the
templates says where each lies.
"""

from functools import cache, lru_cache
from pathlib import Path
from typing import NamedTuple

import msgspec

_MANIFEST = "statics.json"


class Asset(NamedTuple):
    """`address` is where it lies, below what the installation is served at; `integrity` says its bytes."""

    address: str
    integrity: str


@lru_cache(maxsize=128)
def find_asset(templates: Path, root: str, name: str) -> Asset:
    """The file that is called `name` among the sources. Raises `KeyError` for one that there is not."""
    path, integrity = _manifest(templates / _MANIFEST)[name]
    return Asset(f"{root}/{path}", integrity)


@cache
def _manifest(path: Path) -> dict[str, tuple[str, str]]:
    return msgspec.json.decode(path.read_bytes(), type=dict[str, tuple[str, str]])
