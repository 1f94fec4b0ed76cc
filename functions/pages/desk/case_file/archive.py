"""An archive (ZIP) of files with their SHA-256 in a list that `sha256sum -c` reads, written file by file."""

from datetime import datetime
from hashlib import sha256
from typing import BinaryIO
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile, ZipInfo

SUMS = "SHA256SUMS"
"""The list of hashes: it names every other file of the archive."""


class Archive:
    """Writes an archive to an open file. Names are ours: plain ASCII, with `/` between folder and file."""

    def __init__(self, to: BinaryIO, made_at: datetime) -> None:
        self._zip = ZipFile(to, "w")
        self._made_at = made_at
        self._sums: list[str] = []

    def add(self, name: str, content: bytes, *, is_packed: bool = False) -> None:
        """Adds a file; what `is_packed` by itself, as pictures are, is not packed again."""
        self._write(name, content, ZIP_STORED if is_packed else ZIP_DEFLATED)
        self._sums.append(f"{sha256(content).hexdigest()}  {name}\n")

    def close(self) -> None:
        """Adds the list of hashes, and ends the archive."""
        self._write(SUMS, "".join(self._sums).encode(), ZIP_DEFLATED)
        self._zip.close()

    def _write(self, name: str, content: bytes, method: int) -> None:
        member = ZipInfo(name, self._made_at.timetuple()[:6])
        member.compress_type = method
        member.external_attr = 0o644 << 16
        self._zip.writestr(member, content)
