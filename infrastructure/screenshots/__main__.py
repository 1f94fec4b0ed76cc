"""`make pictures`: takes the pictures of the documentation, and writes the page that shows them."""

import sys
from collections.abc import Mapping
from pathlib import Path

from infrastructure.screenshots import gallery
from infrastructure.screenshots.albums import complainant, desk, letters
from infrastructure.screenshots.chromium import chromium, program

ALBUMS: Mapping[str, gallery.Album] = {"complainant": complainant, "desk": desk, "letters": letters}
"""Each by the name of its folder; `albums/__init__.py` says what each does."""
FOLDER, GALLERY = Path("docs/pictures"), Path("docs/gallery.md")


def take(names: list[str]) -> None:
    """Takes the albums of these names, or all. Raises `SystemExit` where there is no browser."""
    path = program()
    if path is None:
        raise SystemExit("no chromium here: apt-get install chromium-headless-shell")
    with chromium(path) as browser:
        for name in names or ALBUMS:
            folder = FOLDER / name
            folder.mkdir(parents=True, exist_ok=True)
            ALBUMS[name].take(browser, folder)
            print(f"{len(list(folder.glob('*.webp')))} pictures: {folder}")
    GALLERY.write_text(gallery.page(ALBUMS), encoding="utf-8")


if __name__ == "__main__":
    take(sys.argv[1:])
