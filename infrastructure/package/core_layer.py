"""The core layer, which Lambda mounts at /opt: the package `complaints`, and templates with their catalogues.

Templates stay as they are: compiled beforehand they would save 3 ms of a cold start that sends a letter, and
have letters rendered in another way than where they are tested. Static files lie elsewhere (`statics/`): here
is what pages need to name them.
"""

import shutil
from pathlib import Path

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

from infrastructure.build.city_names import UNDATED, write_places
from infrastructure.build.typography import set_in_type
from infrastructure.statics.manifest import SOURCES, Statics
from infrastructure.statics.write import MANIFEST

SCRAPS = shutil.ignore_patterns("__pycache__", "*.pyc", ".*")
NO_TEMPLATES = shutil.ignore_patterns(*SOURCES, "*.mo", ".*", MANIFEST)


def lay_out_core(root: Path, layer: Path, statics: Statics) -> None:
    """Copy the domain to `layer`/python, and the templates to `layer`/templates.

    Their catalogues are compiled, and the manifest of the static files stands beside them.
    """
    shutil.copytree(root / "layers/core/python", layer / "python", ignore=SCRAPS)
    shutil.copytree(root / "templates", layer / "templates", ignore=NO_TEMPLATES)
    (layer / "templates" / MANIFEST).write_bytes(statics.listed)
    for catalogue in sorted((layer / "templates").rglob("*.po")):
        compile_catalogue(catalogue)
        catalogue.unlink()
    write_places(layer / "templates/locale")


def compile_catalogue(source: Path) -> Path:
    """Write the .mo file of a gettext catalogue beside it, and answer with its path.

    Its dates are fixed: Babel puts the time of the build where the source gives none.
    """
    with source.open("rb") as text:
        catalogue = set_in_type(read_po(text, abort_invalid=True))
    catalogue.creation_date = catalogue.revision_date = UNDATED
    target = source.with_suffix(".mo")
    with target.open("wb") as compiled:
        write_mo(compiled, catalogue)
    return target
