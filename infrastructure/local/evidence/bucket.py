"""The evidence bucket of a local run: files below a folder, written once (port `EvidenceFiles`)."""

import os
from collections.abc import Iterator
from pathlib import Path
from tempfile import NamedTemporaryFile

_READ_ONLY = 0o444


class LocalEvidenceFiles:
    """Files below `folder`. Who removes one by hand does what an attacker does who got around object lock."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def put(self, key: str, content: bytes, media_type: str) -> bool:
        path = self._folder / key
        path.parent.mkdir(parents=True, exist_ok=True)
        with NamedTemporaryFile(prefix=f".{path.name}.", dir=path.parent) as draft:
            draft.write(content)
            draft.flush()
            Path(draft.name).chmod(_READ_ONLY)
            try:
                # A link comes into being whole, and never in place of a file.
                os.link(draft.name, path)
            except FileExistsError:
                return False
        return True

    def get(self, key: str) -> bytes | None:
        try:
            return (self._folder / key).read_bytes()
        except FileNotFoundError:
            return None

    def keys(self, prefix: str) -> Iterator[str]:
        below = self._folder / prefix.rpartition("/")[0]
        found = (path for path in below.rglob("*") if path.is_file() and not path.name.startswith("."))
        names = sorted(path.relative_to(self._folder).as_posix() for path in found)
        return (name for name in names if name.startswith(prefix))
