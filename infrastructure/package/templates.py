"""Compiles the templates of letters, in each language: to do so is some fifth of a cold start that sends one.

    python -P templates.py FOLDER

writes into `FOLDER`/compiled what `complaints.adapters.i18n.templates` reads there. Those of pages stay as
they are: the function that answers requests lives longer, and there are many more.
"""

import os
import subprocess
import sys
from pathlib import Path

LETTERS = "mail"
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
    sources = [path for path in sorted((folder / LETTERS).rglob("*")) if path.is_file()]
    for language in catalogues.languages:
        for source in sources:
            name = source.relative_to(folder).as_posix()
            target = folder / COMPILED / language / name
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(templates.compiled(name, language=language, mounted_at=MOUNTED_AT))


if __name__ == "__main__":
    _write(Path(sys.argv[1]))
