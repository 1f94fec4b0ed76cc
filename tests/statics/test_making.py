"""Static files are called by their contents, and pages find them by the names of their sources."""

import os
import re
from pathlib import Path

import pytest

from functions.rendering.assets import Asset, find_asset
from infrastructure.statics.fingerprint import hashed, integrity, is_hashed
from infrastructure.statics.headers import FOR_GOOD, FOR_MINUTES, cache_control, content_type
from infrastructure.statics.manifest import JOINED, collect
from infrastructure.statics.write import MANIFEST, TEMPLATES, make_statics


@pytest.fixture
def templates(tmp_path: Path) -> Path:
    """Templates with one style sheet and one script."""
    static = tmp_path / "templates/pages/static"
    static.mkdir(parents=True)
    (static / "style.css").write_text("body { margin: 0 }\n")
    (static / "token.js").write_text("// Why.\nconst token = 1;\n")
    return tmp_path / "templates"


def style_of(templates: Path) -> str:
    return collect(templates).manifest["style.css"][0]


def test_a_changed_file_gets_another_name(templates: Path) -> None:
    before = style_of(templates)
    assert style_of(templates) == before
    (templates / "pages/static/style.css").write_text("body { margin: 1rem }\n")
    assert style_of(templates) != before


def test_the_manifest_tells_the_bytes_of_each_file(templates: Path) -> None:
    found = collect(templates)
    assert set(found.manifest) == {"style.css", "token.js"}
    for path, said in found.manifest.values():
        assert said == integrity(found.files[path])
        assert is_hashed(path)


def test_a_script_and_a_style_sheet_lose_their_comments(templates: Path) -> None:
    style = templates / "pages/static/style.css"
    style.write_text(
        "/* Why\n   so. */\nbody > .pair + p, th a:is(.on, :focus) { margin: 0 1rem; }\n"
        '@media (width >= 75rem) and (not (pointer: coarse)) {\n  .key::after { content: " , : "; }\n}\n'
    )
    found = collect(templates)
    by_name = {name: found.files[path] for name, (path, _) in found.manifest.items()}
    assert by_name == {
        "style.css": b"body>.pair + p,th a:is(.on,:focus){margin:0 1rem}"
        b'@media (width>= 75rem) and (not (pointer:coarse)){.key::after{content:" , : "}}',
        "token.js": b"const token=1;",
    }


def test_files_that_pages_ask_for_together_are_one_in_their_order(templates: Path) -> None:
    static = templates / "pages/static"
    for name in JOINED["frame.css"]:
        (static / name).write_text(f".{name} {{ margin: 0 }}\n")
    found = collect(templates)
    assert found.files[found.manifest["frame.css"][0]] == b".style.css{margin:0}\n.desk.css{margin:0}"
    assert "case-page.js" not in found.manifest


def test_no_text_in_a_style_sheet_holds_the_signs_of_a_comment() -> None:
    signs = re.compile(r"""(["'])[^"'\n]*(?:/\*|\*/)[^"'\n]*\1""")
    for source in sorted((TEMPLATES / "pages/static").glob("*.css")):
        assert not signs.search(source.read_text("utf-8")), source.name


def test_a_file_is_made_anew_once_its_source_is_newer(templates: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    make_statics(templates, out)
    first = (templates / MANIFEST).read_bytes()
    source = templates / "pages/static/style.css"
    source.write_text("body { margin: 1rem }\n")
    later = (templates / MANIFEST).stat().st_mtime + 1
    os.utime(source, (later, later))
    make_statics(templates, out)
    assert (templates / MANIFEST).read_bytes() != first
    assert len(list((out / "static").iterdir())) == 3, "what pages of before name is still there"


def test_a_page_finds_a_file_below_the_root_of_its_installation(templates: Path, tmp_path: Path) -> None:
    make_statics(templates, tmp_path / "out")
    path, found = collect(templates).manifest["style.css"]
    assert find_asset(templates, "/api", "style.css") == Asset(f"/api/{path}", found)
    with pytest.raises(KeyError):
        find_asset(templates, "", "nothing.css")


@pytest.mark.parametrize(
    ("path", "text", "kind"),
    [
        ("widget.js", FOR_MINUTES, "text/javascript; charset=utf-8"),
        (hashed("widget/form.js", b""), FOR_GOOD, "text/javascript; charset=utf-8"),
        (hashed("static/style.css", b""), FOR_GOOD, "text/css; charset=utf-8"),
    ],
)
def test_only_a_name_with_a_hash_may_be_kept_for_good(path: str, text: str, kind: str) -> None:
    assert (cache_control(path), content_type(path)) == (text, kind)
    assert is_hashed(path) is (text == FOR_GOOD)


def test_text_in_a_style_sheet_grows_with_the_size_that_a_person_chose() -> None:
    for sheet in (TEMPLATES / "pages/static").glob("*.css"):
        assert not re.findall(r"\bfont(?:-size)?:[^;}]*px", sheet.read_text()), sheet.name
