"""Files that are whole or not there, whenever the run is killed; and what is noted in them."""

from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import TypeVar

import msgspec

from infrastructure.errors import CommandError

Note = TypeVar("Note", bound=msgspec.Struct)


def write_whole(path: Path, content: bytes, mode: int = 0o644) -> None:
    """Writes the file in one step: a reader, or a run after a crash, sees the old content or the new one."""
    # Each writer has a draft of its own: requests write the same file at the same time.
    with NamedTemporaryFile(prefix=f".{path.name}.", dir=path.parent, delete=False) as draft:
        draft.write(content)
    Path(draft.name).chmod(mode)
    Path(draft.name).replace(path)


def write_note(path: Path, note: msgspec.Struct) -> None:
    """Notes something for the next run."""
    write_whole(path, msgspec.json.encode(note))


def read_note(path: Path, empty: Note) -> Note:
    """What was noted, or `empty` where nothing was. Raises `CommandError` for a damaged file."""
    try:
        return msgspec.json.decode(path.read_bytes(), type=type(empty))
    except FileNotFoundError:
        return empty
    except (msgspec.MsgspecError, UnicodeDecodeError) as error:
        raise CommandError(
            f"The file {path} is damaged ({error}): remove it, or the whole data folder."
        ) from error
