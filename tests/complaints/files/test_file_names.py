"""What people call their files is data; the name of a download is made."""

import unicodedata
from pathlib import PurePosixPath, PureWindowsPath

import pytest
from hypothesis import given
from hypothesis.strategies import characters, sampled_from, text

from complaints.case.record.attachments import FileType
from complaints.files.file_names import ENDINGS, NAMELESS, download_name

NASTY = {
    "../../x": "x.png",
    "..\\x": "x.png",
    "C:\\fakepath\\lamp.PNG": "lamp.png",
    "a\0b.png": "ab.png",
    "CON": f"{NAMELESS}.png",
    "com1.jpg": f"{NAMELESS}.png",
    "lpt¹": f"{NAMELESS}.png",
    "aux .txt": f"{NAMELESS}.png",
    "..": f"{NAMELESS}.png",
    ".htaccess": "htaccess.png",
    "photo.png.exe": "photo.png.png",
    "\u202egnp.exe": "gnp.png",
    "a\r\nSet-Cookie: b=c": "aSet-Cookie b=c.png",
    '"; filename="x.html': "filename=x.png",
    "%2e%2e%2fx": "2e2e2fx.png",
    "Fotoğraf (1).jpeg": "Fotoğraf (1).png",
    "写真.png": "写真.png",
    "x" * 300: "x" * 60 + ".png",
}
NAMES = text(characters(codec="utf-8"), max_size=400)


@pytest.mark.parametrize("text", NASTY)
def test_s35_a_nasty_name_is_made_harmless(text: str) -> None:
    assert download_name(text, FileType.PNG) == NASTY[text]


@given(NAMES, sampled_from(FileType))
def test_an_attachment_name_is_no_path(told: str, kind: FileType) -> None:
    made = download_name(told, kind)
    assert PurePosixPath(made).name == PureWindowsPath(made).name == made
    assert not PureWindowsPath(made).is_reserved()
    assert made.endswith(ENDINGS[kind])
    assert len(made.encode()) <= 255


@given(NAMES, sampled_from(FileType))
def test_s35_the_name_of_a_download_says_nothing_but_itself(told: str, kind: FileType) -> None:
    made = download_name(told, kind)
    assert not {unicodedata.category(sign) for sign in made} & {"Cc", "Cf", "Cs", "Zl", "Zp"}
    assert not set(made) & set('<>:"|?*%;/\\')
    assert download_name(made, kind) == made
