"""`make pictures`: takes the pictures of the documentation anew, below docs/pictures."""

import sys
from collections.abc import Mapping
from pathlib import Path
from types import ModuleType

from infrastructure.pictures.albums import letters
from infrastructure.pictures.chromium import chromium, program

ALBUMS: Mapping[str, ModuleType] = {"letters": letters}
"""Each by the name of its folder; what each does stands in `infrastructure/pictures/albums/__init__.py`."""
FOLDER = Path("docs/pictures")


def take(names: list[str]) -> None:
    """Takes the albums of these names, or all. Raises `SystemExit` where there is no browser."""
    path = program()
    if path is None:
        raise SystemExit("no chromium here: apt-get install chromium")
    with chromium(path) as browser:
        for name in names or ALBUMS:
            folder = FOLDER / name
            folder.mkdir(parents=True, exist_ok=True)
            ALBUMS[name].take(browser, folder)
            print(f"{len(list(folder.glob('*.webp')))} pictures: {folder}")


if __name__ == "__main__":
    take(sys.argv[1:])
