"""The archive of a release, unpacked."""

from pathlib import Path
from zipfile import ZipFile


def unpack(archive: Path, folder: Path) -> Path:
    """The one folder in an archive."""
    with ZipFile(archive) as packed:
        packed.extractall(folder)
    [unpacked] = folder.iterdir()
    return unpacked
