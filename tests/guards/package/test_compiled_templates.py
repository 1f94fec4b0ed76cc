"""Templates of letters and first pages are in the package as compiled; what fits no more is compiled anew."""

from pathlib import Path

import pytest

from complaints.adapters.i18n.catalogues import Catalogues
from complaints.adapters.i18n.templates import COMPILED, Templates
from tests.guards.package.built_package import Built
from tests.mail.letters import TEMPLATES

COMPARED = """
from pathlib import Path
from complaints.adapters.i18n.catalogues import Catalogues
from complaints.adapters.i18n.templates import COMPILED, Templates
import os
folder = Path(os.environ["ANSWERABLE_TEMPLATES"])
catalogues = Catalogues(folder / "locale")
templates = Templates(folder, catalogues)
english = folder / COMPILED / "en"
names = {path.relative_to(english).as_posix() for path in english.rglob("*") if path.is_file()}
sources = [*(folder / "mail").rglob("*"), *(folder / "pages").glob("*")]
names |= {path.relative_to(folder).as_posix() for path in sources if path.is_file()}
other = []
for language in catalogues.languages:
    for name in names:
        kept = folder / COMPILED / language / name
        anew = templates.compiled(name, language=language, mounted_at="/opt/templates")
        if not kept.is_file() or kept.read_bytes() != anew:
            other.append((language, name))
print(json.dumps([sorted(names), len(catalogues.languages), other]))
"""
LOADED = """
from pathlib import Path
from complaints.adapters.i18n.catalogues import Catalogues
from complaints.adapters.i18n import templates
import os, re
folder = Path(os.environ["ANSWERABLE_TEMPLATES"])
sheets = templates.Templates(folder, Catalogues(folder / "locale"))._in("tr")
def refused(*_, **__): raise AssertionError("compiled")
sheets.compile = refused
first = ("complain", "status", "desk/queue", "desk/case-page")
loaded, left = set(), {f"pages/{name}.html" for name in first}
while left:
    for name in left: sheets.get_template(name)
    loaded |= left
    named = {each for name in left for each in re.findall(r"'(pages/[^']+)'", (folder / name).read_text())}
    left = named - loaded
print(len(loaded))
"""
NAME = "mail/told.txt"


def test_each_template_of_a_letter_or_first_page_is_kept_as_it_is_compiled(built: Built) -> None:
    names, languages, other = built.run(COMPARED)
    assert (other, languages) == ([], 6)
    assert {"mail/acknowledgement/body.html", "pages/complain.html", "pages/status.html"} <= set(names)
    # An include of a page, a piece, and a part of a piece.
    assert {f"pages/desk/{part}.html" for part in ("_about", "_places", "_field")} <= set(names)


def test_a_first_page_compiles_nothing(built: Built) -> None:
    """Each page that somebody begins with, and each template that it names, is found compiled."""
    assert built.run(LOADED) > 20


@pytest.fixture
def templates(tmp_path: Path) -> Templates:
    """Templates in a folder of their own, of which one is compiled; it said `kept`."""
    (tmp_path / NAME).parent.mkdir()
    (tmp_path / NAME).write_text("kept", encoding="utf-8")
    templates = Templates(tmp_path, Catalogues(TEMPLATES / "locale"))
    kept = tmp_path / COMPILED / "en" / NAME
    kept.parent.mkdir(parents=True)
    kept.write_bytes(templates.compiled(NAME, language="en", mounted_at="/opt/templates"))
    return templates


def test_what_was_compiled_of_another_source_is_not_read(templates: Templates, tmp_path: Path) -> None:
    (tmp_path / NAME).write_text("changed", encoding="utf-8")
    assert templates.fill(NAME, language="en", zone="UTC") == "changed"


def test_what_was_compiled_by_another_python_is_not_read(templates: Templates, tmp_path: Path) -> None:
    kept = tmp_path / COMPILED / "en" / NAME
    kept.write_bytes(b"of another Python" + kept.read_bytes())
    assert templates.fill(NAME, language="en", zone="UTC") == "kept"


def test_what_is_compiled_is_read(templates: Templates, tmp_path: Path) -> None:
    source = (tmp_path / NAME).read_text("utf-8")
    kept = tmp_path / COMPILED / "en" / NAME
    # The same length: only the text that the code holds differs.
    kept.write_bytes(kept.read_bytes().replace(b"kept", b"read"))
    assert source == "kept"
    assert templates.fill(NAME, language="en", zone="UTC") == "read"
