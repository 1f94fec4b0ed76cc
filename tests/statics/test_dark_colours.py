"""In the dark a page has other colours and is the same page otherwise."""

import re

from infrastructure.statics.write import ROOT, TEMPLATES

SHEETS = [
    path
    for folder in (TEMPLATES, ROOT / "infrastructure")
    for ending in ("css", "html", "js", "svg")
    for path in sorted(folder.rglob(f"*.{ending}"))
]
IN_A_SCHEME = re.compile(r"prefers-color-scheme[^{]*\{((?:[^{}]*\{[^{}]*\})*)[^{}]*\}")
NAMES = re.compile(r"([\w-]+)\s*:\s*#[0-9a-f]{3,8}\s*(?:;|$)")
"""Of custom properties that are plain colours."""


def test_what_a_style_sheet_says_of_the_dark_are_colours_alone() -> None:
    """So that what a browser shows in the dark need not be asked again for all but its colours."""
    asking = [text for path in SHEETS if "prefers-color-scheme" in (text := path.read_text("utf-8"))]
    assert asking
    for text in asking:
        blocks = IN_A_SCHEME.findall(text)
        assert len(blocks) == text.count("prefers-color-scheme")
        for block in blocks:
            for rules in re.findall(r"\{([^{}]*)\}", block):
                names = NAMES.findall(rules.strip())
                assert len(names) == rules.count(":") > 0, rules
                assert all(name.startswith("--") for name in names), rules
