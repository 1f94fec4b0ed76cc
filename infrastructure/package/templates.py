"""Compiles templates in each language: those of letters, of which it is some fifth of a cold start that sends
one, and those of pages that somebody begins with, where it is 40 to 115 ms of the first page of a process.

    python -P templates.py FOLDER

writes into `FOLDER`/compiled what `complaints.adapters.i18n.templates` reads there. The other pages of the
desk stay as they are: they are opened less, and would add 2.4 MB to a layer of 7.7.
"""

import os
import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path

LETTERS, PAGES = "mail", "pages"
BEGINNINGS = tuple(f"{PAGES}/desk/{name}.html" for name in ("queue", "desk-home", "case-page"))
"""Where staff begin; complainants may begin at any page of theirs."""
MOUNTED_AT = "/opt/templates"


def compile_templates(core: Path) -> None:
    """Adds the compiled templates to those of the layer `core`. In a process of its own, which finds the
    package `complaints` of the layer.

    Raises subprocess.CalledProcessError for a template that cannot be compiled.
    """
    # Without the folder of this file on the path (-P): it has a module `chalice` of its own.
    command = [sys.executable, "-P", __file__, str(core / "templates")]
    environment = {"PYTHONPATH": str(core / "python"), "PYTHONDONTWRITEBYTECODE": "1", "PYTHONHASHSEED": "0"}
    subprocess.run(command, check=True, env={**os.environ, **environment})


def _write(folder: Path) -> None:
    from complaints.adapters.i18n.catalogues import Catalogues
    from complaints.adapters.i18n.templates import COMPILED, Templates

    catalogues = Catalogues(folder / "locale")
    templates = Templates(folder, catalogues)
    letters, pages = (folder / LETTERS).rglob("*"), (folder / PAGES).glob("*")
    begun = [path.relative_to(folder).as_posix() for path in (*letters, *pages) if path.is_file()]
    names = sorted(_with_parts(folder, [*begun, *BEGINNINGS]))
    for language in catalogues.languages:
        for name in names:
            target = folder / COMPILED / language / name
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(templates.compiled(name, language=language, mounted_at=MOUNTED_AT))


def _with_parts(folder: Path, names: Iterable[str]) -> set[str]:
    """These templates and those that they name: what they extend, include, import, or render as a piece."""
    from jinja2 import Environment, nodes

    parser = Environment(autoescape=True)
    found: set[str] = set()
    left = list(names)
    while left:
        name = left.pop()
        if name in found:
            continue
        found.add(name)
        texts = parser.parse((folder / name).read_text(encoding="utf-8")).find_all(nodes.Const)
        named = {text.value for text in texts if isinstance(text.value, str)}
        left += [each for each in named if each.startswith(f"{PAGES}/") and (folder / each).is_file()]
    return found


if __name__ == "__main__":
    _write(Path(sys.argv[1]))
