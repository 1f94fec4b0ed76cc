"""An archive (ZIP) that is written in steps: what one function began, the next one continues.

Bytes go to whoever sends them on, and are never read again: only the list of files is kept between steps.
"""

from collections.abc import Callable
from datetime import datetime
from hashlib import sha256
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile, ZipInfo

from msgspec import Struct

SUMS = "SHA256SUMS"
"""The list of hashes, which `sha256sum -c` reads."""

_READABLE = 0o644 << 16


class WrittenFile(Struct, frozen=True, array_like=True):
    """A file of the archive: sizes in bytes, `at` where it begins, `flags` and `method` as ZIP has them, and
    its SHA-256 (hex)."""

    name: str
    size: int
    packed: int
    crc: int
    at: int
    flags: int
    method: int
    digest: str


class ArchiveState(Struct, frozen=True):
    """How far an archive is: how many bytes were written, and its files."""

    written: int = 0
    files: tuple[WrittenFile, ...] = ()


class _Output:
    """Where the archive is written: it only goes forward, and takes nothing once it is closed."""

    def __init__(self, written: int, send: Callable[[bytes], None]) -> None:
        self.written, self._send = written, send
        self.is_open = True

    def write(self, data: bytes) -> int:
        if self.is_open:
            self._send(bytes(data))
            self.written += len(data)
        return len(data)

    def tell(self) -> int:
        return self.written

    def flush(self) -> None:
        """Nothing is held back."""

    def close(self) -> None:
        self.is_open = False


class PackArchive:
    """Continues the archive of a `state`. `send` is given its bytes, in their order.

    Names are ours: plain ASCII, with `/` between folder and file. What is added stands in the list of hashes.
    """

    def __init__(self, state: ArchiveState, made_at: datetime, send: Callable[[bytes], None]) -> None:
        self._files = list(state.files)
        self._made_at = made_at.timetuple()[:6]
        self._out = _Output(state.written, send)
        self._zip = ZipFile(self._out, "w")
        self._zip.infolist().extend(map(self._known, state.files))

    @property
    def state(self) -> ArchiveState:
        return ArchiveState(self._out.written, tuple(self._files))

    def add(self, name: str, content: bytes, *, is_packed: bool = False) -> None:
        """Adds a file; what `is_packed` by itself, as pictures are, is not packed again."""
        member = self._member(name, ZIP_STORED if is_packed else ZIP_DEFLATED)
        self._zip.writestr(member, content)
        self._files.append(
            WrittenFile(
                name,
                member.file_size,
                member.compress_size,
                member.CRC,
                member.header_offset,
                member.flag_bits,
                member.compress_type,
                sha256(content).hexdigest(),
            )
        )

    def sums(self) -> bytes:
        """The list of hashes of all that was added."""
        return "".join(f"{each.digest}  {each.name}\n" for each in self._files).encode()

    def close(self, signed: Callable[[bytes], bytes] | None = None, signature: str = "") -> bytes:
        """Adds the list of hashes, and what is `signed` of it, if it is, and ends the archive; the list."""
        sums = self.sums()
        self._zip.writestr(self._member(SUMS, ZIP_DEFLATED), sums)
        if signed:
            self._zip.writestr(self._member(signature, ZIP_DEFLATED), signed(sums))
        self._zip.close()
        return sums

    def pause(self) -> None:
        """Leaves the archive as it stands, without an end: another one continues it."""
        self._out.close()
        self._zip.close()

    def _member(self, name: str, method: int) -> ZipInfo:
        member = ZipInfo(name, self._made_at)
        member.compress_type, member.external_attr = method, _READABLE
        return member

    def _known(self, file: WrittenFile) -> ZipInfo:
        member = self._member(file.name, file.method)
        member.file_size, member.compress_size, member.CRC = file.size, file.packed, file.crc
        member.header_offset, member.flag_bits = file.at, file.flags
        return member
