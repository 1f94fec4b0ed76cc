"""Templates of letters are in the package as they are compiled; what fits no more is compiled anew."""

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
names = [path.relative_to(folder).as_posix() for path in (folder / "mail").rglob("*") if path.is_file()]
other = []
for language in catalogues.languages:
    for name in names:
        kept = folder / COMPILED / language / name
        anew = templates.compiled(name, language=language, mounted_at="/opt/templates")
        if not kept.is_file() or kept.read_bytes() != anew:
            other.append((language, name))
print(json.dumps([len(names), len(catalogues.languages), other]))
"""
NAME = "mail/told.txt"


def test_each_template_of_a_letter_is_kept_as_it_is_compiled(built: Built) -> None:
    names, languages, other = built.run(COMPARED)
    assert (other, languages) == ([], 6)
    assert names > 50


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
