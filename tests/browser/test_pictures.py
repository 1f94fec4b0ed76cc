"""The pictures of the gallery are those that their albums take."""

from pathlib import Path

import pytest
from playwright.sync_api import Browser

from infrastructure.screenshots.__main__ import ALBUMS, FOLDER
from infrastructure.screenshots.chromium import HEAVIEST, opened, take_picture

PICTURES = Path(__file__).resolve().parents[2] / FOLDER


def test_each_folder_of_pictures_is_an_album() -> None:
    assert {path.name for path in PICTURES.iterdir()} == set(ALBUMS)


def test_the_album_of_letters_takes_the_letters_of_the_gallery(browser: Browser, tmp_path: Path) -> None:
    ALBUMS["letters"].take(browser, tmp_path)
    taken = {path.name: path.stat().st_size for path in tmp_path.iterdir()}
    assert set(taken) == {path.name for path in (PICTURES / "letters").iterdir()}
    assert max(taken.values()) <= HEAVIEST


def test_a_picture_that_is_too_heavy_is_not_kept(browser: Browser, tmp_path: Path) -> None:
    noise = "".join(f"<i style='color:hsl({n * 47} 90% {n % 90}%)'>{n * 7919}</i> " for n in range(6_000))
    with opened(browser) as page:
        page.set_content(noise)
        with pytest.raises(ValueError, match="too-heavy"):
            take_picture(page, tmp_path / "too-heavy.webp")
    assert list(tmp_path.iterdir()) == []
