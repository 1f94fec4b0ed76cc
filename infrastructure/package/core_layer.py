"""The core layer, which Lambda mounts at /opt: the package `complaints`, and templates with their catalogues.

Templates of letters and of first pages are compiled as well (`templates.py`). Static files are packaged by
`statics/`; this layer holds only what pages need to name them.
"""

import shutil
from pathlib import Path

from infrastructure.build.handbook import TARGET, handbook
from infrastructure.build.translations import keep_compiled
from infrastructure.statics.manifest import SOURCES, Statics
from infrastructure.statics.write import MANIFEST

SCRAPS = shutil.ignore_patterns("__pycache__", "*.pyc", ".*")
NO_TEMPLATES = shutil.ignore_patterns(*SOURCES, "*.mo", ".*", MANIFEST, TARGET.name)


def lay_out_core(root: Path, layer: Path, statics: Statics) -> None:
    """Copy the domain to `layer`/python, and the templates to `layer`/templates.

    Their catalogues are compiled; the manifest of the static files and the handbook are added.
    """
    shutil.copytree(root / "layers/core/python", layer / "python", ignore=SCRAPS)
    shutil.copytree(root / "templates", layer / "templates", ignore=NO_TEMPLATES)
    (layer / "templates" / MANIFEST).write_bytes(statics.listed)
    (layer / "templates" / TARGET.name).write_bytes(handbook(root / "docs"))
    keep_compiled(layer / "templates/locale")
