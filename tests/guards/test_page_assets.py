"""Pages load style sheets and scripts by name only, so that each comes with its hash and its integrity."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from markupsafe import Markup

from functions.rendering.assets import find_asset, later, script, style
from infrastructure.statics.manifest import JOINED, collect
from infrastructure.statics.write import TEMPLATES

ELEMENTS = re.compile(
    r"<(?:script|style|link|iframe|object|embed|base)\b|\sstyle=|\son\w+=|\bsrc=|@import|url\("
)
NAMED = re.compile(r"\b(?:style|script|later|asset)\('([^']+)'\)")
NO_ICON = '<link rel="icon" href="data:,">'
"""Without it a browser asks for an icon that there is not, and says so in its console."""
ONE_SIDED = re.compile(
    r"(?:padding|margin|inset): *[^\s;]+ +([^\s;]+) +[^\s;]+ +(?!\1[;}\s])[^\s;]+|"
    r"(?:padding|margin|border)-(?:left|right)\b|(?:float|text-align): *(?:left|right)"
)
"""Says left or right: from right to left it would be the wrong side."""
SHOWN = {"preview.html": ('src="{{ file.url }}"', "<iframe"), "_words.html": ('src="{{ source }}"',)}
"""What pages show of a file, from the origin of files, which their own policy names."""
WIDGET = (
    '<script async src="{{ root }}/widget.js" data-site="{{ site }}" data-launcher="none"'
    '{% if language %} data-lang="{{ language }}"{% endif %}>'
)
MACROS = TEMPLATES / "pages/_assets.html"
PAGES = sorted((TEMPLATES / "pages").rglob("*.html"))
SHEETS = sorted((TEMPLATES / "pages/static").glob("*.css"))


@pytest.mark.parametrize("template", PAGES, ids=lambda path: path.name)
def test_a_page_loads_nothing_by_itself(template: Path) -> None:
    text = template.read_text("utf-8").replace(NO_ICON, "")
    for shown in SHOWN.get(template.name, ()):
        text = text.replace(shown, "")
    if template != MACROS:
        assert ELEMENTS.findall(text) == []


def test_no_two_landmarks_of_a_page_have_one_name() -> None:
    """A section and a region within it that are named by one heading are told apart by nobody."""
    for template in PAGES:
        named = re.findall(r'aria-labelledby="([^"{]+)"', template.read_text("utf-8"))
        assert len(named) == len(set(named)), template


@pytest.mark.parametrize("sheet", SHEETS, ids=lambda path: path.name)
def test_a_style_sheet_loads_nothing_more(sheet: Path) -> None:
    assert ELEMENTS.findall(sheet.read_text("utf-8")) == []


@pytest.mark.parametrize("sheet", SHEETS, ids=lambda path: path.name)
def test_a_style_sheet_speaks_of_beginning_and_end(sheet: Path) -> None:
    found = [told.group() for told in ONE_SIDED.finditer(sheet.read_text("utf-8"))]
    assert found == []


def test_every_file_is_named_by_a_page_and_every_name_is_one_of_a_file() -> None:
    named = {name for template in PAGES for name in NAMED.findall(template.read_text("utf-8"))}
    parts = {part for name in named & JOINED.keys() for part in JOINED[name]}
    assert named | parts == set(collect(TEMPLATES).manifest)


@pytest.mark.parametrize("element", [style, script, later])
def test_what_is_loaded_says_its_integrity(element: Callable[[Path, str, str], Markup]) -> None:
    address, integrity = find_asset(TEMPLATES, "/prod", "desk.js")
    assert {f'"{address}"', f'"{integrity}"'} <= set(
        re.findall(r'"[^"]+"', element(TEMPLATES, "/prod", "desk.js"))
    )


def test_only_the_line_of_a_website_loads_without() -> None:
    """It is as a website has it."""
    assert re.findall(r"<(?:link|script)[^>]*>", MACROS.read_text("utf-8")) == [WIDGET]
